// What is measured of features: vectors, by kernels that are built with them and without; structures and arrays, exceptions,
// tail calls, atomics and waiting, by modules in the text format.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cacheFile } from './cache.mjs'

/**
 * Name, the part of the run it belongs to, and `n` for a batch of some 20 ms on a native engine. `ops`: what is done n times,
 * so that the figure is the time of one. `child`: what runs it if it is no kernel.
 * @typedef {{ name: string, part: Part, n: number, ops?: string, child?: string }} Feature
 * @typedef {'simd' | 'gc' | 'exceptions' | 'tail-calls' | 'atomics' | 'threads'} Part
 */
const simd = (name, n) => ({ name, part: 'simd', n })
const gc = (name, n) => ({ name, part: 'gc', n })
const operation = (part, name, n, ops = 'call') => ({ name, part, n, ops })

/** @type {Feature[]} */
export const FEATURES = [
  simd('dot', 4000),
  simd('blur', 50),
  simd('memchr', 400),
  simd('mandelbrot', 12),
  simd('base64', 600),
  simd('utf8', 400),
  simd('sha256x4', 1400),
  simd('matmul', 40),
  simd('blend', 150),
  simd('histogram', 400),
  gc('binary-trees', 140),
  gc('list-sort', 4),
  gc('hash-map', 400),
  gc('string-builder', 70),
  gc('queens', 400),
  operation('exceptions', 'throw', 100_000, 'throw'),
  operation('exceptions', 'throw-ten-frames', 50_000, 'throw'),
  operation('exceptions', 'try-nothing-thrown', 8_000_000),
  operation('exceptions', 'no-try', 8_000_000),
  operation('tail-calls', 'self', 20_000_000),
  operation('tail-calls', 'mutual', 8_000_000),
  operation('tail-calls', 'indirect', 4_000_000),
  operation('tail-calls', 'reference', 4_000_000),
  operation('tail-calls', 'plain-call', 8_000_000),
  operation('tail-calls', 'plain-call-of-tail-caller', 8_000_000),
  ...['i32', 'i64'].flatMap((type) =>
    ['load', 'store', 'add', 'cmpxchg'].map((name) => operation('atomics', `${type}-${name}`, 2_000_000, 'operation')),
  ),
  { ...operation('threads', 'wait-notify', 2000, 'round trip'), child: 'child-threads' },
]

/** Not all that the assembler knows: it would write what is not yet finished. */
const FEATURE_OPTIONS = ['gc', 'reference-types', 'tail-call', 'exception-handling', 'threads', 'bulk-memory'].map(
  (name) => `--enable-${name}`,
)

const FOLDER = fileURLToPath(new URL('./features/', import.meta.url))

/** @returns the module of a feature; of vectors the one with them or the scalar one */
export const buildFeature = ({ name, part }, isScalar) =>
  part === 'simd' ? buildKernel(name, isScalar) : buildText(part)

function buildKernel(name, isScalar) {
  const source = `${FOLDER}simd/${name}.c`
  const wasm = cacheFile(`features/${name}${isScalar ? '-scalar' : ''}.wasm`)
  return built(wasm, [source, `${FOLDER}simd/vector.h`], () => {
    const include = fileURLToPath(new URL('./kernels/c', import.meta.url))
    const options = ['--target=wasm32', '-nostdlib', '-O3', '-fno-vectorize', '-fno-slp-vectorize', '-I', include]
    const link = ['--no-entry', '--export=run', '-z,stack-size=65536'].map((option) => `-Wl,${option}`)
    execFileSync('clang', [...options, ...(isScalar ? [] : ['-msimd128']), ...link, '-o', wasm, source], {
      stdio: 'inherit',
    })
  })
}

function buildText(part) {
  const wasm = cacheFile(`features/${part}.wasm`)
  const source = `${FOLDER}${part}.wat`
  const command = fileURLToPath(new URL('./node_modules/binaryen/bin/wasm-as', import.meta.url))
  return built(wasm, [source], () =>
    execFileSync(process.execPath, [command, ...FEATURE_OPTIONS, '-o', wasm, source], { stdio: 'inherit' }),
  )
}

/** Builds a module unless that has been done since its sources changed. */
function built(wasm, sources, build) {
  const isBuilt = existsSync(wasm) && sources.every((file) => statSync(file).mtimeMs < statSync(wasm).mtimeMs)
  if (!isBuilt) build()
  return readFileSync(wasm)
}
