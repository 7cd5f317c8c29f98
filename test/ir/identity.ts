// npm run test:ir: `parse(text(f))` is f, and the verifier finds nothing, for every function of the specification suite and
// of real modules, behind every pass at every level.

import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { CompileError } from '../../src/0-wasm/errors.ts'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'
import { type How, lookAtFunctions } from './functions.ts'
import { checkRoundTrip } from './round-trip.ts'

const USAGE = `usage: npm run test:ir -- [FILE.wasm]...
Without files: the suite in ${SUITE} (or $NOWASM_SPEC), and modules of test/corpus, which npm run corpus installs.`

/** Of C, C++ and Rust. */
const MODULES = [
  'sql.js/dist/sql-wasm.wasm',
  '@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm',
  'brotli-wasm/pkg.node/brotli_wasm_bg.wasm',
  '@resvg/resvg-wasm/index_bg.wasm',
].map((path) => `test/corpus/node_modules/${path}`)

/** What brings every pass to work, and every representation. */
const HOW: Readonly<Record<string, How>> = {
  '-O0': { optimize: 0 },
  '-O1': { optimize: 1 },
  '-O2': { optimize: 2 },
  '-O3': { optimize: 3 },
  '-O2, i64 as BigInts': { optimize: 2, i64: 'bigint' },
  '-O2, i64 as both': { optimize: 2, i64: 'both' },
  '-O2, interpreter': { optimize: 2, engine: 'interpreter' },
  '-O2, small parts': { optimize: 2, limits: { ...LIMITS, bytecode: 300 } },
  '-O2, laid flat, small parts': { optimize: 2, limits: { ...LIMITS, bytecode: 300, height: 2, keptHeight: 1 } },
}

/** Characters of a message: it has the function's text. */
const SHOWN = 500

interface Named {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The modules of the suite; those that are not valid have no functions. */
function* suite(folder: string): Generator<Named> {
  for (const { path, file } of findScripts(folder)) {
    for (const command of readScript(file).commands) {
      if (!('module_base64' in command) || command.module_base64 === undefined) continue
      yield { name: `${path}:${command.line}`, bytes: Buffer.from(command.module_base64, 'base64') }
    }
  }
}

const read = (file: string): Named => ({ name: basename(file), bytes: readFileSync(file) })

class Count {
  modules = 0
  functions = 0
  texts = 0
  failures = 0

  add({ name, bytes }: Named, how: How): void {
    const indices = new Set<number>()
    const fail = (where: string, error: unknown): void => {
      this.failures++
      console.log(`${name}${where}: ${(error as Error).message.slice(0, SHOWN)}`)
    }
    try {
      lookAtFunctions(bytes, how, (func, pass) => {
        indices.add(func.index)
        this.texts++
        try {
          checkRoundTrip(func)
        } catch (error) {
          fail(` after ${pass}`, error)
        }
      })
    } catch (error) {
      if (error instanceof CompileError) return
      fail('', error)
    }
    this.modules++
    this.functions += indices.size
  }
}

/** @returns how many modules failed */
function run(name: string, modules: Iterable<Named>): number {
  const all = [...modules]
  let failed = 0
  for (const [level, how] of Object.entries(HOW)) {
    const count = new Count()
    for (const module of all) count.add(module, how)
    const { functions, texts, failures } = count
    console.log(
      `${name}, ${level}: ${count.modules} modules, ${functions} functions, ${texts} texts, ${failures} failures`,
    )
    failed += failures
  }
  return failed
}

/** What is run, by name. Those that are not there are told. */
function* groups(files: readonly string[]): Generator<[name: string, modules: Iterable<Named>]> {
  const folder = process.env['NOWASM_SPEC'] ?? SUITE
  if (files.length === 0 && existsSync(folder)) yield ['suite', suite(folder)]
  for (const file of files.length > 0 ? files : MODULES) {
    if (existsSync(file)) yield [basename(file), [read(file)]]
    else console.log(`not run: there is no ${file}`)
  }
}

const words = process.argv.slice(2)
if (words.some((word) => word.startsWith('-'))) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  let count = 0
  let failed = 0
  for (const [name, modules] of groups(words)) {
    count++
    failed += run(name, modules)
  }
  process.exitCode = failed === 0 && count > 0 ? 0 : 1
}
