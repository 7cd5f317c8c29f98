// The table of loads and stores: widths and types from the instruction table, the rest from here.

import { type CompiledOp, isCompiled, type Op, ops, type table } from '../../0-wasm/ops/index.ts'
import type { OpType } from './rows.ts'

type AccessRow<Signature extends string> = readonly [number, Signature, 'read' | 'write', `memarg/${number}`]

type AccessOfType<Signature extends string> = {
  [Op in CompiledOp]: (typeof table)[Op] extends AccessRow<Signature> ? Op : never
}[CompiledOp]

/** Loads of a part of a v128: lowering makes them of loads of numbers. */
type PartOfVector = Exclude<AccessOfType<'addr -> v128'>, 'v128.load'>

/** Loads and stores of Wasm. */
export type LoadOp = Exclude<AccessOfType<`addr -> ${OpType}`>, PartOfVector>
export type StoreOp = AccessOfType<`addr ${OpType} -> `>
export type AccessOp = LoadOp | StoreOp

/** Accesses of one element as JavaScript has them: those that `legalize` leaves. */
export type ElementLoad = Exclude<LoadOp, `i64.load${8 | 16 | 32}_${'s' | 'u'}` | 'v128.load'>
export type ElementStore = Exclude<StoreOp, `i64.store${8 | 16 | 32}` | 'v128.store'>

export interface AccessFacts<Op extends AccessOp = AccessOp> {
  readonly op: Op
  /** How many bytes are accessed, and log2 of that. */
  readonly bytes: number
  readonly shift: number
  /** The type of the value that is loaded or stored. */
  readonly type: OpType
  /** Whether a load extends what it loads by its sign, or by zeros; undefined if it does neither. */
  readonly isSigned: boolean | undefined
  /** The access to the same bytes from or to an i32, if that is possible. */
  readonly word: Word<Op> | undefined
}

type Word<Op> = Op extends LoadOp ? Extract<LoadOp, `i32.${string}`> : Extract<StoreOp, `i32.${string}`>

/** Loads that extend, and whether by the sign. */
type Extending = Extract<LoadOp, `${string}_${'s' | 'u'}`>

const IS_SIGNED: { readonly [Op in Extending]: boolean } = {
  'i32.load8_s': true,
  'i32.load8_u': false,
  'i32.load16_s': true,
  'i32.load16_u': false,
  'i64.load8_s': true,
  'i64.load8_u': false,
  'i64.load16_s': true,
  'i64.load16_u': false,
  'i64.load32_s': true,
  'i64.load32_u': false,
}

/** Accesses to a part of an i64. */
type Narrow = Exclude<Extract<AccessOp, `i64.${string}`>, 'i64.load' | 'i64.store'>

const WORDS: { readonly [Op in Narrow]: Word<Op> } = {
  'i64.load8_s': 'i32.load8_s',
  'i64.load8_u': 'i32.load8_u',
  'i64.load16_s': 'i32.load16_s',
  'i64.load16_u': 'i32.load16_u',
  'i64.load32_s': 'i32.load',
  'i64.load32_u': 'i32.load',
  'i64.store8': 'i32.store8',
  'i64.store16': 'i32.store16',
  'i64.store32': 'i32.store',
}

function factsOf({ name, width: bytes, type }: Op): AccessFacts {
  const op = name as AccessOp
  const isSigned = IS_SIGNED[op as Extending] as boolean | undefined
  const valueType = (type!.results[0] ?? type!.params[1]) as OpType
  return {
    op,
    bytes,
    shift: Math.log2(bytes),
    type: valueType,
    isSigned,
    word: valueType === 'i32' ? (op as Word<AccessOp>) : WORDS[op as Narrow],
  }
}

const isAccess = (op: Op): boolean =>
  isCompiled(op) && op.immediates.join() === 'memarg' && op.type !== undefined && !isPartOfVector(op)

const isPartOfVector = ({ type, width }: Op): boolean => type?.results[0] === 'v128' && width < 16

const rows = ops.filter(isAccess).map((op) => [op.name, factsOf(op)])

export const ACCESSES = Object.fromEntries(rows) as { readonly [Op in AccessOp]: AccessFacts<Op> }

/** log2 of the bytes. */
export const shiftOf = (op: AccessOp): number => ACCESSES[op].shift

export const bytesOf = (op: AccessOp): number => ACCESSES[op].bytes
