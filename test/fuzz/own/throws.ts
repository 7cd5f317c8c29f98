// Functions that throw and catch: in loops, across calls and tail calls, with locals that change before and after what may
// throw, and with a memory that grows meanwhile. Each gives a number that tells which way control went, and what the handlers
// found in the locals.

import { access, constant, END, ins, opcode, open } from '../../binary/code.ts'
import { vec } from '../../binary/leb.ts'
import { hasExnref } from '../engine.ts'
import { Random } from '../random.ts'
import type { NumSignature, StatementRule, ValueRule, Writer } from '../writer.ts'
import { leave, manyLoops, manySwitches } from './control.ts'
import { callValue, type HostName, type Style } from './shell.ts'

const SIGNATURES: readonly NumSignature[] = [1, 2, 3].map((count) => ({
  params: Array.from({ length: count }, () => 'i32' as const),
  results: ['i32'],
}))

/** The tags of the module: one carries nothing, one an i32, one an i64 and an i32. */
const [BARE, WORD, PAIR] = [0, 1, 2]
export const TAGS: NonNullable<Style['tags']> = [[], ['i32'], ['i64', 'i32']]

const leaf: ValueRule = (w) => {
  const local = w.random.chance(75) ? w.local('i32') : undefined
  return local === undefined ? constant('i32', BigInt(w.random.between(-1, 9))) : ins('local.get', local)
}

const compute: ValueRule = (w) => [
  ...w.values(['i32', 'i32']),
  ...opcode(w.random.pick(['i32.add', 'i32.sub', 'i32.xor', 'i32.lt_s', 'i32.eq'])),
]

const called: ValueRule = (w) => callValue(w, 'i32')

/** A bit of a local: it is set often, and often not. */
const bit = (w: Writer): number[] => [
  ...w.value('i32'),
  ...constant('i32', BigInt(w.random.below(5))),
  ...opcode('i32.shr_u'),
  ...constant('i32', w.random.pick([1n, 3n])),
  ...opcode('i32.and'),
]

const setLocal: StatementRule = (w) => {
  const local = w.local('i32')
  return local === undefined ? undefined : [...w.value('i32'), ...ins('local.set', local)]
}

/** Both words of an i64 change, and something may throw between. */
const setLong: StatementRule = (w) => {
  const [to, from] = [w.local('i64'), w.local('i64')]
  if (to === undefined || from === undefined) return undefined
  return [
    ...ins('local.get', from),
    ...constant('i64', BigInt(w.random.pick([3, 33, 0x1_0000_0001]))),
    ...opcode('i64.mul'),
    ...w.value('i32'),
    ...opcode('i64.extend_i32_s'),
    ...opcode(w.random.pick(['i64.add', 'i64.xor', 'i64.rotl'])),
    ...ins('local.set', to),
  ]
}

const setGlobal: StatementRule = (w) => [
  ...ins('global.get', 0),
  ...w.value('i32'),
  ...opcode('i32.add'),
  ...ins('global.set', 0),
]

/** The local that sums up the way: the first i32 that is no parameter and counts no rounds, if there is one. */
function wayOf(w: Writer): number {
  const first = w.signature.params.length
  const found = w.locals.findIndex((type, index) => index >= first && type === 'i32' && !w.isReserved(index))
  return Math.max(found, 0)
}

const mark: StatementRule = (w) => {
  const way = wayOf(w)
  return [
    ...ins('local.get', way),
    ...constant('i32', 33n),
    ...opcode('i32.mul'),
    ...w.value('i32'),
    ...opcode('i32.xor'),
    ...ins('local.set', way),
  ]
}

/** Throws for good. */
function thrown(w: Writer): number[] {
  switch (w.random.below(3)) {
    case 0:
      return ins('throw', BARE)
    case 1:
      return [...w.value('i32'), ...ins('throw', WORD)]
    default:
      return [...constant('i64', BigInt(w.random.pick([-1, 5, 2 ** 40]))), ...w.value('i32'), ...ins('throw', PAIR)]
  }
}

export const throwIf: StatementRule = (w) => [
  ...bit(w),
  ...open('if', undefined),
  ...w.inside([], () => [...w.statements(2), ...thrown(w)]),
  END,
]

/** What an exception with the tag carried goes to locals. */
function take(w: Writer, tag: number): number[] {
  const [word, long] = [w.local('i32'), w.local('i64')]
  const keepWord = word === undefined ? opcode('drop') : ins('local.set', word)
  const keepLong = long === undefined ? opcode('drop') : ins('local.set', long)
  return tag === BARE ? [] : tag === WORD ? keepWord : [...keepWord, ...keepLong]
}

/** No handler around catches what is thrown there. */
const leaveByCall: StatementRule = (w) => {
  const condition = bit(w)
  const { cost } = w
  const call = w.inside([], () => callValue(w, 'i32', 'return_call') ?? [])
  if (call.length === 0) return undefined
  // It is made once.
  w.cost = cost + (w.cost - cost) / w.rounds
  return [...condition, ...open('if', undefined), ...call, END]
}

