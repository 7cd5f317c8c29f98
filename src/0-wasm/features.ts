// Features, named as the proposals that brought them; `inspect` lists those a module uses.

export type Feature =
  | 'mvp'
  | 'mutable-globals'
  | 'sign-extension'
  | 'saturating-float-to-int'
  | 'multi-value'
  | 'bulk-memory'
  | 'reference-types'
  | 'multi-memory'
  | 'extended-const'
  | 'tail-call'
  | 'simd'
  | 'relaxed-simd'
  | 'function-references'
  | 'gc'
  | 'exceptions'
  | 'legacy-exceptions'
  | 'memory64'
  | 'threads'

/** Features the compiler does not have yet: a module that uses one is refused as `unsupported`. */
export const UNSUPPORTED: ReadonlySet<Feature> = new Set([
  'simd',
  'relaxed-simd',
  'function-references',
  'gc',
  'exceptions',
  'legacy-exceptions',
  'memory64',
  'threads',
])
