// The size of a module as Wasm and as minified JavaScript, each compressed.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { output } from './outputs.mjs'

/** @returns {Promise<{ wasm: number, nowasm: number, wasm2js?: number }>} bytes, minified (JavaScript) and gzipped */
export async function moduleSizes(name, bytes, withWasm2js = true) {
  const sizes = { wasm: gzipSync(bytes, { level: 9 }).length }
  for (const kind of withWasm2js ? ['nowasm', 'wasm2js'] : ['nowasm']) {
    const { file } = await output(kind, name, bytes)
    if (file) sizes[kind] = await minifiedSize(readFileSync(file, 'utf8'))
  }
  return sizes
}

async function minifiedSize(source) {
  const { code } = await transform(source, { minify: true, format: 'esm', target: 'es2022' })
  return gzipSync(code, { level: 9 }).length
}
