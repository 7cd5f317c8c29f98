// Features, named as the proposals that brought them; `inspect` lists those a module uses.

/**
 * How far the compiler is with a feature: `compiled` it has it; `validated` modules with it are decoded and validated, and
 * refused then; `recognised` it knows how the feature looks in a binary, and no more.
 */
type State = 'compiled' | 'validated' | 'recognised'

/** Whether the feature is on unless options say otherwise: if browsers have it, or a decision of ours (docs/DECISIONS.md). */
type Default = 'on' | 'off'

/** State, default, and the option of clang with which a module does not use the feature. */
type FeatureRow = readonly [state: State, byDefault: Default, clang?: string]

/**
 * Every feature once. One that is `compiled` has a place in every table below the validator for each of its instructions:
 * the type checker counts (`CompiledOp` in ops/index.ts). So a feature lands by changing its state here, and following the
 * errors.
 */
export const FEATURES = {
  'mvp': ['compiled', 'on'],
  'mutable-globals': ['compiled', 'on'],
  'sign-extension': ['compiled', 'on'],
  'saturating-float-to-int': ['compiled', 'on'],
  'multi-value': ['compiled', 'on'],
  'bulk-memory': ['compiled', 'on'],
  'reference-types': ['compiled', 'on'],
  'multi-memory': ['compiled', 'on'],
  'extended-const': ['compiled', 'on'],
  'tail-call': ['compiled', 'on'],
  'simd': ['compiled', 'on', '-mno-simd128'],
  'relaxed-simd': ['compiled', 'on', '-mno-relaxed-simd'],
  'function-references': ['compiled', 'on'],
  'gc': ['compiled', 'on'],
  'exceptions': ['compiled', 'on', '-mno-exception-handling'],
  'legacy-exceptions': ['compiled', 'on', '-mno-exception-handling'],
  'memory64': ['compiled', 'on', '--target=wasm32'],
  'threads': ['compiled', 'on', '-mno-atomics'],
  'wide-arithmetic': ['compiled', 'on', '-mno-wide-arithmetic'],
  'custom-page-sizes': ['compiled', 'on'],
  'compact-import-section': ['compiled', 'off'],
  'stack-switching': ['recognised', 'off'],
  'shared-everything-threads': ['recognised', 'off'],
  'custom-descriptors': ['recognised', 'off'],
} as const satisfies Record<string, FeatureRow>

export type Feature = keyof typeof FEATURES

/** Features in this state. */
type InState<S extends State> = { [F in Feature]: (typeof FEATURES)[F][0] extends S ? F : never }[Feature]

export type CompiledFeature = InState<'compiled'>

const ALL = Object.keys(FEATURES) as Feature[]

export const stateOf = (feature: Feature): State => FEATURES[feature][0]

const rowOf = (feature: Feature): FeatureRow => FEATURES[feature]

/** Features that the compiler has: a module may use them if they are on. */
const COMPILED: readonly Feature[] = ALL.filter((feature) => stateOf(feature) === 'compiled')

/** What options say of features: those they do not name are as they are by default, or as `all` says. */
export type FeatureChoice = { readonly [F in Exclude<Feature, 'mvp'> | 'all']?: boolean | undefined }

/** Names that a choice may have. */
export const CHOOSABLE: readonly (keyof FeatureChoice)[] = [
  'all',
  ...ALL.filter((feature): feature is Exclude<Feature, 'mvp'> => feature !== 'mvp'),
]

/** The features that modules may use: those that are on, as far as the compiler has them. */
export function availableFeatures(choice: FeatureChoice = {}): ReadonlySet<Feature> {
  const isOn = (feature: Feature): boolean =>
    feature === 'mvp' || (choice[feature] ?? choice.all ?? rowOf(feature)[1] === 'on')
  return new Set(COMPILED.filter(isOn))
}

/** The features of modules that can be validated. */
export const VALIDATED: ReadonlySet<Feature> = new Set(ALL.filter((feature) => stateOf(feature) !== 'recognised'))

/** One line about features that a module uses and that are not available, which says what can be done. */
export function lacking(features: ReadonlySet<Feature>): string {
  const names = ALL.filter((feature) => features.has(feature))
  const off = names.filter((feature) => stateOf(feature) === 'compiled')
  const missing = names.filter((feature) => stateOf(feature) !== 'compiled')
  const which = (some: readonly Feature[]): string => (some.length === names.length ? '' : `${some.join(', ')} `)
  return [
    names.join(', '),
    ...(missing.length === 0 ? [] : [`${which(missing)}not supported yet, so ${buildWithout(missing)}`]),
    ...(off.length === 0
      ? []
      : [`${which(off)}switched off: allow with --features ${off.join(',')}, or option features of the API`]),
  ].join('; ')
}

function buildWithout(features: readonly Feature[]): string {
  const flags = [...new Set(features.flatMap((feature) => rowOf(feature)[2] ?? []))]
  const clang = flags.length === 0 ? '' : ` (clang ${flags.join(' ')})`
  return `build without ${features.length === 1 ? 'it' : 'them'}${clang}`
}
