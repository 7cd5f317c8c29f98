// Node has Wasm modules of its own, which it starts when they are first needed: a scanner of export names when ESM
// imports a CommonJS file, and an HTTP parser when a script asks for fetch or Response. Both are started here, while
// WebAssembly is still Node's own, so that they neither count as part of a program nor meet another engine.
import './empty.cjs'
import { setTimeout as delay } from 'node:timers/promises'

/** Resolves when Node's own modules are instantiated, or after a while if none is compiled: not every version starts them this way. */
export async function warmUp() {
  const { WebAssembly } = globalThis
  if (!WebAssembly) return
  const { compile, instantiate } = WebAssembly
  let isCompiling = false
  WebAssembly.compile = (...args) => {
    isCompiling = true
    return compile(...args)
  }
  const started = new Promise((resolve) => {
    WebAssembly.instantiate = (...args) => {
      const result = instantiate(...args)
      result.then(resolve, resolve)
      return result
    }
  })
  Reflect.get(globalThis, 'Response')
  await Promise.race([started, delay(200)])
  if (isCompiling) await started
  Object.assign(WebAssembly, { compile, instantiate })
}
