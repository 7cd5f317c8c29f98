// `import 'nowasm/polyfill'`: globalThis.WebAssembly is ours from now on.

import { WebAssembly } from './webassembly.ts'

Object.defineProperty(globalThis, 'WebAssembly', { value: WebAssembly, writable: true, configurable: true })
