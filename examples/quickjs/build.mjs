// Compiles mandelbrot.wat to dist/mandelbrot.js: node examples/quickjs/build.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'nowasm'
import wabt from 'wabt'

const text = readFileSync(new URL('./mandelbrot.wat', import.meta.url), 'utf8')
const { parseWat } = await wabt()
const { buffer } = parseWat('mandelbrot.wat', text).toBinary({})
mkdirSync(new URL('./dist/', import.meta.url), { recursive: true })
writeFileSync(
  new URL('./dist/mandelbrot.js', import.meta.url),
  compile(buffer, { engine: 'interpreter', target: 'es2020', format: 'esm' }).code,
)
