// A module of our own from Scheme, behind Hoot's loader: GC, tail calls, and continuations that are entered again.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cacheFile } from '../cache.mjs'
import { lackingCommand, lackingFeature } from '../needs.mjs'

const text = fileURLToPath(new URL('../sources/mixed.scm', import.meta.url))
const wasm = cacheFile('hoot/mixed.wasm')

export const lacking = () => lackingFeature('GC') ?? lackingCommand('hoot', 'Debian: guile-hoot')

/** Compiles the program, and asks the compiler for its loader, which comes in three files. */
export function prepare() {
  if (existsSync(wasm) && statSync(wasm).mtimeMs > statSync(text).mtimeMs) return
  mkdirSync(cacheFile('hoot'), { recursive: true })
  writeFileSync(cacheFile('hoot/package.json'), '{}') // the loader is CommonJS
  copyFileSync(text, cacheFile('hoot/mixed.scm'))
  const options = ['compile', '--bundle', '-o', 'mixed.wasm', 'mixed.scm']
  execFileSync('hoot', options, { cwd: cacheFile('hoot'), stdio: 'inherit' })
}

export async function run() {
  const lines = []
  const { write } = process.stdout
  console.log = (...words) => lines.push(words.join(' '))
  process.stdout.write = (text) => lines.push(String(text)) > 0
  const { Scheme, repr } = createRequire(import.meta.url)(cacheFile('hoot/reflect.js'))
  const values = await Scheme.load_main(wasm, { reflect_wasm_dir: cacheFile('hoot') })
  process.stdout.write = write
  return [lines.join(''), values.map(repr)]
}
