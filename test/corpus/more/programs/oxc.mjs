// Oxc's parser: Rust for WASI with threads, Node-API in Wasm (napi-rs, emnapi), node:wasi, and workers that share its memory.
import { createRequire } from 'node:module'
import { digest } from '../../inputs.mjs'

/** node:wasi takes the engine's own memories only. */
export const sharesNatively = true

export async function run() {
  const oxc = createRequire(import.meta.url)('@oxc-parser/binding-wasm32-wasi')
  const results = []
  for (const [name, text] of TEXTS) {
    const { program, errors, comments, module } = oxc.parseSync(name, text, { range: true })
    results.push([name, program.length, digest(program), errors, comments.length, module])
  }
  const tasks = TEXTS.map(([name, text]) => oxc.parse(name, text))
  for (const { program, errors } of await Promise.all(tasks)) results.push([digest(program), errors.length])
  try {
    oxc.parseSync(1, 2)
  } catch (error) {
    results.push([error.code, error.message])
  }
  return results
}

const MANY = Array.from(
  { length: 400 },
  (_, i) =>
    `export class C${i}<T extends object> { #p = ${i}n; async *m(a: Map<string, T[]>, ...b) { for await (const [x, { y = 1 }] of a) yield x ?? y?.[\`\${b}\`] } }`,
)

const TEXTS = [
  ['many.ts', MANY.join('\n')],
  ['view.tsx', 'const a = <A.B {...c} d="e">{/* f */}text<></></A.B>; // after'],
  ['wrong.js', 'let x = ; class { }'],
  ['unicode.js', '"\u{1f600}"; const ʼ = /\\p{L}(?<n>x)/v; // é'],
  [
    'module.mjs',
    'import a, { b as c } from "d" with { type: "json" }; export * as e from "f"; await import(a); import.meta.url',
  ],
]
