// Values for functions whose state changes behind their back (changes.ts): what reads globals and memory, and what changes
// them before it gives a value.

import { access, constant, ELSE, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import type { Rules, ValueRule, Writer } from '../writer.ts'
import { callEnter, callTabled, callValue, type HostName } from './shell.ts'

export const HOSTS: readonly HostName[] = ['enter', 'grow', 'throw']
const STYLE = { hosts: HOSTS }

export const number = (value: number): number[] => constant('i32', BigInt(value))

export const read: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : ins('local.get', local)
}

/** Globals of a type; of most types there are two. */
export const globalsOf = (w: Writer, type: NumName): number[] =>
  w.around.globals.filter((global) => global.type === type).map(({ index }) => index)

export const readGlobal: ValueRule = (w, type) => ins('global.get', w.random.pick(globalsOf(w, type)))

const leaf: ValueRule = (w, type, raw) =>
  (w.random.chance(65) ? read(w, type, raw) : undefined) ??
  (w.random.chance(40) ? readGlobal(w, type, raw) : undefined) ??
  (type === 'i32' || type === 'i64' ? constant(type, BigInt(w.random.between(-2, 9))) : constant(type, 0n))

const COMPUTE = ['i32.add', 'i32.sub', 'i32.xor', 'i32.and', 'i32.shr_u', 'i32.lt_s', 'i32.eq', 'i32.ne'] as const
const compute: ValueRule = (w, type) => {
  switch (type) {
    case 'i32':
      return [...w.values(['i32', 'i32']), ...opcode(w.random.pick(COMPUTE))]
    case 'i64':
      return [...w.values(['i64', 'i64']), ...opcode(w.random.pick(['i64.add', 'i64.xor', 'i64.mul'] as const))]
    case 'f64':
      return [...w.values(['f64', 'f64']), ...opcode('f64.add')]
    default:
      return undefined
  }
}

/** An i32 as another type. */
export function converted(type: NumName, code: readonly number[]): number[] {
  if (type === 'i32') return [...code]
  return [...code, ...opcode(type === 'i64' ? 'i64.extend_i32_s' : `${type}.convert_i32_s`)]
}

const convert: ValueRule = (w, type) =>
  type === 'i32' ? [...w.value('i64'), ...opcode('i32.wrap_i64')] : converted(type, w.value('i32'))

/** Where something is: near the start, near the end of what there is by now, or where the memory may not be yet. */
export function place(w: Writer): number[] {
  const low = [...w.value('i32'), ...number(0xf8), ...opcode('i32.and')]
  const way = w.random.below(50)
  if (way === 0) return number(w.random.pick([1, 2, 3]) * 0x10000 + 8)
  if (way < 30) return low
  const end = [...ins('memory.size', 0), ...number(16), ...opcode('i32.shl'), ...number(256), ...opcode('i32.sub')]
  return [...low, ...end, ...opcode('i32.add')]
}

const LOADS = {
  i32: ['i32.load', 'i32.load', 'i32.load8_u', 'i32.load16_s'],
  i64: ['i64.load', 'i64.load32_u'],
} as const
const load: ValueRule = (w, type) =>
  type === 'i32' || type === 'i64' ? [...place(w), ...access(w.random.pick(LOADS[type]))] : undefined

/** Whether nothing is to change here: what changes in every round of a loop is kept in no variable. */
export const isCalm = (w: Writer): boolean => w.rounds > 1 && w.random.chance(85)

/** Grows the memory as far as it may, or now and then; what was grown by nothing may have moved too. */
export const grow = (w: Writer): number[] => {
  const bits = [...leaf(w, 'i32', false)!, ...number(w.random.pick([1, 3, 7])), ...opcode('i32.and')]
  const way = w.random.below(8)
  if (way === 0) return [...bits, ...opcode('i32.eqz'), ...ins('memory.grow', 0)]
  const always = [...number(1), ...ins('memory.grow', 0)]
  return way < 4 ? always : [...bits, ...open('if', 'i32'), ...ins('memory.size', 0), ELSE, ...always, END]
}

/** A call of the module's functions or the host's. */
function called(w: Writer): number[] {
  const way = w.random.below(4)
  const made = way === 0 ? callTabled(w, STYLE) : way === 1 ? callEnter(w, STYLE) : callValue(w, 'i32')
  return made ?? grow(w)
}

/** An i32 that is not known before something has changed, or may have. */
export function changing(w: Writer): number[] {
  if (isCalm(w)) return w.value('i32')
  const made = w.random.chance(20) ? grow(w) : called(w)
  switch (w.random.below(6)) {
    case 0:
      return [...made, ...opcode('i32.eqz')]
    case 1:
      return [...made, ...number(1), ...opcode('i32.and')]
    case 2:
      return [...w.value('i32'), ...made, ...opcode('i32.add')]
    default:
      return made
  }
}

export const change: ValueRule = (w, type) =>
  (type !== 'i32' && w.random.chance(60) && !isCalm(w) ? callValue(w, type) : undefined) ?? converted(type, changing(w))

/** An operand of a statement. */
export const operand = (w: Writer, type: NumName): number[] =>
  w.random.chance(45) ? change(w, type, false)! : w.value(type)

/** What is decided does not matter: a local, either way. */
export const sameEitherWay: ValueRule = (w, type) => {
  const local = w.local(type)
  if (local === undefined) return undefined
  const get = ins('local.get', local)
  switch (w.random.below(5)) {
    case 0:
      return [...changing(w), ...open('if', type), ...get, ELSE, ...get, END]
    case 1:
      return [...open('block', type), ...get, ...w.inside([type], () => changing(w)), ...ins('br_if', 0), END]
    case 2: {
      const test = w.inside([type], () => w.inside([], () => changing(w)))
      const inner = [...open('block', undefined), ...test, ...ins('br_if', 0), ...get, ...ins('br', 1), END]
      return [...open('block', type), ...inner, ...get, END]
    }
    case 3: {
      const test = w.inside([type], () => w.inside([type], () => changing(w)))
      const inner = [...open('block', type), ...get, ...test, ...opcode('br_table'), ...uleb(1), 1, 0, END]
      return [...open('block', type), ...inner, END]
    }
    default:
      return [...get, ...get, ...changing(w), ...opcode('select')]
  }
}

const selection: ValueRule = (w, type) => [...w.values([type, type]), ...changing(w), ...opcode('select')]

const either: ValueRule = (w, type) => {
  const arm = (): number[] => w.inside([type], () => [...w.statements(1), ...operand(w, type)])
  return [...changing(w), ...open('if', type), ...arm(), ELSE, ...arm(), END]
}

/** A block that is left with a value, or comes to its end with another one. */
const blockValue: ValueRule = (w, type) => {
  const body = (): number[] => [
    ...operand(w, type),
    ...changing(w),
    ...ins('br_if', 0),
    ...(w.random.chance(50) ? [] : [...opcode('drop'), ...w.statements(1), ...w.value(type)]),
  ]
  return [...open('block', type), ...w.inside([type], body), END]
}

const tee: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : [...operand(w, type), ...ins('local.tee', local)]
}

/** A value that waits while something changes. */
const waiting: ValueRule = (w, type) => [...w.value(type), ...w.statement()]

export const changingValues: Pick<Rules, 'leaf' | 'values'> = {
  leaf,
  values: [
    [14, leaf],
    [6, readGlobal],
    [8, compute],
    [3, convert],
    [8, load],
    [4, change],
    [4, sameEitherWay],
    [2, selection],
    [2, either],
    [2, blockValue],
    [3, tee],
    [2, waiting],
  ],
}
