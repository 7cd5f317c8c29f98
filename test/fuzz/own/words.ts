// Functions that do little but i64 arithmetic, in loops and over memory: hashes, big numbers, generators of random numbers.

import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { access, constant, ELSE, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import type { StatementRule, ValueRule, Writer } from '../writer.ts'
import { manyLoops } from './control.ts'
import { callValue, type Style } from './shell.ts'

const HASHES = [
  0x9e3779b97f4a7c15n,
  0xc2b2ae3d27d4eb4fn,
  0xff51afd7ed558ccdn,
  0x100000001b3n,
  0xcbf29ce484222325n,
  6364136223846793005n,
]
const TOP = 1n << 63n

/** Half of them with the top bit set. */
const literal: ValueRule = ({ random }, type) => {
  if (type !== 'i64') return constant(type, random.chance(50) ? BigInt(random.between(-3, 20)) : random.pick(EDGES.i32))
  const bits = random.chance(30)
    ? (BigInt(random.bits()) << 32n) | BigInt(random.bits())
    : random.pick(random.chance(30) ? HASHES : EDGES.i64)
  return constant('i64', random.chance(20) ? bits | TOP : bits)
}

const read: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : ins('local.get', local)
}

const leaf: ValueRule = (w, type, raw) =>
  (w.random.chance(70) ? read(w, type, raw) : undefined) ?? literal(w, type, raw)!

const BINARY: readonly OpName[] = [
  ...(['i64.mul', 'i64.mul', 'i64.add', 'i64.add', 'i64.sub', 'i64.xor', 'i64.xor', 'i64.or', 'i64.and'] as const),
  ...(['i64.rotl', 'i64.rotr', 'i64.shl', 'i64.shr_s', 'i64.shr_u'] as const),
]
const SHIFTS = ['i64.rotl', 'i64.rotr', 'i64.shl', 'i64.shr_s', 'i64.shr_u'] as const
const DIVISIONS = ['i64.div_s', 'i64.div_u', 'i64.rem_s', 'i64.rem_u'] as const
const COMPARISONS = [
  'i64.eq',
  'i64.ne',
  'i64.lt_s',
  'i64.lt_u',
  'i64.gt_s',
  'i64.gt_u',
  'i64.le_s',
  'i64.le_u',
  'i64.ge_s',
  'i64.ge_u',
] as const
const UNARY = ['i64.extend8_s', 'i64.extend16_s', 'i64.extend32_s', 'i64.clz', 'i64.ctz', 'i64.popcnt'] as const
const LOADS = [
  'i64.load',
  'i64.load',
  'i64.load8_s',
  'i64.load8_u',
  'i64.load16_s',
  'i64.load16_u',
  'i64.load32_s',
  'i64.load32_u',
] as const
const STORES = ['i64.store', 'i64.store', 'i64.store8', 'i64.store16', 'i64.store32'] as const
const WORDS = ['i32.add', 'i32.sub', 'i32.xor', 'i32.and', 'i32.shl', 'i32.mul'] as const

const binary: ValueRule = (w, type) =>
  type === 'i64'
    ? [...w.values(['i64', 'i64']), ...opcode(w.random.pick(BINARY))]
    : [...w.values(['i32', 'i32']), ...opcode(w.random.pick(WORDS))]

const shift: ValueRule = (w, type) => {
  if (type !== 'i64') return undefined
  const count = w.random.chance(90) ? w.random.below(64) : w.random.between(60, 140)
  return [...w.value('i64'), ...constant('i64', BigInt(count)), ...opcode(w.random.pick(SHIFTS))]
}

/** By a constant most often; never by zero, but what is least by -1 may trap. */
const division: ValueRule = (w, type) => {
  if (type !== 'i64') return undefined
  const { random } = w
  const divisor = random.chance(80)
    ? constant(
        'i64',
        random.pick(random.chance(50) ? EDGES.i64 : [10n, 1000n, 1_000_000_007n, 3n, -7n]) |
          (random.chance(50) ? 1n : 16n),
      )
    : [...w.value('i64'), ...constant('i64', 1n), ...opcode('i64.or')]
  return [...w.value('i64'), ...divisor, ...opcode(random.pick(DIVISIONS))]
}

