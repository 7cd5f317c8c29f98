// What the operations of `plain` nodes take and give, and what they do themselves: those of Wasm by their rows of the
// instruction table, and those that the compiler adds. Where an i64 is two words, an operation on i64 takes the words,
// and gives the low word; the high one is its second result.

import { type Op, ops } from '../0-wasm/ops/index.ts'
import { TRAP } from './effects.ts'
import type { RegType } from './ir.ts'

export interface OpType {
  readonly params: readonly RegType[]
  /** The first is the type of the node. */
  readonly results: readonly RegType[]
  /** Effects of the operation itself: TRAP or nothing. */
  readonly own: number
}

/** Operations that are no instructions of Wasm. */
const ADDED: Readonly<Record<string, string>> = {
  'ref.is_null': 'ref -> i32',
  'i32.high_s': 'f64 i32 -> i32',
  'i32.high_u': 'f64 i32 -> i32',
  'i32.wrap_f64': 'f64 -> i32',
  'f64.element_index': 'i32 i32 -> f64',
  'i32.indexed': 'i32 f64 -> i32',
  'i64.low': 'i64 -> i32',
  'i64.high': 'i64 -> i32',
  'i64.join': 'i32 i32 -> i64',
  'i64.div_c': 'i64 i64 -> i64',
  'i64.rem_c': 'i64 i64 -> i64',
}

/** Those of BigInts have an i32 as their count. */
const BIGINT: Readonly<Record<string, string>> = {
  'i64.shl': 'i64 i32 -> i64',
  'i64.shr_s': 'i64 i32 -> i64',
  'i64.shr_u': 'i64 i32 -> i64',
  'i64.rotl': 'i64 i32 -> i64',
}

function typeOf(text: string, own = 0): OpType {
  const [params, results] = text.split('->').map((side) => side.split(' ').filter((atom) => atom !== '') as RegType[])
  return { params: params!, results: results!, own }
}

const isOp = ({ type, effect, immediates }: Op): boolean =>
  type?.results.length === 1 && immediates.length === 0 && (effect === 'pure' || effect === 'trap')

const words = (types: readonly RegType[]): RegType[] =>
  types.flatMap((type): RegType[] => (type === 'i64' ? ['i32', 'i32'] : [type]))

const TYPES = new Map<string, OpType[]>()

const add = (op: string, type: OpType): void => void TYPES.set(op, [...(TYPES.get(op) ?? []), type])

for (const op of ops.filter(isOp)) {
  const own = op.effect === 'trap' ? TRAP : 0
  const { params, results } = op.type as OpType
  add(op.name, { params, results, own })
  if (params.includes('i64') || results.includes('i64')) {
    // Zeros are counted in one word.
    const isCount = op.name === 'i64.clz' || op.name === 'i64.ctz'
    add(op.name, { params: words(params), results: isCount ? ['i32'] : words(results), own })
  }
}
for (const [op, text] of [...Object.entries(ADDED), ...Object.entries(BIGINT)]) add(op, typeOf(text))

/** The types that an operation may have; undefined: there is none of that name. */
export const opTypes = (op: string): readonly OpType[] | undefined => TYPES.get(op)

/** The type that an operation has on operands of these types, if it may have them; with this result, if it may. */
export function opTypeOn(op: string, operands: readonly RegType[], result?: RegType): OpType | undefined {
  const fitting = TYPES.get(op)?.filter(
    ({ params }) => params.length === operands.length && params.every((type, i) => isSameType(type, operands[i]!)),
  )
  return fitting?.find(({ results }) => results[0] === result) ?? fitting?.[0]
}

/** Whether values of two types are the same: a place for an i64 holds an i64. */
export const isSameType = (x: RegType, y: RegType): boolean => valueType(x) === valueType(y)

const valueType = (type: RegType): RegType => (type === 'i64cell' ? 'i64' : type)

/** An address, and the register that holds the index of the element there (5-optimize/indices.ts). */
export const INDEXED = 'i32.indexed'

/** Operands that the JavaScript of an operation has more than once. */
const REPEATED: Readonly<Record<string, readonly number[]>> = {
  'i32.rotl': [0, 1],
  'i32.rotr': [0, 1],
  'i32.ctz': [0],
  'f64.element_index': [0],
}

/** The same of operations on BigInts. */
const REPEATED_BIGINT: Readonly<Record<string, readonly number[]>> = { 'i64.rotl': [0] }

/** Whether an operand stands in the JavaScript of an operation more than once. */
export const isRepeated = (op: string, type: RegType, operand: number): boolean =>
  (type === 'i64' ? REPEATED_BIGINT[op] : REPEATED[op])?.includes(operand) === true

const REVERSED: ReadonlySet<string> = new Set(['i64.join', 'f64.convert_i64_s', 'f64.convert_i64_u'])

/** Whether the JavaScript of an operation evaluates the last operand first. */
export const isReversed = (op: string): boolean => REVERSED.has(op)

/** Operands that are constants: of shifts on BigInts, of divisions that cannot trap. */
const CONSTANT: Readonly<Record<string, number>> = {
  'f64.element_index': 1,
  'i64.div_c': 1,
  'i64.rem_c': 1,
}

const CONSTANT_BIGINT: Readonly<Record<string, number>> = {
  'i64.shl': 1,
  'i64.shr_s': 1,
  'i64.shr_u': 1,
  'i64.rotl': 1,
}

/** Which operand of an operation is a constant; undefined: none has to be. */
export const constantOperand = (op: string, operands: readonly RegType[]): number | undefined =>
  CONSTANT[op] ?? (operands[0] === 'i64' && operands[1] === 'i32' ? CONSTANT_BIGINT[op] : undefined)
