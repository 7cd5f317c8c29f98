// A module whose function is a loop over a `br_table`, as compilers make them of interpreters.

import { access, constant, END, ins, opcode, open } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'

const [N, X, SUM] = [0, 1, 2]
const i32 = (value: number): number[] => constant('i32', BigInt(value))
const get = (local: number): number[] => ins('local.get', local)

/**
 * The body of case `i` of `count`: each computes something else, some return, some fall into the next case. Around it
 * are the blocks of the cases behind it, the block that all come to in the end, and the loop.
 */
function body(i: number, count: number): number[] {
  const at = (mask: number): number[] => [...get(SUM), ...i32(mask), ...opcode('i32.and')]
  return [
    ...get(SUM),
    ...i32(i * 7919 + 1),
    ...opcode('i32.mul'),
    ...get(X),
    ...i32(i % 31),
    ...opcode('i32.shr_u'),
    ...opcode('i32.xor'),
    ...ins('local.set', SUM),
    ...at(1020),
    ...get(X),
    ...access('i32.store'),
    ...(i % 50 === 49
      ? [
          ...get(SUM),
          ...i32(i),
          ...opcode('i32.eq'),
          ...open('if', undefined),
          ...get(SUM),
          ...opcode('i64.extend_i32_u'),
          ...opcode('return'),
          END,
        ]
      : []),
    ...at(1016),
    ...access('i32.load'),
    ...get(X),
    ...opcode('i32.add'),
    ...ins('local.set', X),
    ...(i % 3 === 0 ? [] : ins('br', count - 1 - i)),
  ]
}

/** Exports `run`: (rounds, first word) -> what came out. */
export function interpreter(count: number): Uint8Array<ArrayBuffer> {
  const numbers = Array.from({ length: count }, (_, i) => i)
  const code = [
    ...open('loop', undefined),
    ...open('block', undefined),
    ...numbers.flatMap(() => open('block', undefined)),
    ...get(X),
    ...i32(1),
    ...opcode('i32.shr_u'),
    ...i32(count),
    ...opcode('i32.rem_u'),
    ...ins('br_table', count, ...numbers, count),
    ...numbers.flatMap((i) => [END, ...body(i, count)]),
    END,
    ...get(X),
    ...i32(1664525),
    ...opcode('i32.mul'),
    ...i32(1013904223),
    ...opcode('i32.add'),
    ...ins('local.set', X),
    ...get(N),
    ...i32(1),
    ...opcode('i32.sub'),
    ...ins('local.tee', N),
    ...ins('br_if', 0),
    END,
    ...get(SUM),
    ...opcode('i64.extend_i32_s'),
    ...constant('i64', 4294967296n),
    ...opcode('i64.mul'),
    ...get(X),
    ...opcode('i64.extend_i32_u'),
    ...opcode('i64.add'),
  ]
  const builder = new ModuleBuilder()
  builder.memory({ min: 1 })
  builder.export('run', 'func', builder.func({ params: ['i32', 'i32'], results: ['i64'] }, ['i32'], code))
  return builder.build()
}
