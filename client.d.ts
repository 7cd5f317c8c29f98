// What imports of `.wasm` files are with `nowasm/plugin`, for TypeScript:
//
//   /// <reference types="nowasm/client" />
//
// `import * as x from './x.wasm'` has the types of a declaration beside the file, `x.d.wasm.ts` or `x.wasm.d.ts`, which
// generators write, or `nowasm x.wasm --format esm-integration --dts`.

declare module '*.wasm' {
  import type { InstantiatedSource, Module } from 'nowasm/webassembly'

  /** Instantiates the module, or without imports compiles it. */
  function load(imports: object): Promise<InstantiatedSource>
  function load(): Promise<Module>
  export default load
}

declare module '*.wasm?init' {
  import type { Instance } from 'nowasm/webassembly'

  const init: (imports?: object) => Promise<Instance>
  export default init
}

declare module '*.wasm?module' {
  import type { Module } from 'nowasm/webassembly'

  const module: Module
  export default module
}

declare module '*.wasm?url' {
  const url: string
  export default url
}
