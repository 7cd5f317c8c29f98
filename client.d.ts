// What imports of `.wasm` files are with `nowasm/plugin`, for TypeScript:
//
//   /// <reference types="nowasm/client" />
//
// `import * as x from './x.wasm'` has the types of a declaration beside the file, `x.d.wasm.ts` or `x.wasm.d.ts`, which
// generators write, or `nowasm x.wasm --format esm-integration --dts`.

declare module '*.wasm' {
  /** Instantiates the module, or without imports compiles it. */
  function load(imports: WebAssembly.Imports): Promise<WebAssembly.WebAssemblyInstantiatedSource>
  function load(): Promise<WebAssembly.Module>
  export default load
}

declare module '*.wasm?init' {
  const init: (imports?: WebAssembly.Imports) => Promise<WebAssembly.Instance>
  export default init
}

declare module '*.wasm?module' {
  const module: WebAssembly.Module
  export default module
}

declare module '*.wasm?url' {
  const url: string
  export default url
}
