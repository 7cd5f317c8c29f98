// Compiles undici's parser of HTTP to dist/llhttp.mjs, which registers it for `nowasm/aot`: node build.mjs
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compile } from 'nowasm'

const bytes = createRequire(import.meta.url)('undici/lib/llhttp/llhttp-wasm.js')
mkdirSync(new URL('./dist/', import.meta.url), { recursive: true })
const { code } = compile(bytes, { engine: 'interpreter', target: 'esnext', format: 'esm', register: true })
writeFileSync(new URL('./dist/llhttp.mjs', import.meta.url), code)
