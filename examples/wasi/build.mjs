// Compiles notes.wat to dist/notes.mjs: node examples/wasi/build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const text = readFileSync(new URL('./notes.wat', import.meta.url), 'utf8')
const { parseWat } = await wabt()
const { buffer } = parseWat('notes.wat', text).toBinary({})
mkdirSync(new URL('./dist/', import.meta.url), { recursive: true })
writeFileSync(new URL('./dist/notes.mjs', import.meta.url), compile(buffer).code)
