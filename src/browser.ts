// `dist/nowasm.min.js`: one classic script for pages without a bundler. Its global variable `nowasm` has what `nowasm` and
// `nowasm/webassembly` export, and where the engine has no WebAssembly there is one from now on (`nowasm/polyfill`).

import './polyfill.ts'

export * from './index.ts'
export { createWebAssembly, WebAssembly } from './webassembly.ts'
