// How a file gets into the output of each bundler, and what its address there is.

import { pathLiteral } from './paths.ts'
import { ASSET } from './requests.ts'

export type Framework = 'vite' | 'rollup' | 'rolldown' | 'webpack' | 'rspack' | 'esbuild' | 'esbuild script'

/** Statements that declare `wasm_url`, the absolute address of a file, which is written as an asset. */
export function wasmUrl(framework: Framework, file: string): string {
  switch (framework) {
    case 'vite':
      // Not inlined as an address with `data:`, which policies seldom let pages fetch.
      return `import wasm_path from ${pathLiteral(`${file}?url&no-inline`)};\n${absolute('import.meta.url')}`
    case 'rollup':
    case 'rolldown':
      return `import wasm_url from ${pathLiteral(`${file}${ASSET}`)};`
    case 'webpack':
    case 'rspack':
      // Without a query, which would be in the address of the asset.
      return `const wasm_url = new URL(${pathLiteral(file)}, import.meta.url).href;`
    case 'esbuild':
      return `import wasm_path from ${pathLiteral(`${file}${ASSET}`)};\n${absolute('import.meta.url')}`
    case 'esbuild script':
      // Where there are no ES modules, `import.meta` is empty.
      return `import wasm_path from ${pathLiteral(`${file}${ASSET}`)};\n${absolute('typeof document === "object" ? document.baseURI : location.href')}`
    default:
      return framework satisfies never
  }
}

const absolute = (base: string): string => `const wasm_url = new URL(wasm_path, ${base}).href;`
