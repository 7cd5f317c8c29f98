// `import 'nowasm/polyfill'`: globalThis.WebAssembly is ours from now on, if the engine has none.

import { WebAssembly } from './webassembly.ts'

if (typeof (globalThis as { WebAssembly?: unknown }).WebAssembly !== 'object')
  Object.defineProperty(globalThis, 'WebAssembly', { value: WebAssembly, writable: true, configurable: true })
