// Replaces globalThis.WebAssembly, compiling as the variable NOWASM_OPTIONS says (JSON, what createWebAssembly takes).
import { createWebAssembly } from '../../dist/webassembly.js'
import { warmUp } from '../corpus/warm-up.mjs'

await warmUp()
const { Memory } = globalThis.WebAssembly
const value = createWebAssembly(JSON.parse(process.env.NOWASM_OPTIONS ?? '{}'))
// Shared memories are the engine's own, which modules import like others: node:wasi takes no others.
const isMemory = (object) => object instanceof Memory || object instanceof compiled
const compiled = value.Memory
value.Memory = new Proxy(compiled, {
  get: (target, key) => (key === Symbol.hasInstance ? isMemory : target[key]),
  construct: (target, args, made) => (args[0]?.shared ? new Memory(...args) : Reflect.construct(target, args, made)),
})
Object.defineProperty(globalThis, 'WebAssembly', { value, writable: true, configurable: true })
