// Functions that are all control flow, and give a number that tells which way they went.

import { constant, ins, opcode } from '../../binary/code.ts'
import type { NumSignature, StatementRule, ValueRule, Writer } from '../writer.ts'
import { leave, manySwitches, nest } from './control.ts'
import { callValue, NOTE_INDEX, type Style } from './shell.ts'

const SIGNATURES: readonly NumSignature[] = [1, 2, 3, 4].map((count) => ({
  params: Array.from({ length: count }, () => 'i32' as const),
  results: ['i32'],
}))

/** The global that the way is summed up in; the other i32 global is for all else. */
const WAY = 0

const read: ValueRule = (w) => {
  const local = w.local('i32')
  return local === undefined ? undefined : ins('local.get', local)
}

const small: ValueRule = ({ random }) => constant('i32', BigInt(random.between(-1, 9)))
const leaf: ValueRule = (w, type, raw) => (w.random.chance(75) ? read(w, type, raw) : undefined) ?? small(w, type, raw)

const COMPUTE = [
  'i32.add',
  'i32.sub',
  'i32.xor',
  'i32.and',
  'i32.shr_u',
  'i32.eq',
  'i32.ne',
  'i32.lt_s',
  'i32.gt_u',
] as const
const compute: ValueRule = (w) => [...w.values(['i32', 'i32']), ...opcode(w.random.pick(COMPUTE))]
const not: ValueRule = (w) => [...w.value('i32'), ...opcode('i32.eqz')]

/** A bit of a local: both ways are gone often. */
const bit: ValueRule = (w, type, raw) => [
  ...leaf(w, type, raw)!,
  ...constant('i32', BigInt(w.random.below(6))),
  ...opcode('i32.shr_u'),
  ...constant('i32', 1n),
  ...opcode('i32.and'),
]

const setLocal: StatementRule = (w) => {
  const local = w.local('i32')
  return local === undefined ? undefined : [...w.value('i32'), ...ins('local.set', local)]
}

/** Marks the way with a number of its own. */
const mark: StatementRule = (w) => {
  const number = constant('i32', BigInt(w.random.below(1000)))
  const way = w.random.below(10)
  if (way === 0) return [...number, ...ins('call', NOTE_INDEX)]
  if (way < 3)
    return [
      ...ins('global.get', WAY),
      ...constant('i32', 31n),
      ...opcode('i32.mul'),
      ...number,
      ...opcode('i32.add'),
      ...ins('global.set', WAY),
    ]
  return markLocal(w, number)
}

/** The parameter after the last is the local that sums up the way. */
const wayOf = (w: Writer): number => w.signature.params.length

function markLocal(w: Writer, number: readonly number[]): number[] {
  const way = wayOf(w)
  return [
    ...ins('local.get', way),
    ...constant('i32', 33n),
    ...opcode('i32.mul'),
    ...number,
    ...opcode('i32.xor'),
    ...ins('local.set', way),
  ]
}

export const switches: Style = {
  signature: (random) => random.pick(SIGNATURES),
  locals: ['i32'],
  rules: {
    leaf,
    values: [
      [8, leaf],
      [6, bit],
      [2, not],
      [4, compute],
      [1, (w) => callValue(w, 'i32')],
    ],
    statements: [...manySwitches, [6, mark], [2, setLocal]],
  },
  body: (w) => {
    const between = (): number[] => [...mark(w)!, ...(w.random.chance(40) ? leave(w) : [])]
    return [...nest(w, w.random.below(5), between), ...w.statements(3), ...ins('local.get', wayOf(w))]
  },
  sizes: [20, 40, 40, 60, 60, 80, 150],
  functions: [6, 16],
}
