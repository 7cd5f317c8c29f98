// Compiles token.wat to dist/token.mjs: node examples/stylus/build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const text = readFileSync(new URL('./token.wat', import.meta.url), 'utf8')
const { parseWat } = await wabt()
const { buffer } = parseWat('token.wat', text).toBinary({})
mkdirSync(new URL('./dist/', import.meta.url), { recursive: true })
writeFileSync(new URL('./dist/token.mjs', import.meta.url), compile(buffer, { engine: 'interpreter' }).code)
