// npm run corpus -- [--engine ENGINE]... [--large] [PROGRAM]...
// Runs every program natively and on the engines asked for (nowasm, and precompiled output for some programs), and
// compares what they put out, byte for byte. Ends with 1 when anything differs or fails. Some programs run if they are named, or
// with --more, which npm run corpus gives, and --large (the packages are large); what this Node's own engine cannot run, or what
// cannot be built here, does not.
import { parseArgs } from 'node:util'
import { engines } from './engines.mjs'
import { install } from './install.mjs'
import { allPrograms, importProgram, programs } from './programs.mjs'
import { runProgram } from './run.mjs'
import { HEADINGS, row, table } from './table.mjs'

/** Programs whose loaders also run from ahead-of-time output, unless engines are named. */
const AHEAD_OF_TIME = ['es-module-lexer', 'source-map', 'sql.js', 'xxhash-wasm', 'hash-wasm', 'llhttp', 'esbuild-wasm']

const { values, positionals } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true },
    more: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const unknown = [
  ...positionals.filter((name) => !allPrograms.includes(name)),
  ...(values.engine ?? []).filter((name) => !engines[name]),
]
if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(', ')}\nprograms: ${allPrograms.join(', ')}\nengines: ${Object.keys(engines).join(', ')}`,
  )
  process.exit(2)
}

const sets = ['usual', ...(values.more ? ['more'] : []), ...(values.large ? ['large'] : [])]
const chosen = positionals.length > 0 ? positionals : sets.flatMap((set) => programs[set])
install(chosen)
const rows = []
const notRun = []
for (const name of chosen) {
  const { lacking } = await importProgram(name)
  const reason = lacking?.()
  if (reason === undefined) rows.push(...(await compare(name)))
  else notRun.push(`${name}: not run, ${reason}`)
}
console.log(
  table(
    HEADINGS,
    rows.map(({ cells }) => cells),
  ),
)
if (notRun.length > 0) console.log(`\n${notRun.join('\n')}`)
const failed = rows.filter(({ problem }) => problem)
for (const { name, engine, problem } of failed) console.log(`\n${name} on ${engine}: ${problem}`)
console.log(`\n${rows.length - failed.length} of ${rows.length} runs give what the native engine gives`)
process.exit(failed.length > 0 ? 1 : 0)

/** Runs one program natively and on each engine; a row for each engine. */
async function compare(name) {
  const native = await runProgram(name, 'native')
  const wanted = values.engine ?? ['nowasm', ...(AHEAD_OF_TIME.includes(name) ? ['aot'] : [])]
  const results = []
  for (const engine of wanted) {
    process.stderr.write(`${name} on ${engine} ...\n`)
    const outcome = await runProgram(name, engine).catch((error) => ({ error }))
    const problem = await difference(name, native, outcome)
    results.push({ name, engine, problem, cells: row(name, engine, native, outcome, problem) })
  }
  return results
}

/** What tells `outcome` from the native one, or undefined. */
async function difference(name, native, outcome) {
  if (outcome.error) return outcome.error.message
  const { varies } = await importProgram(name)
  if (outcome.output !== native.output) return firstDifference(native.output, outcome.output)
  // What a loader compiles at the same time is ready in any order.
  const memories = (text) => JSON.parse(text).map(JSON.stringify).sort().join()
  if (!varies?.memories && memories(outcome.memories) !== memories(native.memories)) {
    return `memories, in pages: native ${native.memories}, here ${outcome.memories}`
  }
  // A loader may catch an error and go on with a fallback in JavaScript: the modules must have been the same.
  const hashes = ({ modules }) =>
    modules
      .map(({ sha256 }) => sha256)
      .sort()
      .join()
  if (!varies?.modules && hashes(native) !== hashes(outcome)) return 'the program did not compile the same modules'
}

function firstDifference(expected, actual) {
  let at = 0
  while (expected[at] === actual[at]) at++
  const around = (text) => text.slice(Math.max(0, at - 60), at + 60)
  return `output differs at character ${at}:\n  native: ${around(expected)}\n  here:   ${around(actual)}`
}
