// A module of our own, compiled from AssemblyScript when needed: sieve, matrices, hashes, strings, traps.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cacheFile } from '../cache.mjs'

const text = new URL('../assemblyscript/mixed.as', import.meta.url)
const wasm = cacheFile('assemblyscript.wasm')

/** Compiles the source in a process of its own, on Node's engine: the AssemblyScript compiler needs Wasm itself. */
export function prepare() {
  if (existsSync(wasm) && statSync(wasm).mtimeMs > statSync(text).mtimeMs) return
  mkdirSync(cacheFile(''), { recursive: true })
  const source = cacheFile('mixed.ts') // the compiler takes no other extension
  copyFileSync(text, source)
  const asc = fileURLToPath(new URL('../node_modules/assemblyscript/bin/asc.js', import.meta.url))
  const options = ['-O2', '--runtime', 'incremental', '--outFile', wasm]
  execFileSync(process.execPath, [asc, 'mixed.ts', ...options], { cwd: cacheFile(''), stdio: 'inherit' })
}

export async function run(WebAssembly) {
  const printed = []
  const env = {
    abort: (_message, _file, line) => {
      throw new Error(`abort in line ${line}`)
    },
    print: (low, high, value) => printed.push([String(low), high, value]),
  }
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { env })
  const { sieve, matrix, hash, collatz, sortFloats, text, trap } = instance.exports
  return {
    sieve: sieve(500_000),
    matrix: matrix(96),
    hash: String(hash(0x0123456789abcdefn, 400_000)),
    collatz: String(collatz(30_000)),
    floats: sortFloats(20_000),
    text: text(3000),
    traps: [0, 1, 2, 3, 4].map((kind) => errorOf(() => trap(kind))),
    printed,
  }
}

/** Engines word their traps differently: only the class and our own aborts are compared. */
function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return error instanceof globalThis.WebAssembly.RuntimeError ? 'RuntimeError' : String(error)
  }
}
