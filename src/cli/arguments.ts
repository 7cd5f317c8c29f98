// The command line: its options, and which words belong to the compiled program and not to nowasm.

import { availableParallelism } from 'node:os'
import { BUILTIN_SETS } from '../0-wasm/builtins.ts'
import { PASS_NAMES } from '../dump.ts'
import { CHOICES, completeOptions, type FeatureChoice, type Options, type Settings } from '../options.ts'
import { BENCH_OPTIONS, RUN_OPTIONS } from './command-options.ts'
import { UsageError } from './errors.ts'
import { PRESET_NAMES } from './presets.ts'

const COMPILE = 'Compilation:'

/** Options of every command that compiles. `optimize` is also `-O3`. */
export const COMPILE_OPTIONS = {
  engine: {
    choices: CHOICES.engine,
    requiresArg: true,
    group: COMPILE,
    defaultDescription: 'jit',
    describe: 'what runs the output: engines with a JIT compiler, or interpreters',
  },
  O: {
    alias: 'optimize',
    type: 'number',
    requiresArg: true,
    group: COMPILE,
    defaultDescription: '2',
    describe:
      'optimisation level: 0 none; 1 what always pays; 2 all passes, small functions inlined; 3 larger ones too',
  },
  i64: {
    choices: CHOICES.i64,
    requiresArg: true,
    group: COMPILE,
    defaultDescription: 'auto',
    describe:
      'how 64-bit integers are held: as two words (also auto), as BigInts, or as BigInts too in functions that end up faster so',
  },
  threads: {
    choices: CHOICES.threads,
    requiresArg: true,
    group: COMPILE,
    defaultDescription: 'shared',
    describe:
      'whether shared memories are for several threads, or for a program of which only one runs: then nothing is shared, ' +
      'and waiting ends at once, or traps if it would never end',
  },
  features: {
    type: 'string',
    requiresArg: true,
    group: COMPILE,
    describe: 'features that the module may use too, separated by commas, or all; nowasm inspect gives their names',
  },
  disable: {
    type: 'string',
    requiresArg: true,
    group: COMPILE,
    describe: 'features that the module may not use, separated by commas',
  },
  'builtins': {
    type: 'string',
    requiresArg: true,
    group: COMPILE,
    describe: `sets of builtins that need not be imported, separated by commas: ${BUILTIN_SETS.join(', ')}`,
  },
  'imported-string-constants': {
    type: 'string',
    requiresArg: true,
    group: COMPILE,
    describe: 'the module whose imported globals are strings, each the name that it is imported by',
  },
  names: { type: 'boolean', group: COMPILE, describe: 'readable identifiers from the name section' },
  verify: {
    type: 'boolean',
    group: COMPILE,
    describe: 'check the intermediate code between all passes: slower, for work on the compiler itself',
  },
  jobs: {
    type: 'number',
    requiresArg: true,
    group: COMPILE,
    defaultDescription: 'one per core, at most 4',
    describe: 'how many threads may work on a large module',
  },
} as const

/** Threads that work without being asked for by number: each holds a module of its own. */
const MOST_JOBS = 4

const OUTPUT = 'Output:'

/** Options of the command that writes files. */
export const OUTPUT_OPTIONS = {
  o: {
    alias: 'output',
    type: 'string',
    requiresArg: true,
    group: OUTPUT,
    describe: "the file to write, or - for stdout; without it, the input's name with .mjs, .cjs or .js",
  },
  'out-dir': {
    type: 'string',
    requiresArg: true,
    conflicts: 'o',
    group: OUTPUT,
    describe: 'the folder to write to, for any number of input files',
  },
  for: {
    choices: PRESET_NAMES,
    requiresArg: true,
    group: OUTPUT,
    describe: 'where the output is to run: sets engine, target and format, if they are not given',
  },
  format: {
    choices: CHOICES.format,
    requiresArg: true,
    group: OUTPUT,
    describe:
      'ES module, ES module that imports and exports what the Wasm module does, CommonJS, or one classic script; ' +
      'without it, cjs for a .cjs output, else esm',
  },
  target: {
    choices: CHOICES.target,
    requiresArg: true,
    group: OUTPUT,
    defaultDescription: 'esnext',
    describe: 'the newest syntax the output may use',
  },
  name: {
    type: 'string',
    requiresArg: true,
    group: OUTPUT,
    describe: "the global variable that a classic script declares; without it, made of the output's name",
  },
  data: {
    choices: CHOICES.data,
    requiresArg: true,
    group: OUTPUT,
    defaultDescription: 'inline',
    describe: 'data segments in the output, or in a file beside it',
  },
  register: {
    type: 'boolean',
    group: OUTPUT,
    describe:
      'the output registers its module when it is loaded: the WebAssembly object of nowasm/aot finds it by the .wasm',
  },
  stub: {
    type: 'boolean',
    group: OUTPUT,
    describe: 'with --register, also write NAME.stub.wasm: a small file for loaders to fetch in place of the .wasm',
  },
  dts: { type: 'boolean', group: OUTPUT, describe: 'also write TypeScript declarations' },
  dump: {
    choices: PASS_NAMES,
    requiresArg: true,
    conflicts: 'o',
    group: OUTPUT,
    describe: 'print the intermediate code after a pass instead of compiling to a file',
  },
  func: {
    type: 'string',
    requiresArg: true,
    implies: 'dump',
    group: OUTPUT,
    describe: 'print only this function: an index, a name or an export',
  },
  'source-map': {
    type: 'boolean',
    group: OUTPUT,
    describe:
      'also write OUTPUT.map, a source map: engines and `nowasm symbolize` say by it where in the .wasm something is',
  },
  symbols: {
    type: 'string',
    requiresArg: true,
    group: OUTPUT,
    describe: 'also write a file with the names of functions, INDEX:NAME, for `nowasm symbolize`',
  },
} as const

