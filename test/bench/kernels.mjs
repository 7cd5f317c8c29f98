// The kernels: small programs of our own, each with one export `run(n)` that gives a check sum.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFile, writeCache } from './cache.mjs'
import { thousandCases } from './kernels/thousand-cases.mjs'

/**
 * Name, language, what it exercises, and `n` for a batch of about 50 ms on a native engine.
 * @typedef {{ name: string, language: 'c' | 'assemblyscript', topic: string, n: number }} Kernel
 */
const c = (name, topic, n) => ({ name, language: 'c', topic, n })
const assemblyscript = (name, topic, n) => ({ name, language: 'assemblyscript', topic, n })

/** @type {Kernel[]} */
export const KERNELS = [
  c('matmul-f64', 'f64', 22),
  c('nbody', 'f64', 470),
  c('mandelbrot', 'f64', 5),
  c('lu', 'f64', 30),
  c('fft', 'f64', 170),
  c('stencil', 'f64', 170),
  assemblyscript('spectral-norm', 'f64', 136),
  c('blur-f32', 'f32', 54),
  c('rays-f32', 'f32', 110),
  c('sieve', 'i32', 40),
  c('sha256', 'i32', 90),
  c('crc32', 'i32', 180),
  c('quicksort', 'i32', 5),
  c('bits', 'i32', 108),
  c('matmul-i32', 'i32', 28),
  assemblyscript('life', 'i32', 49),
  assemblyscript('edit-distance', 'i32', 29),
  c('xxhash64', 'i64', 5600),
  c('siphash', 'i64', 310),
  c('random64', 'i64', 850),
  c('bignum', 'i64', 305),
  c('sha512', 'i64', 134),
  c('audio', 'i64', 212),
  assemblyscript('fnv64', 'i64', 565),
  c('utf8', 'bytes', 36),
  c('json', 'bytes', 60),
  assemblyscript('lz', 'bytes', 41),
  c('lists', 'pointers', 2),
  c('trees', 'pointers', 4),
  c('hashmap', 'pointers', 73),
  assemblyscript('heap', 'pointers', 44),
  c('indirect', 'calls', 121),
  c('vm', 'switch', 94),
  c('thousand-cases', 'switch', 480),
  assemblyscript('fibonacci', 'recursion', 160),
  c('ackermann', 'recursion', 38),
  assemblyscript('growth', 'memory', 4400),
  c('copies', 'memory', 650),
]

/** What takes longer on an interpreter than a minute would tell no more than this part of it. */
export const interpreterWork = ({ n }) => Math.max(1, Math.round(n / 40))

/** The kernels that can be built here; says what is left out, and why. */
export function available(kernels) {
  const missing = ['clang', 'wasm-ld'].filter((command) => !runs(command))
  if (missing.length === 0) return kernels
  console.error(`no ${missing.join(' and ')} here: the kernels in C are left out (Debian: apt-get install clang lld)`)
  return kernels.filter(({ language }) => language !== 'c')
}

function runs(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Compiles a kernel unless that has been done since its source changed. @returns {Buffer} the module */
export function buildKernel(kernel) {
  const source = sourceOf(kernel)
  const wasm = cacheFile(`kernels/${kernel.name}.wasm`)
  const sources = [source, fileURLToPath(new URL('./kernels/c/kernel.h', import.meta.url))]
  const built = existsSync(wasm) && sources.every((file) => statSync(file).mtimeMs < statSync(wasm).mtimeMs)
  if (!built) COMPILERS[kernel.language](source, wasm)
  return readFileSync(wasm)
}

function sourceOf({ name, language }) {
  const generated = { 'thousand-cases': thousandCases }[name]
  if (!generated)
    return fileURLToPath(new URL(`./kernels/${language}/${name}.${EXTENSIONS[language]}`, import.meta.url))
  const path = cacheFile(`kernels/${name}.c`)
  if (!existsSync(path) || readFileSync(path, 'utf8') !== generated()) writeCache(`kernels/${name}.c`, generated())
  return path
}

const EXTENSIONS = { c: 'c', assemblyscript: 'as' }

const COMPILERS = {
  c(source, wasm) {
    const include = fileURLToPath(new URL('./kernels/c', import.meta.url))
    const link = ['--no-entry', '--export=run', '-z,stack-size=65536'].map((option) => `-Wl,${option}`)
    const features = source.endsWith('copies.c') ? ['-mbulk-memory'] : []
    const options = ['--target=wasm32', '-nostdlib', '-O2', '-I', include, ...features, ...link]
    execFileSync('clang', [...options, '-o', wasm, source], { stdio: 'inherit' })
  },
  assemblyscript(source, wasm) {
    const copy = wasm.replace(/wasm$/, 'ts') // the compiler takes no other extension
    copyFileSync(source, copy)
    const asc = fileURLToPath(new URL('./node_modules/assemblyscript/bin/asc.js', import.meta.url))
    const options = ['-O3', '--runtime', 'stub', '--use', 'abort=', '--outFile', wasm]
    execFileSync(process.execPath, [asc, basename(copy), ...options], { cwd: dirname(copy), stdio: 'inherit' })
  },
}
