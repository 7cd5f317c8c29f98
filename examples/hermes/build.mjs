// Compiles crc32.wat to dist/crc32.js, and bundles app.js with it to dist/bundle.js: node examples/hermes/build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from 'nowasm'
import { build } from 'rolldown'
import wabt from 'wabt'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const { parseWat } = await wabt()
const { buffer } = parseWat('crc32.wat', readFileSync(path('crc32.wat'), 'utf8')).toBinary({})
mkdirSync(path('dist'), { recursive: true })
writeFileSync(path('dist/crc32.js'), compile(buffer, { engine: 'interpreter', target: 'es5', format: 'cjs' }).code)
await build({
  input: path('app.js'),
  transform: { target: 'es2015' },
  output: { file: path('dist/bundle.js'), format: 'iife' },
  logLevel: 'warn',
})
