// What a program that `run` and `bench` start is given: WASI, with folders and an environment where these were asked for.

import type { Module } from '../0-wasm/module.ts'
import type { Instantiated } from '../evaluate.ts'
import { MODULES } from '../wasi/functions.ts'
import { WASI } from '../wasi/wasi.ts'
import type { Parsed } from './arguments.ts'
import { ModuleError, UsageError } from './errors.ts'
import type { Io } from './io.ts'

export interface Guest {
  readonly wasi: WASI
  /** Instantiates with WASI, as far as the module wants it, and with nothing else. */
  instantiate(start: (imports: unknown) => Instantiated): Instantiated
}

/** `args`: the program's name first. Throws UsageError for folders that cannot be opened. */
export function createGuest(module: Module, args: readonly string[], parsed: Parsed, io: Io): Guest {
  const version = module.imports.some((item) => item.module === MODULES.unstable) ? 'unstable' : 'preview1'
  const [env, preopens] = [environment(parsed['env']), folders(parsed['dir'])]
  const wasi = usable(() => new WASI({ version, args, env, preopens, ...io.streams }))
  const instantiate = (start: (imports: unknown) => Instantiated): Instantiated => {
    checkImports(module, args[0]!, wasi, parsed)
    const instance = start(wasi.getImportObject())
    if (instance.exports['memory']) wasi.finalizeBindings(instance)
    return instance
  }
  return { wasi, instantiate }
}

function usable(make: () => WASI): WASI {
  try {
    return make()
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** An option that may be given any number of times. */
const repeated = (given: unknown): string[] =>
  given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(String)

/** `HOST::GUEST` each, or a folder of the same name for both. */
function folders(given: unknown): Record<string, string> {
  return Object.fromEntries(
    repeated(given).map((item) => {
      const at = item.indexOf('::')
      const [host, guest] = at < 0 ? [item, item] : [item.slice(0, at), item.slice(at + 2)]
      if (host === '' || guest === '') throw new UsageError(`--dir ${item}: it is HOST or HOST::GUEST`)
      return [guest, host]
    }),
  )
}

/** `NAME=VALUE` each, or a name alone for a variable that is handed on, if it is set. */
function environment(given: unknown): Record<string, string | undefined> {
  return Object.fromEntries(
    repeated(given).map((item) => {
      const at = item.indexOf('=')
      if (item === '' || at === 0) throw new UsageError(`--env ${item}: it is NAME=VALUE or NAME`)
      return at < 0 ? [item, process.env[item]] : [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}

/** Refuses what imports something else, before an engine does in its own words. */
function checkImports(module: Module, file: string, wasi: WASI, parsed: Parsed): void {
  const given: Readonly<Record<string, Readonly<Record<string, unknown>>>> = wasi.getImportObject()
  const lacking = module.imports.find(
    (item) =>
      given[item.module]?.[item.name] === undefined &&
      !item.module.startsWith('wasm:') &&
      item.module !== parsed['imported-string-constants'],
  )
  if (!lacking) return
  throw new ModuleError(`${file}: it imports "${lacking.module}" "${lacking.name}", ${adviceOn(lacking.module)}`)
}

function adviceOn(imported: string): string {
  if (Object.values(MODULES).some((name) => name === imported)) return 'which is no function of this version of WASI'
  if (imported.startsWith('wasi:')) return 'of WASI 0.2 or later: build the program for wasm32-wasip1'
  if (imported === 'wasi') return 'of WASI with threads, which only a program of its own can give'
  return 'and only functions of WASI are given here: compile it, and call `instantiate` with its imports'
}
