// Replaces globalThis.WebAssembly, compiling as the variable NOWASM_OPTIONS says (JSON, what createWebAssembly takes).
import { createWebAssembly } from '../../dist/webassembly.js'
import { replaceWebAssembly } from './replacement.mjs'

await replaceWebAssembly(createWebAssembly(JSON.parse(process.env.NOWASM_OPTIONS ?? '{}')))
