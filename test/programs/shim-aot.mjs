// Replaces globalThis.WebAssembly by that of nowasm/aot or nowasm/aot/interpreter, NOWASM_ENTRY; the modules are in the files that
// NOWASM_MODULES lists (JSON).
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { replaceWebAssembly } from './replacement.mjs'

const require = createRequire(import.meta.url)

const { WebAssembly } = await import(pathToFileURL(process.env.NOWASM_ENTRY).href)
for (const file of JSON.parse(process.env.NOWASM_MODULES)) require(file)
await replaceWebAssembly(WebAssembly)
