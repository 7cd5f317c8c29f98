// Rules for values without control flow.

import { canonicalNan, carrier, fromBits, toBits } from '../binary/bits.ts'
import { access, constant, ins, type NumName, opcode } from '../binary/code.ts'
import { EDGES, FEW } from '../binary/edges.ts'
import { type PlainNumeric, plainNumeric } from '../ops/plain.ts'
import { hazard } from './hazard.ts'
import { address } from './state.ts'
import type { Rules, ValueRule, Writer } from './writer.ts'

const LOADS = {
  i32: ['i32.load', 'i32.load8_s', 'i32.load8_u', 'i32.load16_s', 'i32.load16_u'],
  i64: ['i64.load', 'i64.load8_s', 'i64.load8_u', 'i64.load16_s', 'i64.load16_u', 'i64.load32_s', 'i64.load32_u'],
  f32: ['f32.load'],
  f64: ['f64.load'],
} as const

const giving = (type: NumName): readonly PlainNumeric[] => plainNumeric.filter(({ result }) => result === type)
const byResult = { i32: giving('i32'), i64: giving('i64'), f32: giving('f32'), f64: giving('f64') }
/** Traps on most floats, so it is used seldom. */
const traps = ({ name }: PlainNumeric): boolean => /\.trunc_f\d\d_[su]$/.test(name)

const constantRule: ValueRule = ({ random }, type) => {
  if (random.chance(40) && type.startsWith('i')) return constant(type, BigInt(random.between(-2, 70)))
  return constant(type, random.pick(random.chance(50) ? FEW[type] : EDGES[type]))
}

const localRule: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : ins('local.get', local)
}

const globalRule: ValueRule = ({ random, around }, type) => {
  const fitting = around.globals.filter((global) => global.type === type)
  return fitting.length === 0 ? undefined : ins('global.get', random.pick(fitting).index)
}

const leaf: ValueRule = (w, type, raw) =>
  (w.random.chance(60) ? localRule(w, type, raw) : undefined) ??
  (w.random.chance(30) ? globalRule(w, type, raw) : undefined) ??
  constantRule(w, type, raw)

/** Replaces a NaN by the canonical one, as engines may differ in what arithmetic gives. */
function canonical(w: Writer, type: NumName): number[] {
  if (type !== 'f32' && type !== 'f64') return []
  const kept = w.scratch(type)
  const get = ins('local.get', kept)
  const nan = constant(type, canonicalNan(type))
  return [...ins('local.tee', kept), ...nan, ...get, ...get, ...opcode(`${type}.eq`), ...opcode('select')]
}

const numericRule: ValueRule = (w, type, raw) => {
  const op = w.random.pick(byResult[type])
  if (traps(op) && w.random.chance(95)) return undefined
  const operands = w.values(op.params, op.arithmetic)
  const divides = /\.(div|rem)_/.test(op.name) && w.random.chance(96)
  const guard = divides ? [...constant(type, 1n), ...opcode(type === 'i32' ? 'i32.or' : 'i64.or')] : []
  const settled = op.arithmetic && !raw ? canonical(w, op.result) : []
  return [...operands, ...guard, ...opcode(op.name), ...settled]
}

const teeRule: ValueRule = (w, type) => {
  const local = w.local(type)
  return local === undefined ? undefined : [...w.value(type), ...ins('local.tee', local)]
}

const selectRule: ValueRule = (w, type) => [...w.values([type, type, 'i32']), ...opcode('select')]

const loadRule: ValueRule = (w, type) => {
  const [offset, code] = address(w)
  return [...code, ...access(w.random.pick(LOADS[type]), offset)]
}

const sizeRule: ValueRule = ({ random }, type) => {
  if (type !== 'i32') return undefined
  if (random.chance(30)) return ins('table.size', 0)
  return random.chance(50)
    ? ins('memory.size', 0)
    : [...constant('i32', BigInt(random.below(3))), ...ins('memory.grow', 0)]
}

const NANS = { f32: 0x7f80_0001n, f64: 0x7ff0_0000_0000_0001n } as const

/** A float made of bits, a signalling NaN most often, and bits made of a float. */
const bitsRule: ValueRule = (w, type) => {
  if (type === 'i32' || type === 'i64')
    return [...w.value(type === 'i32' ? 'f32' : 'f64'), ...toBits(type === 'i32' ? 'f32' : 'f64')]
  const bits = w.random.chance(70)
    ? constant(carrier(type), NANS[type] | BigInt(w.random.bits() & 0x803f_ffff))
    : w.value(carrier(type))
  return [...bits, ...fromBits(type)]
}

/** An i64 of which one word is not needed. */
const halfRule: ValueRule = (w, type) => {
  if (type !== 'i64') return undefined
  const shift = [...constant('i64', 32n), ...opcode(w.random.pick(['i64.shr_u', 'i64.shr_s', 'i64.shl'] as const))]
  const mask = [...constant('i64', w.random.pick([0xffff_ffffn, 0xffff_ffff_0000_0000n])), ...opcode('i64.and')]
  return [...(numericRule(w, type, false) ?? w.value(type)), ...(w.random.chance(50) ? shift : mask)]
}

/** A value that waits while a statement runs. */
const waitingRule: ValueRule = (w, type) => [...w.value(type), ...w.statement()]

export const plainValues: Pick<Rules, 'leaf' | 'values'> = {
  leaf,
  values: [
    [10, leaf],
    [34, numericRule],
    [6, teeRule],
    [5, selectRule],
    [8, loadRule],
    [3, sizeRule],
    [8, waitingRule],
    [14, hazard],
    [4, bitsRule],
    [4, halfRule],
  ],
}
