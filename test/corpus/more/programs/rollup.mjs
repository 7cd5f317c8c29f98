// Rollup's parser, SWC's in Rust behind wasm-bindgen: texts of packages become trees, and mistakes errors. The rest bundles them.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { digest } from '../../inputs.mjs'

export async function run() {
  const require = createRequire(import.meta.url)
  const { parseAst } = await import('@rollup/wasm-node/parseAst')
  const plain = (_, value) => (typeof value === 'bigint' ? `${value}n` : value)
  const treeOf = (text, options) => digest(JSON.stringify(parseAst(text, options), plain))
  const { rollup } = await import('@rollup/wasm-node')
  const folder = join(dirname(require.resolve('@rollup/wasm-node')), '../dist/shared')
  const results = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()) {
    results.push([file, treeOf(readFileSync(join(folder, file), 'utf8'))])
  }
  for (const [text, options] of TEXTS) {
    try {
      results.push(treeOf(text, options))
    } catch (error) {
      results.push([error.code, error.message, error.pos])
    }
  }
  const modules = {
    main: 'import { a, b as c } from "other"; export default a + c',
    other: 'export const a = 1, b = 2, unused = 3',
  }
  const bundle = await rollup({ input: 'main', plugins: [{ resolveId: (id) => id, load: (id) => modules[id] }] })
  const { output } = await bundle.generate({ format: 'cjs', entryFileNames: '[name]-[hash].js', sourcemap: true })
  return [results, output[0].fileName, output[0].code, output[0].map.mappings]
}

const TEXTS = [
  ['const x = <a b="c">{d}</a>', { jsx: true }],
  ['a ?? b || c'],
  ['let x = 1; let x = 2'],
  ['async function* f() { for await (const [a, { b = 1, ...c }] of (d?.e)`t` + 1n) yield* a ** -b }'],
  ['class A extends (B, C) { static #p = 1; static { this.#p ||= /[a]\\/(?<n>x)/dv } get [k]() {} accessor = 3 }'],
  ['"\\ud83d\\ude00 \\u{1F600}"; var \\u0061b = 0x1F_FF, ʼ = 0'],
  ['return 1', { allowReturnOutsideFunction: true }],
  ['return 1'],
  ['import x from "y" with { type: "json" }; export * as "a b" from "z"; /* @__PURE__ */ x()'],
  ['('.repeat(200)],
]
