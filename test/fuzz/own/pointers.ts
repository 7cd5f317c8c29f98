// Functions that walk over memory: pointers that are counted up in loops, accesses of all widths with offsets, addresses
// masked, shifted and scaled, near the ends of memory and of the numbers, and memory that grows meanwhile.

import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { access, constant, ELSE, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { EDGES } from '../../binary/edges.ts'
import type { StatementRule, ValueRule, Writer } from '../writer.ts'
import { manyLoops } from './control.ts'
import { callValue, NOTE_INDEX, type Style } from './shell.ts'

const LOADS = {
  i32: ['i32.load', 'i32.load', 'i32.load8_s', 'i32.load8_u', 'i32.load16_s', 'i32.load16_u'],
  i64: ['i64.load', 'i64.load', 'i64.load8_u', 'i64.load16_s', 'i64.load32_s', 'i64.load32_u'],
  f32: ['f32.load'],
  f64: ['f64.load'],
} as const
const STORES = {
  i32: ['i32.store', 'i32.store', 'i32.store8', 'i32.store16'],
  i64: ['i64.store', 'i64.store', 'i64.store8', 'i64.store16', 'i64.store32'],
  f32: ['f32.store'],
  f64: ['f64.store'],
} as const
const TYPES: readonly NumName[] = ['i32', 'i32', 'i32', 'i64', 'f32', 'f64']
const PAGE = 65536

const number = (value: number): number[] => constant('i32', BigInt(value))

/** Where something is most often, at the ends of pages, and outside. */
function place({ random }: Writer): number {
  const way = random.below(20)
  if (way < 14) return random.below(40) * random.pick([1, 2, 4, 8])
  if (way < 18) return random.pick([1, 2, 3]) * PAGE - random.below(20)
  return random.pick([-1, -4, -8, 0x7fff_fff8, -0x8000_0000, 0x7fff_ffff])
}

/** A constant offset: none, of a field, of a table, or so large that no sum with it is inside. */
export function offset({ random }: Writer): number {
  const way = random.below(20)
  if (way < 8) return 0
  if (way < 16) return random.below(16) * random.pick([1, 4, 8])
  return way < 19 ? random.below(2 * PAGE) : random.pick([0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff])
}

const read: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : ins('local.get', local)
}

const literal: ValueRule = (w, type) =>
  type === 'i32'
    ? number(w.random.chance(60) ? place(w) : w.random.between(-4, 9))
    : constant(type, w.random.pick(EDGES[type]))

const leaf: ValueRule = (w, type, raw) =>
  (w.random.chance(65) ? read(w, type, raw) : undefined) ?? literal(w, type, raw)!

/** Address arithmetic. */
const SCALES = [
  'i32.add',
  'i32.add',
  'i32.add',
  'i32.sub',
  'i32.or',
  'i32.and',
  'i32.xor',
  'i32.mul',
  'i32.shr_u',
  'i32.shr_s',
] as const
const MASKS = [0xffff, 0xfffc, 0xfff8, 0x7fff, 0xff, -4, -8, -2, 0x1fffc, 3] as const

const sum: ValueRule = (w, type) =>
  type === 'i32' ? [...w.values(['i32', 'i32']), ...opcode(w.random.pick(SCALES))] : undefined

const masked: ValueRule = (w, type) =>
  type === 'i32' ? [...w.value('i32'), ...number(w.random.pick(MASKS)), ...opcode('i32.and')] : undefined

const scaled: ValueRule = (w, type) =>
  type === 'i32'
    ? [...w.value('i32'), ...number(w.random.below(5)), ...opcode(w.random.chance(80) ? 'i32.shl' : 'i32.shr_u')]
    : undefined

/** A base and a scaled index, as of an array. */
const element: ValueRule = (w, type) =>
  type === 'i32'
    ? [
        ...leaf(w, 'i32', false)!,
        ...leaf(w, 'i32', false)!,
        ...number(w.random.below(4)),
        ...opcode('i32.shl'),
        ...opcode('i32.add'),
      ]
    : undefined

const COMPARISONS = ['i32.lt_u', 'i32.lt_s', 'i32.eq', 'i32.ne', 'i32.ge_u', 'i32.gt_s'] as const
const comparison: ValueRule = (w, type) =>
  type === 'i32' ? [...w.values(['i32', 'i32']), ...opcode(w.random.pick(COMPARISONS))] : undefined

/** An address that is a variable, most often: pointers. */
export const address = (w: Writer): number[] => (w.random.chance(60) ? leaf(w, 'i32', false)! : w.value('i32'))

/** An access with some hint of its alignment, which means nothing. */
const accessOf = (w: Writer, name: OpName, at: number | bigint): number[] =>
  access(name, at, /(load|store)8/.test(name) ? 0 : w.random.below(2))

/** A pointer moves on. */
const advance: StatementRule = (w) => {
  const local = w.local('i32')
  if (local === undefined) return undefined
  const step = w.random.pick([1, 1, 2, 4, 4, 8, 12, -1, -4, -8, PAGE])
  return [...ins('local.get', local), ...number(step), ...opcode('i32.add'), ...ins('local.set', local)]
}

const setLocal: StatementRule = (w) => {
  const local = w.local()
  return local === undefined ? undefined : [...w.value(w.locals[local]!), ...ins('local.set', local)]
}

/** Pages above which memory is not made to grow. */
const ENOUGH = 5

