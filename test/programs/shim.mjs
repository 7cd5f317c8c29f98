// Replaces globalThis.WebAssembly, compiling as the variable NOWASM_OPTIONS says (JSON, what createWebAssembly takes).
import { createWebAssembly } from '../../dist/src/webassembly.js'
import { warmUp } from '../corpus/warm-up.mjs'

await warmUp()
const value = createWebAssembly(JSON.parse(process.env.NOWASM_OPTIONS ?? '{}'))
Object.defineProperty(globalThis, 'WebAssembly', { value, writable: true, configurable: true })
