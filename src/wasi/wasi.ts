// The class WASI, as node:wasi has it: code moves over by importing it from here.

import type { Context, Version } from './context.ts'
import { Descriptors } from './descriptors.ts'
import { FILETYPE } from './filetype.ts'
import { openFolder } from './folder.ts'
import { MODULES, type WasiImport, wasiFunctions } from './functions.ts'
import { type FileSystem, nodeFileSystem, nodeProcess } from './host.ts'
import { GuestMemory, type MemoryLike } from './memory.ts'
import { WASIExit } from './process.ts'
import { consoleStreams, openStream, type Stream } from './stream.ts'

export interface WASIOptions {
  /** `preview1`, or `unstable` for programs that import `wasi_unstable`. */
  readonly version: Version
  /** The program's name first. None if not given. */
  readonly args?: readonly string[]
  /** The whole environment: nothing of the process's own is added. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Folders that the program may use: by the name that it knows each by, the host's. */
  readonly preopens?: Readonly<Record<string, string>>
  /** Whether `start` returns the exit code, which is the default, or the process ends. */
  readonly returnOnExit?: boolean
  /** Descriptors of the host, 0, 1 and 2 if not given, or what reads and writes. Without files: nothing, and the console. */
  readonly stdin?: number | Stream
  readonly stdout?: number | Stream
  readonly stderr?: number | Stream
  /** Where the files are: `node:fs`, if there is one, or a library with its synchronous functions. */
  readonly fs?: FileSystem
}

/** An instance of any kind: an engine's own, what `instantiate` of an output gives, one of nowasm/webassembly. */
export interface InstanceLike {
  readonly exports: object
}

/** Declared so that it is what any program imports, as `nowasm --dts` declares that. */
// biome-ignore lint/suspicious/noExplicitAny: each program has types of its own for the functions that it imports
type ImportObject = Readonly<Record<(typeof MODULES)[Version], any>>

export class WASI {
  /** The functions, to be imported under the name that `getImportObject` has. */
  readonly wasiImport: WasiImport
  readonly #module: string
  readonly #memory = new GuestMemory()
  readonly #descriptors = new Descriptors()
  #isStarted = false

  /** Opens the folders. Throws TypeError for options that cannot be, and Error for a folder that cannot be opened. */
  constructor(options: WASIOptions) {
    const { version, args = [], env = {}, preopens = {}, returnOnExit = true } = checkOptions(options)
    const fs = options.fs ?? nodeFileSystem
    // Before anything is opened: text may be refused too.
    const texts = { args: args.map(String), env: variables(env) }
    this.#module = MODULES[version]
    const standard = fs && nodeProcess() ? { stdin: 0, stdout: 1, stderr: 2 } : consoleStreams()
    for (const name of ['stdin', 'stdout', 'stderr'] as const) {
      this.#descriptors.addStream(openStream(options[name] ?? standard[name], nodeFileSystem ?? fs))
    }
    for (const [guest, host] of Object.entries(preopens)) this.#preopen(fs, guest, host)
    const context: Context = { memory: this.#memory, descriptors: this.#descriptors, fs, version }
    this.wasiImport = wasiFunctions(context, texts)
    if (!returnOnExit) this.wasiImport['proc_exit'] = exitProcess
  }

  #preopen(fs: FileSystem | undefined, guest: string, host: string): void {
    if (!fs) throw new TypeError('folders need a file system: give one as the option fs (Node before 20.16: node:fs)')
    try {
      this.#descriptors.addPreopen(openFolder(fs, host), guest, FILETYPE.DIRECTORY)
    } catch (error) {
      this.#descriptors.closeAll()
      throw new Error(`cannot open the folder ${host}: ${(error as Error).message}`, { cause: error })
    }
  }

