// node test/bench/simd/main.mjs: kernels with vectors and without, natively and compiled. Needs clang and lld, and a build.
// Ends with 1 if check sums differ.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../../../dist/index.js'
import { table } from '../../corpus/table.mjs'

/** Rounds of each kernel: about 50 ms natively without vectors. */
const KERNELS = { dot: 1000, blur: 40, memchr: 200, mandelbrot: 8 }
const TURNS = 7

const folder = mkdtempSync(join(tmpdir(), 'nowasm-simd-'))

function build(name, features) {
  const wasm = join(folder, `${name}.wasm`)
  const source = fileURLToPath(new URL('kernels.c', import.meta.url))
  const options = ['--target=wasm32', '-nostdlib', '-O2', '-fno-vectorize', '-fno-slp-vectorize', '-fno-builtin']
  execFileSync('clang', [...options, ...features, '-Wl,--no-entry', '-o', wasm, source], { stdio: 'inherit' })
  return readFileSync(wasm)
}

const text = (module) => `data:text/javascript;base64,${Buffer.from(compile(module).code).toString('base64')}`

const scalar = build('scalar', [])
const vectors = build('vectors', ['-msimd128'])
rmSync(folder, { recursive: true })
const builds = {
  'native': (await WebAssembly.instantiate(scalar)).instance.exports,
  'native, vectors': (await WebAssembly.instantiate(vectors)).instance.exports,
  'compiled': (await import(text(scalar))).instantiate({}).exports,
  'compiled, vectors': (await import(text(vectors))).instantiate({}).exports,
}

/** The least of some times in ms, and the check sum. */
function measure(exports, kernel, rounds) {
  let least = Infinity
  for (let turn = 0; turn < TURNS; turn++) {
    exports.start()
    const start = performance.now()
    exports[kernel](rounds)
    least = Math.min(least, performance.now() - start)
  }
  exports.start()
  return { time: least, sum: exports[kernel](3) }
}

const rows = []
for (const [kernel, rounds] of Object.entries(KERNELS)) {
  const found = Object.values(builds).map((exports) => measure(exports, kernel, rounds))
  const times = found.map(({ time }) => time)
  if (new Set(found.map(({ sum }) => sum)).size > 1) process.exitCode = 1
  rows.push([kernel, ...times.map((time) => time.toFixed(1)), `${(times[2] / times[3]).toFixed(2)}x`])
}
console.log(table(['kernel', ...Object.keys(builds), 'gained'], rows))
