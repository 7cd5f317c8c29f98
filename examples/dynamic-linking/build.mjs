// Compiles both modules to dist, to be found there by their bytes: node examples/dynamic-linking/build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const { parseWat } = await wabt()
const dist = new URL('./dist/', import.meta.url)
mkdirSync(dist, { recursive: true })
for (const name of ['main', 'side']) {
  const text = readFileSync(new URL(`./${name}.wat`, import.meta.url), 'utf8')
  const { buffer } = parseWat(`${name}.wat`, text).toBinary({})
  writeFileSync(new URL(`${name}.wasm`, dist), buffer)
  writeFileSync(new URL(`${name}.wasm.mjs`, dist), compile(buffer, { engine: 'interpreter', register: true }).code)
}
