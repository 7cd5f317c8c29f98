// esbuild, a Go program of 14 MB, in process: transforms TypeScript and JSX, bundles, and reports errors.
import { createRequire } from 'node:module'
import { digest, packageFile } from '../inputs.mjs'

const require = createRequire(import.meta.url)

/** How far the memory grows depends on when Go's collector finds time to run. */
export const varies = { memories: true }

const SOURCE = `enum Colour { Red = 'r', Green = 1 << 3, Blue }
interface Shape<T extends number = 4> { readonly sides: T; area?(): number }
export abstract class Square implements Shape<4> {
  static #count = 0n
  declare ignored: string
  constructor(public readonly size: number, private name?: string) { Square.#count++ }
  get sides() { return 4 as const }
  async *points() { for await (const p of [[0, 0], [this.size ?? 1, 1]]) yield p satisfies number[] }
}
const view = <T,>(s: T) => <section {...s} key="a">{Colour.Blue} <b>text</b></section>
export default view!`

export async function run(WebAssembly) {
  globalThis.self = globalThis // the package's file for browsers, which runs the Go program in process
  const esbuild = require('esbuild-wasm/lib/browser.js')
  const wasmModule = await WebAssembly.compile(packageFile('esbuild-wasm/esbuild.wasm'))
  await esbuild.initialize({ wasmModule, worker: false })
  const modern = await esbuild.transform(SOURCE, { loader: 'tsx' })
  const old = await esbuild.transform(SOURCE, { loader: 'tsx', minify: true, target: 'es2016', sourcemap: true })
  const large = packageFile('web-tree-sitter/web-tree-sitter.js').toString()
  const bundled = await esbuild.transform(large, { minify: true, format: 'cjs', target: 'es2018' })
  const error = await esbuild
    .transform('let a: = 1', { loader: 'ts', logLevel: 'silent' })
    .catch(({ errors }) => errors)
  return { modern: modern.code, old, bundled: [bundled.code.length, digest(bundled.code)], error }
}
