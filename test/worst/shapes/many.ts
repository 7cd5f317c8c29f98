// Shapes of many values at once: what an instruction of a few bytes gives or takes by the thousand.

import { ELSE, END, ins, opcode, open, type ValName } from '../../binary/code.ts'
import { ModuleBuilder, type Signature } from '../../binary/module.ts'
import { get, i32, isEqual, join, repeat } from '../code.ts'
import type { Shapes } from './shape.ts'

const of = (type: ValName, count: number): ValName[] => new Array<ValName>(count).fill(type)
const mixed = (count: number): ValName[] =>
  Array.from({ length: count }, (_, i) => (['i32', 'i64', 'f32', 'f64', 'externref'] as const)[i % 5]!)

interface Callees {
  /** Functions: one gives these values, one takes and gives them, one takes `few` of them. */
  readonly give: number
  readonly turn: number
  readonly some: number
  /** The type of the second. */
  readonly type: number
}

/** A function without results, of this code; it has an i32 parameter. */
function ofMany(values: readonly ValName[], few: number, code: (callees: Callees) => readonly number[]) {
  const builder = new ModuleBuilder()
  const all: Signature = { params: [...values], results: [...values] }
  const give = builder.importFunc('m', 'give', { params: [], results: all.results })
  const turn = builder.importFunc('m', 'turn', all)
  const some = builder.importFunc('m', 'some', { params: values.slice(0, few), results: [] })
  const callees = { give, turn, some, type: builder.type(all) }
  builder.table('funcref', { min: 1 })
  builder.export('f', 'func', builder.func({ params: ['i32'], results: [] }, [], code(callees)))
  return builder.build()
}

/** What is left of the values goes. */
const dropped = (count: number): number[] => repeat(count, () => opcode('drop'))

const call = (func: number): number[] => ins('call', func)

export const MANY: Shapes = {
  'calls of 4 i64 results': (n) =>
    ofMany(of('i64', 4), 0, ({ give, turn }) =>
      join(
        call(give),
        repeat(n, () => call(turn)),
        dropped(4),
      ),
    ),
  'calls of 1000 mixed results': (n) =>
    ofMany(mixed(1000), 0, ({ give, turn }) =>
      join(
        call(give),
        repeat(n, () => call(turn)),
        dropped(1000),
      ),
    ),
  'indirect calls of 1000 results': (n) =>
    ofMany(of('i32', 1000), 0, ({ give, type }) =>
      join(
        call(give),
        repeat(n, () => [...i32(0), ...ins('call_indirect', type, 0)]),
        dropped(1000),
      ),
    ),
  '1000 results, taken by fours': (n) =>
    ofMany(of('i32', 1000), 4, ({ give, some }) =>
      repeat(Math.ceil(n / 250), () => [...call(give), ...repeat(250, () => call(some))]),
    ),
  '1000 results, dropped': (n) =>
    ofMany(mixed(1000), 0, ({ give }) => repeat(Math.ceil(n / 1000), () => [...call(give), ...dropped(1000)])),
  '1000 results, shifted by one for each call': (n) =>
    ofMany(of('i32', 1000), 0, ({ give, turn }) =>
      join(
        repeat(n, () => get(0)),
        call(give),
        repeat(n, () => [...opcode('drop'), ...call(turn)]),
        dropped(1000),
      ),
    ),
  'if and else of 1000 values': (n) =>
    ofMany(of('i64', 1000), 0, ({ give, turn, type }) =>
      join(
        call(give),
        repeat(n, (i) => [...isEqual(i), ...open('if', type), ...call(turn), ELSE, ...call(turn), END]),
        dropped(1000),
      ),
    ),
  'nested if of 1000 values': (n) =>
    ofMany(of('f64', 1000), 0, ({ give, turn, type }) =>
      join(
        call(give),
        repeat(n, (i) => [...isEqual(i), ...open('if', type)]),
        repeat(n, () => [...call(turn), END]),
        dropped(1000),
      ),
    ),
  'br_if to blocks of 1000 values, with one value more': (n) =>
    ofMany(of('i32', 1000), 0, ({ give, type }) =>
      join(
        call(give),
        repeat(n, (i) => [
          ...open('block', type),
          ...get(0),
          ...isEqual(i),
          ...ins('br_if', 0),
          ...opcode('drop'),
          END,
        ]),
        dropped(1000),
      ),
    ),
  'functions of 1000 parameters that use the last one': (n) => {
    const builder = new ModuleBuilder()
    const type: Signature = { params: of('i64', 1000), results: ['i64'] }
    for (let i = 0; i < n; i++) builder.func(type, [], get(999))
    return builder.build()
  },
}
