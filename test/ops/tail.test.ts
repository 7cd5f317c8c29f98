// Tail calls: a million deep, without growing the stack.

import { describe, expect, test } from 'vitest'
import { constant, ELSE, END, ins, opcode, open, type ValName } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { loadEngine } from '../spec/engine.ts'
import { instantiate, MODES, modeName } from './compare.ts'

const DEPTH = 1_000_000
const get = (index: number): number[] => ins('local.get', index)

/**
 * Exports functions of (n: i32, i64, f64) -> (i64, f64) that add 1 to the i64 and 0.5 to the f64 n times: `self` calls
 * itself, `even` and `odd` each other, `table` itself through the table.
 */
function tailModule(): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const signature: { params: ValName[]; results: ValName[] } = {
    params: ['i32', 'i64', 'f64'],
    results: ['i64', 'f64'],
  }
  const table = builder.table('funcref', { min: 1 })
  const more = [
    ...[...get(0), ...constant('i32', 1n), ...opcode('i32.sub')],
    ...[...get(1), ...constant('i64', 1n), ...opcode('i64.add')],
    ...[...get(2), ...constant('f64', 0x3fe0000000000000n), ...opcode('f64.add')],
  ]
  const body = (call: number[]): number[] => [
    ...get(0),
    ...opcode('i32.eqz'),
    ...open('if', builder.type({ params: [], results: signature.results })),
    ...[...get(1), ...get(2), ELSE, ...more, ...call, END],
  ]
  const [self, even, odd, indirect] = [0, 1, 2, 3].map(() => builder.func(signature))
  builder.define(self, [], body(ins('return_call', self)))
  builder.define(even, [], body(ins('return_call', odd)))
  builder.define(odd, [], body(ins('return_call', even)))
  const through = ins('return_call_indirect', builder.type(signature), table)
  builder.define(indirect, [], body([...constant('i32', 0n), ...through]))
  builder.elements([indirect], { table, offset: constant('i32', 0n) })
  for (const [name, index] of Object.entries({ self, even, odd, table: indirect })) builder.export(name, 'func', index)
  return builder.build()
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { api } = await loadEngine(mode)
  const exports = instantiate(api, tailModule()) as Record<string, (...args: unknown[]) => unknown>

  test.each(['self', 'even', 'odd', 'table'])('%s', (name) => {
    expect(exports[name](DEPTH, 0xffff_ffffn, 0.25)).toEqual([0x1_0000_0000n + BigInt(DEPTH) - 1n, DEPTH / 2 + 0.25])
  })
})
