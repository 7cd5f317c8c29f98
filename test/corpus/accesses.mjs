// node test/corpus/accesses.mjs [PROGRAM]...        on V8 14 or later
// Runs programs with --print-opt-code and looks for memory accesses that the last compiler of V8 made a call of a builtin, which
// costs ten times as much as the access: it could not tell that the view is one (src/6-emit/memory/merges.ts). Ends with 1 when
// there is one.
import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { install } from './install.mjs'
import { table } from './table.mjs'

const PROGRAMS = [
  ...['brotli-wasm', 'libsodium', 'lightningcss-wasm', 'lz4-wasm', 'quickjs', 'resvg', 'sql.js', 'viz', 'wasmoon'],
  ...['web-tree-sitter', 'zstd-wasm'],
]

const child = fileURLToPath(new URL('./child.mjs', import.meta.url))

/** Compiled functions have these names: `f5`, parts `f5_1`, versions `w5`, and `c5` where they are compiled lazily. */
const COMPILED = /^[a-z]\d+(?:_\d+)?$/

/** @returns how many functions of the outputs were compiled, and by name how many accesses in them are calls */
async function accesses(program) {
  const { prepare } = await import(`./programs/${program}.mjs`)
  await prepare?.()
  const process_ = fork(child, [program, 'nowasm'], { execArgv: ['--print-opt-code'], silent: true })
  process_.stderr.resume()
  const calls = new Map()
  let compiled = 0
  let name = ''
  let isLast = false
  for await (const line of createInterface({ input: process_.stdout })) {
    if (line.startsWith('name = ')) name = line.slice(7)
    else if (line.startsWith('compiler = ')) {
      isLast = line === 'compiler = turbofan' && COMPILED.test(name)
      if (isLast) compiled++
    } else if (isLast && line.includes('(DataViewPrototype')) calls.set(name, (calls.get(name) ?? 0) + 1)
  }
  return { compiled, calls }
}

if (Number(process.versions.v8.split('.')[0]) < 14) {
  console.log(`not run: this is V8 ${process.versions.v8}`)
  process.exit(0)
}
install()
const results = []
for (const program of process.argv.length > 2 ? process.argv.slice(2) : PROGRAMS) {
  results.push({ program, ...(await accesses(program)) })
}
const show = ([name, count]) => `${name} ${count}`
console.log(
  table(
    ['program', 'functions compiled', 'with calls for accesses'],
    results.map(({ program, compiled, calls }) => [program, String(compiled), [...calls].map(show).join(', ')]),
  ),
)
const isRight = results.every(({ compiled, calls }) => compiled > 0 && calls.size === 0)
process.exit(isRight ? 0 : 1)
