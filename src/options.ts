// The compiler's options: one list, their defaults, and which of them exclude each other.

import { BUILTIN_SETS, type BuiltinChoice } from './0-wasm/builtins.ts'
import { CHOOSABLE, type FeatureChoice } from './0-wasm/features.ts'
import type { Limits } from './4-lower/limits.ts'
import type { Format, LinkOptions, Target } from './7-link/link.ts'

export type { FeatureChoice, Format, Target }
export type Engine = 'jit' | 'interpreter'
export type OptimizeLevel = 0 | 1 | 2 | 3
export type Int64Option = 'auto' | 'words' | 'bigint' | 'both'
export type ThreadsOption = 'shared' | 'single'

export interface Options extends LinkOptions, BuiltinChoice {
  /** What runs the output: decides how it sees memory. */
  readonly engine: Engine
  /**
   * 0: nothing. 1: the passes that always pay. 2: all of them, and small functions are inlined. 3: larger ones too.
   * `5-optimize/passes.ts` says which pass runs from which level on, `functions.ts` what is inlined.
   */
  readonly optimize: OptimizeLevel
  /**
   * How i64 values are held: as two words each, which is `auto` too; as BigInts; or `both`: as words, and as BigInts too in
   * functions with so much arithmetic that they end up faster on engines that compile BigInts to machine instructions (V8
   * 14). Until they are compiled they are slower by far: that is for programs that run long. What has no form on BigInts is
   * on words; so is everything with engine `interpreter`, and for targets without BigInt.
   */
  readonly i64: Int64Option
  /**
   * Features of WebAssembly that a module may use, by the names that `inspect` gives: `{ threads: false }` refuses modules that
   * use threads. Those not named are on if browsers have them or nowasm says so; `all` speaks for all that are not named.
   */
  readonly features: FeatureChoice
  /**
   * Whether shared memories are there for several threads, or for a program of which only one thread runs, on engines without
   * SharedArrayBuffer too: memories are like others then, atomic instructions plain accesses, and who waits is told at
   * once that the time is over, or traps if nothing would ever wake it.
   */
  readonly threads: ThreadsOption
  /** Whether the output, when it is loaded, registers the module for `nowasm/aot`. */
  readonly register: boolean
  /** Also write a small `.wasm`, `NAME.stub.wasm`, for loaders to fetch in place of the module; needs `register`. */
  readonly stub: boolean
  /** Also make a source map, from which one sees of a stack trace which Wasm functions and instructions it is about. */
  readonly sourceMap: boolean
  /** Also write TypeScript declarations. */
  readonly dts: boolean
  /** Readable identifiers from the name section. */
  readonly names: boolean
  /** How many threads may work on a large module; one where there are no worker threads. */
  readonly jobs: number
}

/** What callers of our own change about the pipeline. */
export interface Internals {
  readonly limits?: Limits | undefined
  /**
   * The IR is checked after each pass (3-ir/verify.ts): a VerifyError is thrown for the first that breaks a rule. Where this
   * is not said, it is so if the environment has NOWASM_VERIFY=1, as it has in all tests.
   */
  readonly verifies?: boolean | undefined
  /** Whether `nowasm/webassembly` compiles functions when they are first called (lazy.ts): it does for modules that are not very small. */
  readonly compilesLazily?: boolean | undefined
  /** Whether the output has what it needs of the runtime: it does, but where it is interpreted (interpret/). */
  readonly carriesRuntime?: boolean | undefined
  /** Whether exceptions know where they were thrown: what nobody catches shows it (`nowasm run`). */
  readonly tracesExceptions?: boolean | undefined
}

/** Options as the pipeline takes them. */
export interface Settings extends Options, Internals {}

/**
 * Called from time to time in a long compilation: how many functions of all are done, imported ones counted too, and up to
 * which byte of the module that is.
 */
export type Progress = (done: number, total: number, bytes: number) => void

const DEFAULTS: Options = {
  format: 'esm',
  target: 'esnext',
  data: 'inline',
  name: 'wasm',
  engine: 'jit',
  optimize: 2,
  i64: 'auto',
  features: {},
  threads: 'shared',
  builtins: [],
  importedStringConstants: undefined,
  register: false,
  stub: false,
  sourceMap: false,
  dts: false,
  names: false,
  jobs: 1,
}

