// Compiles the SQLite of sql.js to dist/sqlite.mjs, and writes its stub: node build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compile } from 'nowasm'

const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm-browser.wasm'))
const { code, files } = compile(wasm, { target: 'es2020', register: true, stub: true, name: 'sqlite' })
const dist = new URL('./dist/', import.meta.url)
mkdirSync(dist, { recursive: true })
writeFileSync(new URL('sqlite.mjs', dist), code)
for (const [name, bytes] of files) writeFileSync(new URL(name, dist), bytes)