/** A place in the first page most often, or in pages that the memory may not have yet. */
const place = (w: Writer): number[] => [
  ...w.value('i32'),
  ...constant('i32', w.random.chance(85) ? 0xf8n : 0x100f8n),
  ...opcode('i32.and'),
]

const load: ValueRule = (w) => [...place(w), ...access(w.random.pick(['i32.load', 'i32.load8_u']), 4)]

const store: StatementRule = (w) => [
  ...place(w),
  ...w.value('i32'),
  ...access(w.random.pick(['i32.store', 'i32.store16']), 4),
]

const HOSTS: readonly HostName[] = ['grow', 'throw']

/** The memory grows, or JavaScript does something: makes it grow, or throws. */
const outside: StatementRule = (w) => {
  const index = w.random.below(HOSTS.length + 1)
  const grow = [...constant('i32', 1n), ...ins('memory.grow', 0), ...opcode('drop')]
  return [...bit(w), ...open('if', undefined), ...(index === 0 ? grow : ins('call', index)), END]
}

const VOID = 0x40
const I32 = 0x7f
const EXNREF = 0x69

/** Labels that clauses without values may name, counted from here. */
const voidLabels = (w: Writer): number[] =>
  w.labels.flatMap((types, at) => (types.length === 0 ? [w.labels.length - 1 - at] : []))

/** Catches a word around, and others perhaps; what is caught with its reference may be thrown again. */
export const tryTable: StatementRule = (w) => {
  const isRef = w.random.chance(20)
  const body = (): number[] => {
    const labels = voidLabels(w)
    const clauses = [isRef ? [3, 0] : [0, WORD, 0]]
    if (labels.length > 0 && w.random.chance(40)) clauses.push([0, BARE, w.random.pick(labels)])
    if (labels.length > 0 && w.random.chance(40)) clauses.push([2, w.random.pick(labels)])
    const guarded = w.inside([], () => [...w.statements(6), ...(w.random.chance(20) ? leave(w) : [])])
    const none = isRef ? [0xd0, EXNREF] : w.value('i32')
    return [0x1f, VOID, ...vec(clauses), ...guarded, END, ...none]
  }
  const made = [0x02, isRef ? EXNREF : I32, ...w.inside(isRef ? ['i64'] : ['i32'], body), END]
  if (!isRef) return [...made, ...take(w, WORD)]
  return [...made, ...opcode('ref.is_null'), ...open('if', undefined), ...w.inside([], () => w.statements(2)), END]
}

export const legacyTry: StatementRule = (w) => {
  const body = w.inside([], () => w.statements(6))
  if (w.random.chance(20)) return [0x06, VOID, ...body, ...ins('delegate', w.random.below(w.labels.length))]
  const tags = w.random.some([BARE, WORD, PAIR], 0, 3)
  const handler = (): number[] => {
    const again = [...bit(w), ...open('if', undefined), ...ins('rethrow', 1), END]
    return [...w.statements(3), ...(w.random.chance(25) ? again : []), ...(w.random.chance(15) ? leave(w) : [])]
  }
  const catches = tags.map((tag) => [...ins('catch', tag), ...w.inside([], () => [...take(w, tag), ...handler()])])
  const all = tags.length === 0 || w.random.chance(50) ? [...opcode('catch_all'), ...w.inside([], handler)] : []
  return [0x06, VOID, ...body, ...catches.flat(), ...all, END]
}

const style = (guarded: StatementRule): Style => ({
  signature: (random) => random.pick(SIGNATURES),
  locals: ['i32', 'i64', 'i32', 'i64'],
  tags: TAGS,
  hosts: HOSTS,
  memories: [{ min: 1, max: 3 }],
  rules: {
    leaf,
    values: [
      [8, leaf],
      [5, compute],
      [3, called],
      [4, load],
    ],
    statements: [
      ...manyLoops,
      ...manySwitches,
      [25, guarded],
      [12, throwIf],
      [10, mark],
      [8, setLocal],
      [6, setLong],
      [3, setGlobal],
      [4, store],
      [4, outside],
      [3, leaveByCall],
    ],
  },
  body: (w) => {
    const way = ins('local.get', wayOf(w))
    const longs = w.locals.flatMap((type, index) =>
      type === 'i64' ? [...ins('local.get', index), ...opcode('i32.wrap_i64'), ...opcode('i32.xor')] : [],
    )
    return [...guarded(w)!, ...w.statements(4), ...guarded(w)!, ...way, ...longs]
  },
  sizes: [20, 40, 40, 80, 150],
  functions: [4, 12],
})

const NEW = style(tryTable)
const LEGACY = style(legacyTry)

/** Engines refuse modules that have both the legacy instructions and the new ones, and some have no new ones. */
export const throws = (seed: number): Style => (hasExnref() ? new Random(seed).pick([NEW, LEGACY]) : LEGACY)
