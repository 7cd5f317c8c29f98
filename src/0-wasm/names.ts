// Names of the name section (spec appendix, "Custom Sections / Name Section"), the extended subsections included.
// They are data: nothing but labels for people.

export type NameMap = ReadonlyMap<number, string>

/** Names within something numbered itself: locals within functions, fields within types. */
export type IndirectNameMap = ReadonlyMap<number, NameMap>

export interface Names {
  readonly module: string | undefined
  readonly funcs: NameMap
  readonly locals: IndirectNameMap
  readonly labels: IndirectNameMap
  readonly types: NameMap
  readonly tables: NameMap
  readonly memories: NameMap
  readonly globals: NameMap
  readonly elements: NameMap
  readonly data: NameMap
  readonly fields: IndirectNameMap
  readonly tags: NameMap
}

export const NO_NAMES: Names = {
  module: undefined,
  funcs: new Map(),
  locals: new Map(),
  labels: new Map(),
  types: new Map(),
  tables: new Map(),
  memories: new Map(),
  globals: new Map(),
  elements: new Map(),
  data: new Map(),
  fields: new Map(),
  tags: new Map(),
}
