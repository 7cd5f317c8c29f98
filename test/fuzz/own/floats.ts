// Functions of floats: sums over arrays, conversions, comparisons and selections, with numbers where they round, overflow
// or are none.

import { access, constant, ELSE, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { EDGES, FEW } from '../../binary/edges.ts'
import { type PlainNumeric, plainNumeric } from '../../ops/plain.ts'
import type { StatementRule, ValueRule, Writer } from '../writer.ts'
import { manyLoops } from './control.ts'
import { callValue, type Style } from './shell.ts'

const TYPES: readonly NumName[] = ['f32', 'f32', 'f64', 'f64', 'i32', 'i64']

const literal: ValueRule = ({ random }, type) =>
  constant(type, random.pick(random.chance(50) ? FEW[type] : EDGES[type]))

const read: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : ins('local.get', local)
}

const leaf: ValueRule = (w, type, raw) =>
  (w.random.chance(65) ? read(w, type, raw) : undefined) ?? literal(w, type, raw)!

/** Instructions that take or give a float; those that trap on most floats are left to their saturating forms. */
const isAboutFloats = ({ name, params, result }: PlainNumeric): boolean =>
  [...params, result].some((type) => type.startsWith('f')) && !/[.]trunc_f\d\d_[su]$/.test(name)
const giving = (type: NumName): readonly PlainNumeric[] =>
  plainNumeric.filter((op) => op.result === type && isAboutFloats(op))
const BY_RESULT = { i32: giving('i32'), i64: giving('i64'), f32: giving('f32'), f64: giving('f64') }

const numeric: ValueRule = (w, type) => {
  const op = w.random.pick(BY_RESULT[type])
  return [...w.values(op.params), ...opcode(op.name)]
}

const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'min', 'max', 'copysign'] as const
const arithmetic: ValueRule = (w, type) =>
  type === 'f32' || type === 'f64'
    ? [...w.values([type, type]), ...opcode(`${type}.${w.random.pick(ARITHMETIC)}`)]
    : undefined

const COUNTS = ['i32.add', 'i32.and', 'i32.shl', 'i32.xor'] as const
const count: ValueRule = (w, type) =>
  type === 'i32' ? [...w.values(['i32', 'i32']), ...opcode(w.random.pick(COUNTS))] : undefined

const selection: ValueRule = (w, type) => [...w.values([type, type, 'i32']), ...opcode('select')]

const either: ValueRule = (w, type) => [
  ...w.value('i32'),
  ...open('if', type),
  ...w.inside([type], () => [...w.statements(1), ...w.value(type)]),
  ELSE,
  ...w.inside([type], () => w.value(type)),
  END,
]

const address = (w: Writer): number[] => [...w.value('i32'), ...constant('i32', 0xffn), ...opcode('i32.and')]

const load: ValueRule = (w, type) => [...address(w), ...access(`${type}.load`, w.random.below(5) * 4)]

const store: StatementRule = (w) => {
  const type = w.random.pick(TYPES)
  return [...address(w), ...w.value(type), ...access(`${type}.store`, w.random.below(5) * 4)]
}

const setLocal: StatementRule = (w) => {
  const local = w.local(w.random.pick(TYPES)) ?? w.local()
  return local === undefined ? undefined : [...w.value(w.locals[local]!), ...ins('local.set', local)]
}

const globals: StatementRule = (w) => {
  const { type, index } = w.random.pick(w.around.globals)
  return [...w.value(type), ...ins('global.set', index)]
}

export const floats: Style = {
  signature: (random) => ({ params: random.some(TYPES, 1, 4), results: [random.pick(TYPES)] }),
  locals: TYPES,
  rules: {
    leaf,
    values: [
      [10, leaf],
      [8, numeric],
      [8, arithmetic],
      [2, count],
      [2, selection],
      [2, either],
      [5, load],
      [1, (w, type) => callValue(w, type)],
    ],
    statements: [[14, setLocal], [6, store], [2, globals], ...manyLoops],
  },
  body: (w) => [...w.statements(10), ...w.statements(6), ...w.values(w.signature.results)],
  sizes: [15, 40, 40, 120, 300],
  functions: [3, 8],
}
