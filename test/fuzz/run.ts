// Runs a generated module and records everything that can be seen of it.

import type { NumName } from '../binary/code.ts'
import { EDGES } from '../binary/edges.ts'
import { call, type Result } from '../ops/compare.ts'
import type { Api } from '../spec/engine.ts'
import { type Generated, MEMORY, TABLE } from './generate.ts'
import { Random } from './random.ts'

/** Loop rounds and calls that one call of an export may make. */
const FUEL = 300

/** What one call left behind. */
export interface Step {
  readonly name: string
  readonly args: readonly bigint[]
  readonly outcome: Result
  /** Calls of host functions, in order, with their arguments. */
  readonly log: readonly string[]
  readonly globals: readonly Result[]
  /** Names of the functions in the table, null where there is none. */
  readonly table: readonly (string | null)[]
  readonly pages: number
  readonly fuel: number
  readonly memory: Uint8Array
}

/** The JS API leaves the bits of a NaN open. */
const settled = (x: number): number => (Number.isNaN(x) ? 0 : x)

/** `memory` gives the module's memory. */
function host(api: Api, log: string[], memory: () => WebAssembly.Memory): Record<string, unknown> {
  const note = (name: string, ...args: unknown[]): void => void log.push(`${name} ${args.map(String).join(' ')}`)
  return {
    note: (x: number) => note('note', x),
    mix: (x: bigint, y: number) => {
      note('mix', x, y)
      return x * 3n + BigInt(y)
    },
    half: (x: number) => {
      note('half', x)
      return settled(x / 2)
    },
    grow: () => {
      const bytes = memory().buffer.byteLength
      if (bytes < 3 * 65536) memory().grow(1)
      note('grow', bytes)
      return bytes >> 8
    },
    pair: (x: number, y: number) => {
      note('pair', x, y)
      return [y + 1, settled(x * 0.5)]
    },
    memory: new api.Memory({ initial: MEMORY.min, maximum: MEMORY.max as number }),
    table: new api.Table({ element: 'anyfunc', initial: TABLE.min, maximum: TABLE.max as number }),
    global: new api.Global({ value: 'i64', mutable: true }, 77n),
  }
}

function tableNames(table: WebAssembly.Table): (string | null)[] {
  return Array.from({ length: table.length }, (_, i) => (table.get(i) as { name: string } | null)?.name ?? null)
}

/** Compiles, instantiates and calls every export `rounds` times, with arguments that `seed` chooses. */
export function* steps(api: Api, generated: Generated, seed: number, rounds: number): Generator<Step> {
  const random = new Random(seed)
  const log: string[] = []
  const memory = (): WebAssembly.Memory => exports['memory'] as WebAssembly.Memory
  const imports = { host: host(api, log, memory) as WebAssembly.ModuleImports }
  const { exports } = new api.Instance(new api.Module(generated.bytes), imports)
  const fuel = exports['fuel'] as WebAssembly.Global
  const read = (type: NumName, i: number): Result => call(api, exports[`g${i}`], [], [type], [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, { params, results }] of generated.functions.entries()) {
      const args = params.map((type) => random.pick(EDGES[type]))
      fuel.value = FUEL
      const outcome = call(api, exports[`f${i}`], params, results, args)
      const bytes = new Uint8Array(memory().buffer)
      yield {
        name: `f${i}`,
        args,
        outcome,
        log: log.splice(0),
        globals: generated.globals.map(read),
        fuel: fuel.value,
        table: tableNames(exports['table'] as WebAssembly.Table),
        pages: bytes.length / 65536,
        memory: bytes,
      }
    }
  }
}
