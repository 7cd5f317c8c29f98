// Compiles dist/words.wasm to dist/words.wasm.mjs, which registers it for `nowasm/aot`.
import { readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'

const wasm = readFileSync(new URL('./dist/words.wasm', import.meta.url))
const { code } = compile(wasm, { engine: 'interpreter', register: true })
writeFileSync(new URL('./dist/words.wasm.mjs', import.meta.url), code)
