// How another WebAssembly takes the place of Node's own.
import { warmUp } from '../corpus/warm-up.mjs'

/**
 * Replaces globalThis.WebAssembly; what Node itself needs of its own has started before.
 * @param {object | undefined} value undefined takes it away
 */
export async function replaceWebAssembly(value) {
  await warmUp()
  const native = globalThis.WebAssembly
  Object.defineProperty(globalThis, 'WebAssembly', {
    value: value && native ? withNativeShared(value, native.Memory) : value,
    writable: true,
    configurable: true,
  })
}

/** Shared memories are the engine's own, which modules import like others: node:wasi takes no others. */
export function withNativeShared(value, Memory) {
  const compiled = value.Memory
  if (compiled === undefined || compiled === Memory) return value
  const isMemory = (object) => object instanceof Memory || object instanceof compiled
  value.Memory = new Proxy(compiled, {
    get: (target, key) => (key === Symbol.hasInstance ? isMemory : target[key]),
    construct: (target, args, made) => (args[0]?.shared ? new Memory(...args) : Reflect.construct(target, args, made)),
  })
  return value
}
