// npm run demo: compiles a real module ahead of time and shows its result beside the native engine's.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { compile } from 'nowasm'
import { readMap, wasm } from './mappings.mjs'

const file = new URL('./dist/mappings.mjs', import.meta.url)
const ms = (time) => `${time.toFixed(1)} ms`
const kB = (bytes) => `${(bytes.length / 1000).toFixed(1)} kB (${(gzipSync(bytes).length / 1000).toFixed(1)} kB gzip)`

const start = performance.now()
const { code } = compile(wasm)
const time = performance.now() - start
mkdirSync(new URL('.', file), { recursive: true })
writeFileSync(file, code)
console.log(`mappings.wasm from the package source-map: ${kB(wasm)}`)
console.log(`compiled in ${ms(time)} to examples/demo/dist/mappings.mjs: ${kB(Buffer.from(code))}\n`)

const module = new WebAssembly.Module(wasm)
const native = readMap((imports) => new WebAssembly.Instance(module, imports))
const { instantiate } = await import(file)
const compiled = readMap(instantiate)
const bare = JSON.parse(
  execFileSync(process.execPath, ['--jitless', fileURLToPath(new URL('./bare.mjs', import.meta.url))]),
)

const runs = {
  'native WebAssembly': native,
  'JavaScript': compiled,
  'JavaScript, node --jitless, no WebAssembly': bare,
}
for (const [name, { answer, first, last }] of Object.entries(runs)) {
  console.log(`${name}: first round ${ms(first)}, last ${ms(last)}`)
  for (const line of answer) console.log(`  ${line}`)
}

const same = [compiled, bare].every(({ answer }) => answer.join() === native.answer.join())
console.log(same ? '\nThe results are the same.' : '\nThe results differ!')
process.exitCode = same ? 0 : 1