  /** Has the functions under one of the names, that of the version. */
  getImportObject(): ImportObject {
    return { [this.#module]: this.wasiImport } as ImportObject
  }

  /**
   * Tells the program's memory, which it exports as `memory`, or else imported. Throws TypeError for an instance without one, and
   * Error if it is not the first.
   */
  finalizeBindings(instance: InstanceLike, { memory }: { readonly memory?: MemoryLike } = {}): void {
    if (this.#isStarted) throw coded(new Error('WASI instance has already started'), 'ERR_WASI_ALREADY_STARTED')
    const exports = exportsOf(instance)
    this.#memory.attach(checkMemory(memory ?? exports['memory']))
    this.#isStarted = true
  }

  /**
   * Runs a command's `_start` and closes its files; gives its exit code. Throws what it throws: a trap, an exception. For what is no
   * command they are closed too, since no other instance may come after one with a memory.
   */
  start(instance: InstanceLike): number {
    this.finalizeBindings(instance)
    try {
      startOf(instance)()
      return 0
    } catch (error) {
      if (error instanceof WASIExit) return error.code
      throw error
    } finally {
      this.#descriptors.closeAll()
    }
  }

  /** Runs a reactor's `_initialize`, if it has one. Its other functions may be called from then on. */
  initialize(instance: InstanceLike): void {
    this.finalizeBindings(instance)
    let run: () => void
    try {
      run = initializeOf(instance)
    } catch (error) {
      this.#descriptors.closeAll()
      throw error
    }
    run()
  }
}

function startOf(instance: InstanceLike): () => void {
  const { _start, _initialize } = exportsOf(instance)
  if (typeof _start !== 'function') {
    throw invalid(
      `the module exports no function "_start": ${_initialize ? 'it is a reactor, for initialize(instance)' : 'it is no WASI command'}`,
    )
  }
  if (_initialize !== undefined) throw invalid('the module exports "_initialize" beside "_start": it must be one')
  return _start as () => void
}

/** What does nothing for a reactor that has none. */
function initializeOf(instance: InstanceLike): () => void {
  const { _start, _initialize } = exportsOf(instance)
  if (_start !== undefined) throw invalid('the module exports "_start": it is a command, for start(instance)')
  if (_initialize === undefined) return () => {}
  if (typeof _initialize !== 'function') throw invalid('the export "_initialize" of the module is no function')
  return _initialize as () => void
}

const variables = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))

function exitProcess(code: number): never {
  nodeProcess()?.exit(code >>> 0)
  throw new WASIExit(code >>> 0)
}

/** An error with a code that node:wasi would give it. */
const coded = <E extends Error>(error: E, code: string): E => Object.assign(error, { code })
const invalid = (message: string): TypeError => coded(new TypeError(message), 'ERR_INVALID_ARG_TYPE')

function checkOptions(options: WASIOptions): WASIOptions {
  const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
  if (!isObject(options)) throw invalid('WASI needs options, at least { version }')
  const { version, args, env, preopens, returnOnExit } = options
  if (typeof version !== 'string') throw invalid("the option version must be 'preview1' or 'unstable'")
  if (!Object.keys(MODULES).includes(version)) {
    throw coded(new TypeError(`unsupported WASI version ${JSON.stringify(version)}`), 'ERR_INVALID_ARG_VALUE')
  }
  if (args !== undefined && !Array.isArray(args)) throw invalid('the option args must be an array')
  for (const [name, value] of Object.entries({ env, preopens })) {
    if (value !== undefined && !isObject(value)) throw invalid(`the option ${name} must be an object`)
  }
  if (returnOnExit !== undefined && typeof returnOnExit !== 'boolean') {
    throw invalid('the option returnOnExit must be a boolean')
  }
  for (const name of ['stdin', 'stdout', 'stderr'] as const) {
    const stream = options[name]
    const isDescriptor = Number.isInteger(stream) && (stream as number) >= 0
    if (stream !== undefined && !isDescriptor && !isObject(stream)) {
      throw invalid(`the option ${name} must be a file descriptor, or an object that reads or writes`)
    }
  }
  return options
}

function exportsOf(instance: InstanceLike): Record<string, unknown> {
  const exports = (instance as Partial<InstanceLike> | undefined)?.exports
  if (typeof exports !== 'object' || exports === null) throw invalid('WASI needs an instance, with its exports')
  return exports as Record<string, unknown>
}

function checkMemory(memory: unknown): MemoryLike {
  const { buffer } = (memory ?? {}) as Partial<MemoryLike>
  const kind = Object.prototype.toString.call(buffer)
  if (kind === '[object ArrayBuffer]' || kind === '[object SharedArrayBuffer]') return memory as MemoryLike
  throw invalid(
    'the module exports no memory as "memory"; one that it imports is given by finalizeBindings(instance, { memory })',
  )
}
