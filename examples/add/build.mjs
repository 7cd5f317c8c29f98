// Compiles add.wat to dist/add.js: node examples/add/build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const text = readFileSync(new URL('./add.wat', import.meta.url), 'utf8')
const { parseWat } = await wabt()
const { buffer } = parseWat('add.wat', text).toBinary({})
mkdirSync(new URL('./dist/', import.meta.url), { recursive: true })
writeFileSync(new URL('./dist/add.js', import.meta.url), compile(buffer, { format: 'iife', name: 'add' }).code)
