// Which files a command that compiles reads and writes, and with which options, each of which says something about the other.

import { basename, dirname, extname, join } from 'node:path'
import { dataFile } from '../7-link/data.ts'
import { globalName, identifier } from '../7-link/identifier.ts'
import { stubFile } from '../7-link/stub.ts'
import { EXTENSIONS, type Format, type Settings } from '../options.ts'
import { compilerOptions, type Parsed } from './arguments.ts'
import { UsageError } from './errors.ts'
import { checkPlaces } from './place.ts'
import { PRESETS, type PresetName } from './presets.ts'

export interface Destination {
  /** A path, or `-`: what comes in. */
  readonly input: string
  /** A path, or `-`: what goes out. */
  readonly output: string
  /** Where the output and the files that stand beside it go, and the paths of its declarations and its source map. */
  readonly folder: string
  readonly declarations: string
  readonly map: string
  /** The file for the names of functions, if there is to be one. */
  readonly symbols: string | undefined
  /** Whether the folder is made if it is not there: --out-dir is, -o may be a mistake. */
  readonly makesFolder: boolean
  readonly settings: Settings
}

/** Throws UsageError and OptionsError, before anything is read. */
export function destinations(files: readonly string[], parsed: Parsed): Destination[] {
  if (files.length > 1) {
    if (parsed['output'] !== undefined) throw new UsageError('-o names one output: for several files use --out-dir')
    if (parsed['name'] !== undefined) throw new UsageError('--name is the name of one output')
    if (parsed['symbols'] !== undefined) throw new UsageError('--symbols is the file of one output')
  }
  const all = files.map((file) => destination(file, parsed))
  checkPlaces(files, all.flatMap(written))
  return all
}

/** All files that are written, of a module that has data too. */
function written({ output, folder, declarations, map, symbols, settings }: Destination): string[] {
  const { name, data, dts, stub, sourceMap } = settings
  return [
    ...(output === '-' ? [] : [output]),
    ...(data === 'file' ? [join(folder, dataFile(name))] : []),
    ...(stub ? [join(folder, stubFile(name))] : []),
    ...(dts ? [declarations] : []),
    ...(sourceMap ? [map] : []),
    ...(symbols === undefined ? [] : [symbols]),
  ]
}

function destination(input: string, parsed: Parsed): Destination {
  const preset = parsed['for'] === undefined ? undefined : PRESETS[parsed['for'] as PresetName]
  const given = parsed['output'] as string | undefined
  if (given === '') throw new UsageError('the name of the output is empty')
  const ofOutput = given !== undefined && extname(given) === '.cjs' ? 'cjs' : undefined
  const format = (parsed['format'] as Format | undefined) ?? ofOutput ?? preset?.format ?? 'esm'
  const output = given ?? outputFor(input, EXTENSIONS[format], parsed['outDir'] as string | undefined)
  const stem = output === '-' ? 'wasm' : basename(output, extname(output))
  const name = (parsed['name'] as string | undefined) ?? stem
  if (parsed['name'] !== undefined) checkName(name, format)
  const settings = compilerOptions(parsed, { format, name }, preset)
  if (output === '-' && (settings.dts || settings.stub || settings.sourceMap || settings.data === 'file'))
    throw new UsageError('options dts, stub, source-map and data file write files beside the output: name one with -o')
  const makesFolder = parsed['outDir'] !== undefined
  const symbols = parsed['symbols'] as string | undefined
  const [folder, declarations, map] = [dirname(output), declarationFile(output), `${output}.map`]
  return { input, output, folder, declarations, map, symbols, makesFolder, settings }
}

function outputFor(input: string, extension: string, folder: string | undefined): string {
  if (input === '-') {
    if (folder !== undefined) throw new UsageError('what comes from stdin has no name: give it one with -o')
    return '-'
  }
  const output = `${input.replace(/\.wasm$/, '')}${extension}`
  return folder === undefined ? output : join(folder, basename(output))
}

function checkName(name: string, format: Format): void {
  if (format !== 'iife') throw new UsageError('--name is the global variable of a classic script: use --format iife')
  if (name === '' || identifier(name) !== name) throw new UsageError(`--name: ${JSON.stringify(name)} is no identifier`)
  if (globalName(name) !== name) throw new UsageError(`--name: ${JSON.stringify(name)} is a global variable already`)
}

/** `app.mjs` -> `app.d.mts`, as TypeScript looks for it. */
function declarationFile(output: string): string {
  const extension = extname(output)
  const stem = output.slice(0, output.length - extension.length)
  return `${stem}.d${/^\.[cm]?js$/.test(extension) ? extension.replace('js', 'ts') : '.ts'}`
}