const comparison: ValueRule = (w, type) => {
  if (type !== 'i32') return undefined
  if (w.random.chance(15)) return [...w.value('i64'), ...opcode('i64.eqz')]
  return [...w.values(['i64', 'i64']), ...opcode(w.random.pick(COMPARISONS))]
}

const conversion: ValueRule = (w, type) =>
  type === 'i32'
    ? [...w.value('i64'), ...opcode('i32.wrap_i64')]
    : [...w.value('i32'), ...opcode(w.random.chance(50) ? 'i64.extend_i32_s' : 'i64.extend_i32_u')]

const unary: ValueRule = (w, type) =>
  type === 'i64' ? [...w.value('i64'), ...opcode(w.random.pick(UNARY))] : undefined

const selection: ValueRule = (w, type) => [...w.values([type, type]), ...w.value('i32'), ...opcode('select')]

/** An `if` that gives a value. */
const either: ValueRule = (w, type) => [
  ...w.value('i32'),
  ...open('if', type),
  ...w.inside([type], () => [...w.statements(1), ...w.value(type)]),
  ELSE,
  ...w.inside([type], () => w.value(type)),
  END,
]

/** A multiple of eight inside the memory, or any place, seldom outside. */
function address(w: Writer): number[] {
  const value = w.value('i32')
  if (w.random.chance(2)) return value
  return [...value, ...constant('i32', w.random.chance(70) ? 0xff8n : 0x7fffn), ...opcode('i32.and')]
}

const load: ValueRule = (w, type) =>
  type === 'i64' ? [...address(w), ...access(w.random.pick(LOADS), w.random.below(5) * 8)] : undefined

const store: StatementRule = (w) => [
  ...address(w),
  ...w.value('i64'),
  ...access(w.random.pick(STORES), w.random.below(5) * 8),
]

const setLocal: StatementRule = (w) => {
  const local = w.local(w.random.chance(85) ? 'i64' : 'i32') ?? w.local()
  return local === undefined ? undefined : [...w.value(w.locals[local]!), ...ins('local.set', local)]
}

/** Variables that begin as literals, or become ones again. */
const setLiteral: StatementRule = (w) => {
  const local = w.local('i64')
  return local === undefined ? undefined : [...literal(w, 'i64', false)!, ...ins('local.set', local)]
}

const tee: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : [...w.value(type), ...ins('local.tee', local)]
}

const globals: StatementRule = (w) => {
  const { index } = w.random.pick(w.around.globals.filter(({ type }) => type === 'i64'))
  return [...ins('global.get', index), ...w.value('i64'), ...opcode(w.random.pick(BINARY)), ...ins('global.set', index)]
}

/** Everything that the locals hold, in one number. */
function sum(w: Writer): number[] {
  const mix = (index: number, type: NumName): number[] => [
    ...constant('i64', 7n),
    ...opcode('i64.rotl'),
    ...ins('local.get', index),
    ...(type === 'i32' ? opcode('i64.extend_i32_s') : []),
    ...opcode('i64.xor'),
  ]
  return [...constant('i64', 0n), ...w.locals.flatMap((type, index) => mix(index, type))]
}

const straight: readonly (readonly [number, StatementRule])[] = [
  [20, setLocal],
  [4, setLiteral],
  [4, store],
  [2, globals],
]

export const words: Style = {
  signature: (random) => ({ params: random.some(['i64', 'i64', 'i32'], 1, 4), results: ['i64'] }),
  locals: ['i64', 'i64', 'i64', 'i32'],
  rules: {
    leaf,
    values: [
      [12, leaf],
      [12, binary],
      [8, shift],
      [2, division],
      [3, comparison],
      [3, conversion],
      [1, unary],
      [2, selection],
      [2, either],
      [4, load],
      [2, tee],
      [1, (w, type) => callValue(w, type)],
    ],
    statements: [...straight, ...manyLoops],
  },
  body: (w) => [...w.statement(setLiteral), ...w.statement(setLiteral), ...w.statements(14), ...sum(w)],
  sizes: [15, 40, 40, 120, 300],
  functions: [3, 7],
}
