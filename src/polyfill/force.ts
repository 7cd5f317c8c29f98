// `import 'nowasm/polyfill/force'`: globalThis.WebAssembly is ours from now on, whatever the engine has.

import { WebAssembly } from '../webassembly.ts'

Object.defineProperty(globalThis, 'WebAssembly', { value: WebAssembly, writable: true, configurable: true })