/** What yargs hands over: the options by their long names, and more. */
export type Parsed = Readonly<Record<string, unknown>>

/** Options that are handed over as they are. */
const OPTION_NAMES: readonly (keyof Options)[] = [
  'format',
  'target',
  'data',
  'engine',
  'optimize',
  'i64',
  'threads',
  'register',
  'stub',
  'importedStringConstants',
  'sourceMap',
  'dts',
  'names',
  'jobs',
]

/** The compiler's options among the parsed ones, and those of a preset that are not. Throws OptionsError. */
export function compilerOptions(parsed: Parsed, extra: Partial<Options> = {}, preset: Partial<Options> = {}): Settings {
  const given: Record<string, unknown> = { ...preset, jobs: Math.min(availableParallelism(), MOST_JOBS) }
  for (const key of OPTION_NAMES) {
    if (parsed[key] !== undefined) given[key] = parsed[key]
  }
  if (parsed['builtins'] !== undefined) given['builtins'] = listed(parsed['builtins'])
  const options = completeOptions({ ...given, features: featuresOf(parsed), ...extra })
  return parsed['verify'] === true ? { ...options, verifies: true } : options
}

/** Which features are on, as --features and --disable say. */
export const featuresOf = (parsed: Parsed): FeatureChoice => ({
  ...namedFeatures(parsed['features'], true),
  ...namedFeatures(parsed['disable'], false),
})

/** What a list of features says. */
const namedFeatures = (list: unknown, isOn: boolean): FeatureChoice =>
  list === undefined ? {} : Object.fromEntries(listed(list).map((name) => [name, isOn]))

const listed = (list: unknown): string[] =>
  String(list)
    .split(',')
    .map((name) => name.trim())

/** What may be a list: files, words, and options that can be given several times. */
const REPEATABLE = ['_', 'args', 'files', ...Object.keys(RUN_OPTIONS)]

/** Refuses options that are given more than once, of which yargs makes lists. */
export function checkGivenOnce(parsed: Parsed): void {
  for (const [key, value] of Object.entries(parsed)) {
    if (Array.isArray(value) && !REPEATABLE.includes(key)) throw new UsageError(`option ${key} is given twice`)
  }
}

export interface SplitArguments {
  /** The words for nowasm. */
  readonly own: readonly string[]
  /** The name after `--invoke`. */
  readonly invoke: string | undefined
  /** The words for the program: all that follows NAME, or else the file. They may look like options. */
  readonly program: readonly string[]
}

/** Splits the words of `run` and `bench`; the first word is the command. */
export function splitArguments(words: readonly string[]): SplitArguments {
  const end = words.indexOf('--')
  const at = words.findIndex((word, i) => /^--invoke(=|$)/.test(word) && (end < 0 || i < end))
  if (at < 0) return splitAfterFile(words, undefined)
  const glued = words[at]!.startsWith('--invoke=')
  const invoke = glued ? words[at]!.slice('--invoke='.length) : words[at + 1]
  if (invoke === undefined) throw new UsageError('--invoke needs the name of an exported function')
  const own = words.slice(0, at)
  const rest = words.slice(at + (glued ? 1 : 2))
  if (fileIndex(own) < 0) return splitAfterFile([...own, ...rest], invoke)
  return { own, invoke, program: dropDashes(rest) }
}

function splitAfterFile(words: readonly string[], invoke: string | undefined): SplitArguments {
  const at = fileIndex(words)
  if (at < 0) return { own: words, invoke, program: [] }
  return { own: words.slice(0, at + 1), invoke, program: dropDashes(words.slice(at + 1)) }
}

/** The first of the program's words that is also an option of the command, unless `--` says that it is the program's. */
export function strayOption(words: readonly string[], { program }: SplitArguments): string | undefined {
  if (words.includes('--')) return undefined
  const known = { ...COMPILE_OPTIONS, ...(words[0] === 'bench' ? BENCH_OPTIONS : RUN_OPTIONS) }
  return program.find((word) => word.startsWith('--') && optionOf(word, known) !== undefined)
}

const dropDashes = (words: readonly string[]): readonly string[] => (words[0] === '--' ? words.slice(1) : words)

/** Where the first word stands that is neither an option nor an option's value, or is behind `--`; -1 if nowhere. */
function fileIndex(words: readonly string[]): number {
  for (let i = 1; i < words.length; i++) {
    if (words[i] === '--') return i + 1 < words.length ? i + 1 : -1
    if (!words[i]!.startsWith('-') || words[i] === '-') return i
    if (takesNextWord(words[i]!)) i++
  }
  return -1
}

function takesNextWord(option: string): boolean {
  const entry = option.includes('=')
    ? undefined
    : optionOf(option, { ...COMPILE_OPTIONS, ...BENCH_OPTIONS, ...RUN_OPTIONS })
  return entry !== undefined && 'requiresArg' in entry
}

/** The entry of an option as it is written. */
function optionOf(word: string, known: Readonly<Record<string, object>>): object | undefined {
  const name = word.replace(/^--?/, '').replace(/=.*/s, '')
  return name === 'optimize' ? COMPILE_OPTIONS.O : known[name]
}
