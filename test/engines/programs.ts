// Modules of programs that people use, each with a driver in the syntax of 2009 that calls its exports: what it gives back must be
// what it gives back with the native engine.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../../src/index.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { HERE } from './here.ts'
import { functionOf, textOf } from './job.ts'
import type { Variant } from './outputs.ts'

/** A file of the packages here or of the corpus. */
const here = (path: string): string => join(HERE, 'node_modules', path)
const corpus = (path: string): string => join(HERE, '../corpus/node_modules', path)

const fileBytes = (file: string) => new Uint8Array(readFileSync(file))

/** The first module among the base64 texts of a file. */
function embedded(file: string) {
  const [, text] = /(AGFzb[A-Za-z0-9+/=]+)/.exec(readFileSync(file, 'utf8')) ?? []
  return new Uint8Array(Buffer.from(text ?? '', 'base64'))
}

interface Program {
  readonly name: string
  /** The driver, programs/NAME.es5.js. */
  readonly driver: string
  /** The file that it is in, or that its text is in. */
  readonly file: string
  bytes(file: string): Uint8Array<ArrayBuffer>
}

/** Those without a file are not installed. */
const PROGRAMS: readonly Program[] = [
  {
    name: 'SQLite',
    driver: 'sqlite',
    file: here('@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3.wasm'),
    bytes: fileBytes,
  },
  { name: 'source-map', driver: 'source-map', file: corpus('source-map/lib/mappings.wasm'), bytes: fileBytes },
  { name: 'llhttp', driver: 'llhttp', file: corpus('undici/lib/llhttp/llhttp-wasm.js'), bytes: embedded },
  {
    name: 'llhttp with SIMD',
    driver: 'llhttp',
    file: corpus('undici/lib/llhttp/llhttp_simd-wasm.js'),
    bytes: embedded,
  },
  { name: 'lz4', driver: 'lz4', file: corpus('lz4-wasm-nodejs/lz4_wasm_nodejs_bg.wasm'), bytes: fileBytes },
  { name: 'Argon2', driver: 'argon2', file: corpus('hash-wasm/dist/argon2.umd.min.js'), bytes: embedded },
  {
    name: 'es-module-lexer',
    driver: 'es-module-lexer',
    file: corpus('es-module-lexer/dist/lexer.js'),
    bytes: embedded,
  },
]

/** The memory that SQLite imports: drivers are given one. */
const MEMORY = { min: 256, max: 32768 }

function memoryModule(): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  builder.export('memory', 'memory', builder.memory(MEMORY))
  return builder.build()
}

/** What the driver gives back with the engine of this Node. */
function nativeResult({ driver, file, bytes }: Program): string {
  const drive = new Function(`${textOf(`programs/${driver}.es5.js`)}\nreturn drive`)()
  const module = new WebAssembly.Module(bytes(file))
  const memory = new WebAssembly.Memory({ initial: MEMORY.min, maximum: MEMORY.max })
  return drive((imports: WebAssembly.Imports) => new WebAssembly.Instance(module, imports), memory)
}

export interface PreparedProgram {
  readonly name: string
  readonly expected: string
  /** Reports the result. */
  readonly job: string
}

/** Those that are installed. */
export function preparePrograms({ engine, target }: Variant): PreparedProgram[] {
  const code = (bytes: Uint8Array) => functionOf(compile(bytes, { engine, target, format: 'iife', name: 'out' }).code)
  return PROGRAMS.filter(({ file }) => existsSync(file)).map((program) => ({
    name: program.name,
    expected: nativeResult(program),
    job: `(function () {
${textOf(`programs/${program.driver}.es5.js`)}
var memory = (${code(memoryModule())})()().exports.memory
var instantiate = (${code(program.bytes(program.file))})()
report(JSON.stringify(drive(instantiate, memory)))
})()
`,
  }))
}
