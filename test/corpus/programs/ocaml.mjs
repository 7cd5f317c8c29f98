// A module of our own from OCaml, behind the loader that its compiler writes: structures and arrays of GC, exceptions and
// tail calls.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cacheFile } from '../cache.mjs'
import { lackingCommand, lackingFeature } from '../needs.mjs'

const text = fileURLToPath(new URL('../sources/mixed.ml', import.meta.url))
const script = cacheFile('ocaml/mixed.js')

export const lacking = () => lackingFeature('GC') ?? lackingCommand('wasm_of_ocaml', 'Debian: js-of-ocaml, from 6 on')

export function prepare() {
  if (existsSync(script) && statSync(script).mtimeMs > statSync(text).mtimeMs) return
  mkdirSync(cacheFile('ocaml'), { recursive: true })
  writeFileSync(cacheFile('ocaml/package.json'), '{}') // the loader is CommonJS
  copyFileSync(text, cacheFile('ocaml/mixed.ml')) // ocamlc writes beside its source
  execFileSync('ocamlc', ['-o', 'mixed.byte', 'mixed.ml'], { cwd: cacheFile('ocaml'), stdio: 'inherit' })
  const options = ['--effects=cps', 'mixed.byte', '-o', script]
  execFileSync('wasm_of_ocaml', options, { cwd: cacheFile('ocaml'), stdio: 'inherit' })
}

/** The program is a script of its own, which finds its module beside itself: it is loaded as the main one, and ends Node. */
export async function run() {
  const require = createRequire(import.meta.url)
  const fs = require('node:fs')
  const { writeSync } = fs
  const written = []
  fs.writeSync = (file, bytes, start = 0, length = bytes.length - start) => {
    if (file !== process.stdout.fd) return writeSync(file, bytes, start, length)
    written.push(Buffer.from(bytes.subarray(start, start + length)).toString())
    return length
  }
  const { exit } = process
  const ended = new Promise((done) => {
    process.exit = done
  })
  require('node:module')._load(script, null, true)
  const code = await ended
  fs.writeSync = writeSync
  process.exit = exit
  return [code, ...written.join('').split('\n')]
}
