// From a module to what each contestant loads.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { firstLine, runWasm2js } from '../../dist/src/cli/bench/peers.js'
import { cacheFile, ofRun, writeCache } from './cache.mjs'
import { importCompiler } from './install.mjs'

/**
 * Makes the function that compiles modules for one run: each module once for each kind, to a file that is an ES module,
 * CommonJS for names in `-cjs`, a script for `nowasm-script` and `nowasm-es5`. It resolves to the file, or to why there is
 * none.
 * @typedef {'wasm' | 'nowasm' | 'nowasm-cjs' | 'base-cjs' | 'nowasm-interpreter' | 'nowasm-interpreter-cjs' |
 *   'nowasm-script' | 'nowasm-es5' | 'wasm2js'} Kind
 * @returns {(kind: Kind, name: string, bytes: Uint8Array) => Promise<{ file: string } | { skipped: string }>}
 */
export function outputMaker() {
  const made = new Map()
  return (kind, name, bytes) => {
    const key = `${kind} ${name}`
    if (!made.has(key))
      made.set(
        key,
        OUTPUTS[kind](name, bytes).catch(({ message }) => ({ skipped: firstLine(message) })),
      )
    return made.get(key)
  }
}

const OUTPUTS = {
  wasm: async (name, bytes) => ({ file: writeCache(ofRun(`outputs/${name}.wasm`), bytes) }),
  nowasm: (name, bytes) => nowasm(`${name}.jit.mjs`, bytes, { engine: 'jit', format: 'esm' }),
  'nowasm-cjs': (name, bytes) => nowasm(`${name}.jit.cjs`, bytes, { engine: 'jit', format: 'cjs' }),
  'base-cjs': (name, bytes) => nowasm(`${name}.base.cjs`, bytes, { engine: 'jit', format: 'cjs' }, 'base'),
  'nowasm-interpreter-cjs': (name, bytes) =>
    nowasm(`${name}.interpreter.cjs`, bytes, { engine: 'interpreter', format: 'cjs' }),
  'nowasm-interpreter': (name, bytes) =>
    nowasm(`${name}.interpreter.mjs`, bytes, { engine: 'interpreter', format: 'esm' }),
  'nowasm-script': (name, bytes) => nowasm(`${name}.script.js`, bytes, { ...SCRIPT, target: 'es2020' }),
  'nowasm-es5': (name, bytes) => nowasm(`${name}.es5.js`, bytes, { ...SCRIPT, target: 'es5' }),
  wasm2js,
}

const SCRIPT = { engine: 'interpreter', format: 'iife', name: 'app' }

async function nowasm(name, bytes, options, build) {
  const { compile } = await importCompiler('index', build)
  return { file: writeCache(ofRun(`outputs/${name}`), compile(bytes, options).code) }
}

/** Its outputs are kept: it does not change, and takes long. */
async function wasm2js(_name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 20)
  const file = cacheFile(`wasm2js/${hash}.mjs`)
  const failure = cacheFile(`wasm2js/${hash}.failed`)
  if (existsSync(failure)) return { skipped: readFileSync(failure, 'utf8') }
  if (existsSync(file)) return { file }
  const input = writeCache(`wasm2js/${hash}.wasm`, bytes)
  const command = fileURLToPath(new URL('./node_modules/binaryen/bin/wasm2js', import.meta.url))
  try {
    runWasm2js(command, input, file)
  } catch ({ message }) {
    const reason = `wasm2js: ${message}`
    writeCache(`wasm2js/${hash}.failed`, reason)
    return { skipped: reason }
  }
  return { file }
}
