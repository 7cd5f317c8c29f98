// Implementation limits (WebAssembly JavaScript Interface, "Implementation-defined Limits"), the same in every engine.
// A module over one of them is refused. Those on what exists at run time are the runtime's.

/** Counts unless said otherwise. */
export const MODULE_LIMITS = {
  /** In bytes. */
  moduleSize: 1_073_741_824,
  types: 1_000_000,
  functions: 1_000_000,
  imports: 1_000_000,
  exports: 1_000_000,
  globals: 1_000_000,
  tags: 1_000_000,
  dataSegments: 100_000,
  elementSegments: 10_000_000,
  elementsPerSegment: 10_000_000,
  tables: 100_000,
  memories: 100,
  params: 1_000,
  results: 1_000,
  structFields: 10_000,
  /** Parameters included. */
  locals: 50_000,
  /** In bytes, the local declarations included. */
  functionSize: 7_654_321,
  /** The default target not included. */
  branchTargets: 65_520,
  /** Of a type, from the one without a supertype. */
  subtypingDepth: 63,
  /** Of `array.new_fixed`. */
  fixedOperands: 10_000,
} as const