/** What the name of an output ends with. */
export const EXTENSIONS: Readonly<Record<Format, string>> = {
  esm: '.mjs',
  'esm-integration': '.mjs',
  cjs: '.cjs',
  iife: '.js',
}

/** The values each option with a fixed set of them may have. */
export const CHOICES = {
  format: ['esm', 'esm-integration', 'cjs', 'iife'],
  target: ['es5', 'es2015', 'es2020', 'esnext'],
  data: ['inline', 'file'],
  engine: ['jit', 'interpreter'],
  optimize: [0, 1, 2, 3],
  i64: ['auto', 'words', 'bigint', 'both'],
  threads: ['shared', 'single'],
} as const

/** Options that cannot be: a wrong value, or two that exclude each other. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError'
}

/** Fills in the defaults. Throws OptionsError, with one line that says what is wrong. */
export function completeOptions(given: Partial<Options> = {}): Options {
  const options = { ...DEFAULTS }
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULTS, key)) throw new OptionsError(`unknown option: ${key}`)
    if (value !== undefined) Object.assign(options, { [key]: value })
  }
  // ES module integration has these builtins always.
  if (options.format === 'esm-integration' && given.builtins === undefined)
    Object.assign(options, { builtins: BUILTIN_SETS })
  checkValues(options)
  checkCombinations(options)
  return options
}

function checkValues(options: Options): void {
  for (const [key, values] of Object.entries(CHOICES) as [keyof typeof CHOICES, readonly unknown[]][]) {
    if (!values.includes(options[key])) {
      throw new OptionsError(`${key} must be one of ${values.join(', ')}, not ${String(options[key])}`)
    }
  }
  for (const key of ['sourceMap', 'dts', 'names', 'register', 'stub'] as const) {
    if (typeof options[key] !== 'boolean') throw new OptionsError(`${key} must be true or false`)
  }
  checkFeatures(options.features)
  checkBuiltins(options)
  if (!Number.isInteger(options.jobs) || options.jobs < 1) throw new OptionsError('jobs must be a number from 1')
  if (typeof options.name !== 'string' || /^$|[/\\\0]|\p{Surrogate}/u.test(options.name)) {
    throw new OptionsError('name must be a file name without folder and extension')
  }
}

function checkBuiltins({ builtins, importedStringConstants: strings }: BuiltinChoice): void {
  if (!Array.isArray(builtins)) throw new OptionsError('builtins must be a list')
  const unknown = builtins.find((name) => !BUILTIN_SETS.includes(name))
  if (unknown !== undefined)
    throw new OptionsError(`unknown builtins: ${unknown}; there are ${BUILTIN_SETS.join(', ')}`)
  if (strings !== undefined && typeof strings !== 'string')
    throw new OptionsError('importedStringConstants must be the name of a module')
}

/** Throws OptionsError for what is no choice of features. */
export function checkFeatures(features: unknown): void {
  if (typeof features !== 'object' || features === null) throw new OptionsError('features must be an object')
  for (const [name, isOn] of Object.entries(features)) {
    if (!(CHOOSABLE as readonly string[]).includes(name)) {
      throw new OptionsError(`unknown feature: ${name}; there are ${CHOOSABLE.join(', ')}`)
    }
    if (typeof isOn !== 'boolean' && isOn !== undefined) throw new OptionsError(`feature ${name} must be true or false`)
  }
}

function checkCombinations({ format, target, data, register, stub }: Options): void {
  const isModule = format === 'esm' || format === 'esm-integration'
  if (target === 'es5' && isModule) {
    throw new OptionsError('target es5 has no modules: use it with format cjs or iife')
  }
  if (data === 'file' && format === 'iife') {
    throw new OptionsError('data file needs format esm or cjs: one classic script has no file beside it')
  }
  if (data === 'file' && isModule && target !== 'esnext') {
    throw new OptionsError(`data file with format ${format} needs target esnext: it loads with a top-level await`)
  }
  if (stub && !register) throw new OptionsError('option stub needs register: a stub stands for what is registered')
}
