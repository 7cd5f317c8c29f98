// Binaryen's wasm-opt in this process. The package has it as a script that runs once and ends; starting a process for each
// module would take most of the time, so the script's text is made a function, and its WebAssembly compiled once.

import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageFile } from '../tools/install.ts'

/** Features of all engines with which modules are compared. */
const FEATURES = [
  '--mvp-features',
  '--enable-mutable-globals',
  '--enable-sign-ext',
  '--enable-nontrapping-float-to-int',
  '--enable-multivalue',
  '--enable-bulk-memory',
  '--enable-reference-types',
  '--enable-extended-const',
  '--enable-tail-call',
  '--enable-simd',
]

/** Features that only some of them have. */
export const MORE_FEATURES = [
  '--enable-gc',
  '--enable-exception-handling',
  '--enable-memory64',
  '--enable-multimemory',
  '--enable-threads',
  '--enable-relaxed-simd',
]

type Run = (args: readonly string[], instantiate: object, host: object) => Promise<void>

/** What the script is run with, as parameters of a function around it. */
const HEAD = 'return async function(args, Module, process) {'
/** How the script ends: it starts by itself. */
const START = 'createWasm().then(()=>run());'
const BINARY = "binaryDecode('"

/** The call that decodes the WebAssembly, a string of megabytes; empty if there is none. */
function binaryCall(text: string): string {
  const start = text.indexOf(BINARY)
  let end = start + BINARY.length
  while (start >= 0 && end < text.length && text[end] !== "'") end += text[end] === '\\' ? 2 : 1
  return start < 0 ? '' : text.slice(start, end + 2)
}

/** What it says last: before that it may print the whole module. */
const lastOf = (messages: readonly string[]): string => messages.join('').trim().split('\n').slice(-4).join('\n')

export class WasmOpt {
  readonly #run: Run
  readonly #module: WebAssembly.Module
  /** What it has written to the terminal, in this run. */
  #messages: string[] = []
  readonly #folder = mkdtempSync(join(tmpdir(), 'nowasm-wasm-opt-'))

  private constructor(
    make: (require: (name: string) => unknown) => Run,
    require: NodeJS.Require,
    module: BufferSource,
  ) {
    this.#module = new WebAssembly.Module(module)
    // It writes to files of the system, its messages too: those are kept here.
    const writeSync = (...args: [fd: number, bytes: Int8Array, offset: number, length: number, position?: number]) => {
      const [fd, bytes, offset, length] = args
      if (fd !== 1 && fd !== 2) return fs.writeSync(...args)
      this.#messages.push(Buffer.from(bytes.buffer, bytes.byteOffset + offset, length).toString())
      return length
    }
    const kept = { ...fs, writeSync }
    this.#run = make((name) => (name === 'node:fs' ? kept : require(name)))
    process.on('exit', () => rmSync(this.#folder, { recursive: true, force: true }))
  }

  /** Throws if the package is not installed, or not what it was when this was written. */
  static async load(): Promise<WasmOpt> {
    const path = packageFile('binaryen/bin/wasm-opt')
    if (path === undefined) throw new Error('the package binaryen is not installed')
    const text = readFileSync(path, 'utf8').replace(/^#!.*/, '')
    const binary = binaryCall(text)
    const decode = /function binaryDecode\(bin\)\{.*?return o\}/s.exec(text)
    if (binary === '' || decode === null || !text.includes(START)) throw new Error(`${path}: not the wasm-opt known`)
    const bytes = new Function(`${decode[0]}\nreturn ${binary}`)() as BufferSource
    const script = text.replace(binary, '0').replace(START, 'await createWasm(); await run(args);')
    const make = new Function('require', '__filename', '__dirname', `${HEAD}${script}\n}`) as (
      ...args: unknown[]
    ) => Run
    return new WasmOpt((require) => make(require, path, '.'), createRequire(path), bytes)
  }

  /** What it makes of a module with the compiler's features, given further arguments. Throws if it fails. */
  async transform(input: Uint8Array, args: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
    const [before, after] = [join(this.#folder, 'in'), join(this.#folder, 'out')]
    writeFileSync(before, input)
    await this.run([before, '-q', ...FEATURES, ...args, '-o', after])
    return new Uint8Array(readFileSync(after))
  }

  /** Runs it with command-line arguments; throws with the last of what it wrote if it fails. */
  async run(args: readonly string[]): Promise<void> {
    this.#messages = []
    const instantiateWasm = (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
      receive(new WebAssembly.Instance(this.#module, imports))
      return {}
    }
    const host = Object.assign(Object.create(process), { argv: ['node', 'wasm-opt', ...args], exitCode: 0 })
    try {
      await this.#run([...args], { instantiateWasm }, host)
    } catch (error) {
      // It leaves by an exception of its own, with its exit code in the process.
      if ((error as { name?: string }).name !== 'ExitStatus') throw new Error(`${error}: ${lastOf(this.#messages)}`)
    }
    if (host.exitCode !== 0) throw new Error(`wasm-opt ended with ${host.exitCode}: ${lastOf(this.#messages)}`)
  }
}
