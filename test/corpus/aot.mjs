// Programs on ahead-of-time output: their modules are compiled to files first, and the loader gets a WebAssembly object
// that knows nothing but these files.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cacheFile } from './cache.mjs'
import { bytesOf } from './observe.mjs'

const require = createRequire(import.meta.url)

/** Compiles saved modules (by the hex SHA-256 of their bytes) to CommonJS files of the cache folder. */
export async function precompile(hashes) {
  const { compile } = await import('../../dist/index.js')
  for (const hash of hashes) {
    writeFileSync(cacheFile(`${hash}.cjs`), compile(readFileSync(cacheFile(`${hash}.wasm`)), { format: 'cjs' }).code)
  }
}

/** A WebAssembly object for loaders whose modules have been precompiled; `globalThis.WebAssembly` goes away. */
export function precompiled() {
  delete globalThis.WebAssembly
  class RuntimeError extends Error {}
  class Module {
    constructor(bytes) {
      const file = cacheFile(`${createHash('sha256').update(bytesOf(bytes)).digest('hex')}.cjs`)
      if (!existsSync(file)) throw new Error('this module was not compiled ahead of time')
      this.instantiate = require(file).instantiate
    }
  }
  class Instance {
    constructor(module, imports) {
      this.exports = module.instantiate(imports).exports
    }
  }
  const compile = async (bytes) => new Module(bytes)
  const instantiate = async (source, imports) => {
    if (source instanceof Module) return new Instance(source, imports)
    const module = await compile(source)
    return { module, instance: new Instance(module, imports) }
  }
  return { Module, Instance, RuntimeError, compile, instantiate }
}