const convert: ValueRule = (w, type) => {
  if (type === 'i64')
    return [...w.value('i32'), ...opcode(w.random.chance(50) ? 'i64.extend_i32_u' : 'i64.extend_i32_s')]
  if (type === 'i32') return [...w.value('i64'), ...opcode('i32.wrap_i64')]
  return undefined
}

/** What a memory takes for an i32. */
type Widen = (w: Writer, code: readonly number[]) => number[]

const same: Widen = (_, code) => [...code]

/** As an address of 64 bits: most often it is one of 32, else an offset from one far away, or has something in its high word. */
const widened: Widen = (w, code) => {
  const { random } = w
  const way = random.below(20)
  if (way === 0) return w.value('i64')
  const unsigned = [...code, ...opcode(way < 4 ? 'i64.extend_i32_s' : 'i64.extend_i32_u')]
  if (way < 12) return unsigned
  const far = random.chance(80) ? BigInt(random.between(-16, 16)) : random.pick(EDGES.i64)
  return [...unsigned, ...constant('i64', far), ...opcode(random.chance(70) ? 'i64.add' : 'i64.xor')]
}

/** What works on the memory. */
function accesses(is64: boolean, isOfBytes: boolean) {
  const widen = is64 ? widened : same
  const pointer = (w: Writer): number[] => widen(w, address(w))
  const far = (w: Writer): number | bigint => (is64 && w.random.chance(4) ? w.random.pick(EDGES.i64) : offset(w))
  const load: ValueRule = (w, type) => [...pointer(w), ...accessOf(w, w.random.pick(LOADS[type]), far(w))]

  const store: StatementRule = (w) => {
    const type = w.random.pick(TYPES)
    return [...pointer(w), ...w.value(type), ...accessOf(w, w.random.pick(STORES[type]), far(w))]
  }

  /** Several fields at one pointer, read and written in turn. */
  const fields: StatementRule = (w) => {
    const local = w.local('i32')
    if (local === undefined) return undefined
    const step = w.random.pick([1, 2, 4, 8])
    return Array.from({ length: w.random.between(2, 5) }, (_, i) => {
      const type = w.random.pick(TYPES)
      const at = widen(w, ins('local.get', local))
      return [...at, ...w.value(type), ...accessOf(w, w.random.pick(STORES[type]), i * step)]
    }).flat()
  }

  const size: ValueRule = ({ random }, type) => {
    if (type !== (is64 ? 'i64' : 'i32')) return undefined
    const pages = ins('memory.size', 0)
    if (random.chance(70)) return pages
    const delta = isOfBytes ? random.pick([0, 1, 7, 4096]) : random.below(2)
    const grow = [...constant(type, BigInt(delta)), ...ins('memory.grow', 0)]
    const isSmall = [...constant(type, BigInt(isOfBytes ? ENOUGH * PAGE : ENOUGH)), ...opcode(`${type}.lt_u`)]
    return [...pages, ...isSmall, ...open('if', type), ...grow, ELSE, ...pages, END]
  }

  const bulk: StatementRule = (w) => {
    const count = widen(w, [...w.value('i32'), ...number(31), ...opcode('i32.and')])
    const isFill = w.random.chance(50)
    return [
      ...pointer(w),
      ...(isFill ? w.value('i32') : pointer(w)),
      ...count,
      ...(isFill ? ins('memory.fill', 0) : ins('memory.copy', 0, 0)),
    ]
  }
  return { load, store, fields, size, bulk }
}

/** JavaScript makes the memory larger. */
const growOutside: StatementRule = (w) => [
  ...w.value('i32'),
  ...number(w.random.pick([1, 3, 7])),
  ...opcode('i32.and'),
  ...opcode('i32.eqz'),
  ...open('if', undefined),
  ...ins('call', NOTE_INDEX + 1),
  END,
]

const MEMORIES = [
  { min: 1, max: 2 },
  { min: 1 },
  { min: 2, max: 3 },
  { min: 1, max: 32768 },
  { min: 1, max: 40_000 },
  { min: 1, max: PAGE },
]

/** Memories of bytes: what JavaScript grows them by is a page elsewhere. */
const OF_BYTES = [300, 4099, PAGE - 3].flatMap((min) => [0, 5, PAGE].map((more) => ({ min, max: min + more, page: 0 })))

function style(is64: boolean, memories?: Style['memories']): Style {
  const { load, store, fields, size, bulk } = accesses(is64, memories !== undefined)
  return {
    signature: (random) => ({ params: random.some(['i32'], 1, 4), results: ['i32'] }),
    locals: TYPES,
    ...(memories === undefined && { hosts: ['grow'] as const }),
    memories: memories ?? (is64 ? MEMORIES.map((memory) => ({ ...memory, is64 })) : MEMORIES),
    rules: {
      leaf,
      values: [
        [10, leaf],
        [5, sum],
        [4, masked],
        [3, scaled],
        [3, element],
        [2, comparison],
        [8, load],
        [1, size],
        [1, convert],
        [1, (w, type) => callValue(w, type)],
      ],
      statements: [
        [10, store],
        [4, fields],
        [8, advance],
        [6, setLocal],
        [1, bulk],
        ...(memories === undefined ? ([[1, growOutside]] as const) : []),
        ...manyLoops,
      ],
    },
    body: (w) => [...w.statements(10), ...w.statements(6), ...w.value('i32')],
    sizes: [15, 40, 40, 120, 300],
    functions: [3, 8],
  }
}

export const pointers = style(false)

/** The same in a memory with addresses of 64 bits. */
export const pointers64 = style(true)

/** The same in a memory with pages of one byte. */
export const bytes = style(false, OF_BYTES)
