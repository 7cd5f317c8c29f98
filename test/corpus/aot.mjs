// Programs on ahead-of-time output: their modules are compiled to files first, which register themselves where they are loaded,
// and the loader gets the WebAssembly object of nowasm/aot.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cacheFile } from './cache.mjs'

const require = createRequire(import.meta.url)

/** Compiles saved modules (by the hex SHA-256 of their bytes) to CommonJS files of the cache folder. */
export async function precompile(hashes) {
  const { compile } = await import('../../dist/index.js')
  for (const hash of hashes) {
    const { code } = compile(readFileSync(cacheFile(`${hash}.wasm`)), { format: 'cjs', register: true })
    writeFileSync(cacheFile(`${hash}.cjs`), code)
  }
}

/** A WebAssembly object for loaders whose modules have been precompiled. */
export async function precompiled(hashes) {
  const { WebAssembly } = await import('../../dist/aot.js')
  for (const hash of hashes) require(cacheFile(`${hash}.cjs`))
  return WebAssembly
}
