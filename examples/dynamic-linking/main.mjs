// Links modules while the program runs: node --jitless examples/dynamic-linking/main.mjs, after build.mjs
import { readFileSync } from 'node:fs'
import { WebAssembly } from 'nowasm/aot/interpreter'
import { assemble } from './formula.mjs'
import './dist/main.wasm.mjs'
import './dist/side.wasm.mjs'

const COUNT = 1000
const wasm = (name) => readFileSync(new URL(`./dist/${name}.wasm`, import.meta.url))
const load = (bytes, imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports

const main = load(wasm('main'), {})
const { memory, table, fill, apply, sum } = main

/** Where the library's data begin, behind the numbers, and its two slots of the table. */
const place = { __memory_base: 8 * COUNT, __table_base: 1 }
const side = load(wasm('side'), { env: { memory, table, ...place }, main })

fill(COUNT)
console.log('sum of 0 to 999:', sum(COUNT))
apply(place.__table_base, COUNT)
console.log('of their squares:', sum(COUNT))
apply(place.__table_base + 1, COUNT)
console.log('and 2.5 times those, in the mean:', side.mean(COUNT))

const formulas = process.argv.length > 2 ? process.argv.slice(2) : ['x 1 + 2 / floor', 'x sqrt x *']
let slot = 3
for (const formula of formulas) {
  load(assemble(formula), { env: { table, __table_base: slot } })
  fill(COUNT)
  apply(slot, COUNT)
  console.log(`sum of ${formula}:`, sum(COUNT))
  slot++
}
console.log('a function of the library, from the table:', table.get(1)(12))

try {
  apply(7, COUNT)
} catch (error) {
  console.log(`an empty slot: ${error.name}: ${error.message}`)
}
