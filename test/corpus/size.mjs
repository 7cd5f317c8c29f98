// node test/corpus/size.mjs PROGRAM: the size of a program's modules as JavaScript, as written and compressed.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { cacheFile } from './cache.mjs'
import { install } from './install.mjs'
import { runProgram } from './run.mjs'
import { table } from './table.mjs'

const [name] = process.argv.slice(2)
if (!name) {
  console.error('usage: node test/corpus/size.mjs PROGRAM')
  process.exit(2)
}
install()
const { compile } = await import('../../dist/index.js')
const { modules } = await runProgram(name, 'native', { saveModules: true })
const rows = [...new Set(modules.map(({ sha256 }) => sha256))].map((hash) => {
  const wasm = readFileSync(cacheFile(`${hash}.wasm`))
  const code = Buffer.from(compile(wasm).code)
  const sizes = [wasm.length, gzipSync(wasm).length, code.length, gzipSync(code).length]
  return [name, hash.slice(0, 12), ...sizes.map(String), (sizes[3] / sizes[1]).toFixed(2)]
})
console.log(table(['program', 'module', 'wasm', 'wasm gzip', 'js', 'js gzip', 'gzip ratio'], rows))
