// Compiles life.wat to one classic script, in the syntax of 2009: node examples/browser/build.mjs, then open index.html
// (from the disk will do: a classic script needs no server).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const text = readFileSync(new URL('./life.wat', import.meta.url), 'utf8')
const { parseWat } = await wabt()
const { buffer } = parseWat('life.wat', text).toBinary({})
const { code } = compile(buffer, { format: 'iife', name: 'life', target: 'es5' })
mkdirSync(new URL('./dist/', import.meta.url), { recursive: true })
writeFileSync(new URL('./dist/life.js', import.meta.url), code)
