// What `nowasm/plugin` takes.

import { BUILTIN_SETS } from '../0-wasm/builtins.ts'
import { completeOptions, type Options, OptionsError } from '../options.ts'

/**
 * `fallback`: the engine's WebAssembly where it is there and allowed, else the compiled module, which is a chunk of its own and
 * only loaded then. `always`: the compiled module, and no `.wasm` in the output.
 */
export type Mode = 'always' | 'fallback'

/** Options of the compiler that are the user's to choose; the others follow from what a bundler needs. */
export type CompileOptions = Partial<
  Pick<
    Options,
    'engine' | 'target' | 'optimize' | 'i64' | 'features' | 'threads' | 'builtins' | 'importedStringConstants' | 'names'
  >
>

export interface PluginOptions {
  /** `fallback` by default. */
  readonly mode?: Mode
  readonly compile?: CompileOptions
  /** Which files are meant, by their paths: all, by default. */
  readonly include?: RegExp | readonly RegExp[]
  readonly exclude?: RegExp | readonly RegExp[]
  /** Where compiled modules are kept: `node_modules/.cache/nowasm` of the project, by default. */
  readonly cacheFolder?: string
  /** Whether sizes are shown at the end of a build: they are, by default. */
  readonly report?: boolean
}

export interface PluginSettings {
  readonly mode: Mode
  readonly compile: Options
  readonly includes: (file: string) => boolean
  readonly cacheFolder: string | undefined
  readonly report: boolean
}

const NAMES = ['mode', 'compile', 'include', 'exclude', 'cacheFolder', 'report']

/** Throws OptionsError. */
export function completePluginOptions(given: PluginOptions): PluginSettings {
  for (const name of Object.keys(given)) {
    if (!NAMES.includes(name)) throw new OptionsError(`unknown option: ${name}; there are ${NAMES.join(', ')}`)
  }
  const { mode = 'fallback', compile = {}, include, exclude, cacheFolder, report = true } = given
  if (mode !== 'always' && mode !== 'fallback') {
    throw new OptionsError(`mode must be one of always, fallback, not ${String(mode)}`)
  }
  const [wanted, unwanted] = [patterns(include), patterns(exclude)]
  const matches = (list: readonly RegExp[], file: string): boolean => list.some((pattern) => file.search(pattern) >= 0)
  return {
    mode,
    // What imports bindings has the builtins that ES module integration gives it.
    compile: completeOptions({ target: 'es2020', builtins: BUILTIN_SETS, ...compile, format: 'esm', register: true }),
    includes: (file) => (include === undefined || matches(wanted, file)) && !matches(unwanted, file),
    cacheFolder,
    report,
  }
}

const patterns = (given: RegExp | readonly RegExp[] | undefined): readonly RegExp[] =>
  given === undefined ? [] : given instanceof RegExp ? [given] : given
