// `import 'nowasm/aot/install'`: globalThis.WebAssembly is the one of `nowasm/aot` from now on.

import { WebAssembly } from '../aot.ts'

Object.defineProperty(globalThis, 'WebAssembly', { value: WebAssembly, writable: true, configurable: true })
