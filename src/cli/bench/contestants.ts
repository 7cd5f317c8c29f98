// Who takes part in `nowasm bench`, and how a module becomes a function of each.

import { gzipSync } from 'node:zlib'
import type { Module } from '../../0-wasm/module.ts'
import { compileModule } from '../../compile.ts'
import { EVALUABLE, evaluate, type Instantiated } from '../../evaluate.ts'
import type { Engine } from '../../options.ts'
import { compilerOptions, type Parsed } from '../arguments.ts'
import { inFile } from '../errors.ts'
import { createGuest } from '../guest.ts'
import type { Call } from '../invoke.ts'
import type { Io } from '../io.ts'
import { invokeExport } from '../run.ts'

/** Gives an instance for an import object. */
export type Start = (imports: unknown) => Instantiated

export interface Contestant {
  readonly name: string
  /** One of ours, or the native engine, without which there is no comparison: its failure ends the run. */
  readonly essential: boolean
  /** What is done before the clock starts. */
  prepare?(): Promise<void>
  /** `code`: what would be shipped. */
  compile(): Promise<{ start: Start; code: string | Uint8Array }>
}

/** One contestant with its instance. Times in milliseconds. */
export interface Side {
  readonly name: string
  readonly essential: boolean
  /** From the bytes of the module to something that can be instantiated. */
  readonly compile: number
  /** From there to an instance. */
  readonly load: number
  /** Size of what would be shipped, as it is written and gzipped. */
  readonly bytes: number
  readonly gzip: number
  readonly call: () => unknown
}

/** What all contestants get. */
export interface Task {
  readonly file: string
  readonly bytes: Uint8Array
  readonly module: Module
  readonly call: Call
  readonly io: Io
}

export const native = (bytes: Uint8Array): Contestant => ({
  name: 'native',
  essential: true,
  async compile() {
    const compiled = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)
    const start: Start = (imports) => new WebAssembly.Instance(compiled, imports as WebAssembly.Imports)
    return { start, code: bytes }
  },
})

export const ours = (engine: Engine, { file, bytes }: Task, options: Parsed): Contestant => ({
  name: `nowasm ${engine}`,
  essential: true,
  async compile() {
    const { chunks } = inFile(file, () => compileModule(bytes, compilerOptions({ ...options, engine }, EVALUABLE)))
    return { start: evaluate(chunks), code: chunks.join('') }
  },
})

/** Compiles and instantiates. */
export async function enter(contestant: Contestant, { file, module, call, io }: Task): Promise<Side> {
  const { name, essential } = contestant
  await contestant.prepare?.()
  const before = performance.now()
  const { start, code } = await contestant.compile()
  const compiled = performance.now()
  const { exports } = createGuest(module, [file], {}, io).instantiate(start)
  const loaded = performance.now()
  const size = typeof code === 'string' ? Buffer.from(code) : code
  return {
    name,
    essential,
    compile: compiled - before,
    load: loaded - compiled,
    bytes: size.length,
    gzip: gzipSync(size, { level: 9 }).length,
    call: () => invokeExport(exports, call.name, call.args),
  }
}
