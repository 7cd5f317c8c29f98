// npm run worst: what the shapes of modules that are hard on the compiler cost, the most expensive last.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Options } from '../../src/options.ts'
import type { Cost } from './cost.ts'
import { SHAPES } from './shapes/index.ts'

const USAGE = `npm run worst -- --bytes 50000,100000,200000
  --only REGEXP       these shapes
  --bytes N,...       sizes of the modules (default: 200000)
  --options JSON;...  options of the compiler
  --everywhere        each level, engine and way to hold i64 (in place of --options)
  --node PATH         the Node to run
  --seconds N         after which a compilation is ended (default: 60)
  --top N             how many rows the list of the most expensive has (default: 10)`

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    bytes: { type: 'string', default: '200000' },
    options: { type: 'string', default: '{}' },
    everywhere: { type: 'boolean', default: false },
    node: { type: 'string', default: process.execPath },
    seconds: { type: 'string', default: '60' },
    top: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
})

const EVERYWHERE: readonly Partial<Options>[] = [
  {},
  { optimize: 0 },
  { optimize: 1 },
  { optimize: 3 },
  { engine: 'interpreter' },
  { i64: 'bigint' },
  { i64: 'both' },
  { target: 'es5', format: 'iife' },
]

/** As JSON. */
const options = values.everywhere ? EVERYWHERE.map((each) => JSON.stringify(each)) : values.options.split(';')

interface Row {
  readonly shape: string
  readonly options: string
  readonly cost: Cost
}

/** What it costs in a process of its own; one that dies costs most. */
const measure = (shape: string, bytes: number, options: string): Promise<Cost> =>
  new Promise((resolve) => {
    const args = [join(import.meta.dirname, 'measure.js'), shape, String(bytes), options]
    execFile(values.node, args, { timeout: Number(values.seconds) * 1000 }, (failure, stdout, stderr) => {
      if (failure === null) return resolve(JSON.parse(stdout))
      const error = failure.killed ? 'took too long' : (/\w*Error: .*|out of memory/.exec(stderr)?.[0] ?? 'died')
      resolve({ input: bytes, output: 0, seconds: Infinity, megabytes: Infinity, error })
    })
  })

const number = (value: number, digits: number, width: number): string => value.toFixed(digits).padStart(width)

const show = ({ shape, options, cost: { input, output, seconds, megabytes, error } }: Row): string =>
  [
    `${number(input / 1000, 0, 5)} kB ${number(seconds, 2, 6)} s ${number(megabytes, 0, 5)} MB`,
    `${number(output / input, 1, 7)} x  ${shape} ${options === '{}' ? '' : options} ${error}`,
  ].join(' ')

async function run(): Promise<void> {
  const rows: Row[] = []
  const shapes = Object.keys(SHAPES).filter((shape) => new RegExp(values.only).test(shape))
  for (const shape of shapes) {
    for (const each of options) {
      for (const bytes of values.bytes.split(',').map(Number)) {
        const row = { shape, options: each, cost: await measure(shape, bytes, each) }
        rows.push(row)
        console.log(show(row))
      }
    }
  }
  rows.sort((a, b) => a.cost.seconds / a.cost.input - b.cost.seconds / b.cost.input)
  console.log(`\nmost seconds for their size:\n${rows.slice(-Number(values.top)).map(show).join('\n')}`)
}

if (values.help) console.log(USAGE)
else await run()
