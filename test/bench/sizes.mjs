// The size of a module as Wasm and as minified JavaScript, each compressed.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/**
 * @param {Function} output of outputMaker
 * @param {{ nowasm: string, wasm2js?: string }} kinds which outputs are measured
 * @returns {Promise<{ wasm: number, nowasm?: number, wasm2js?: number }>} bytes, minified (JavaScript) and gzipped
 */
export async function moduleSizes(output, name, bytes, kinds = { nowasm: 'nowasm', wasm2js: 'wasm2js' }) {
  const sizes = { wasm: gzipSync(bytes, { level: 9 }).length }
  for (const [key, kind] of Object.entries(kinds)) {
    const { file } = await output(kind, name, bytes)
    if (file) sizes[key] = await minifiedSize(readFileSync(file, 'utf8'))
  }
  return sizes
}

async function minifiedSize(source) {
  const { transform } = await import('esbuild')
  const { code } = await transform(source, { minify: true, target: 'es2022' })
  return gzipSync(code, { level: 9 }).length
}
