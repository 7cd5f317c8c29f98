// `dist/nowasm-aot.min.js`: the same without the compiler, which needs no `eval`. Its global variable `nowasm` has what `nowasm/aot`
// exports, and globalThis.WebAssembly is that one from now on (`nowasm/aot/install`).

import './install.ts'

export { register, WebAssembly } from '../aot.ts'
