// Value types at the boundary to JavaScript, a row for each: how JavaScript's values become Wasm's and back, what is there
// where no value is given, and how the object of a shared global holds one. Functions, globals and tables go by these rows
// alone; a type without a row is a type error, here or where it is looked up.

import type { ValueLetter } from '../../runtime/value-types.ts'
import {
  type AbstractHeapType,
  isRef,
  type NumType,
  type RefType,
  type ValType,
  type VecType,
} from '../0-wasm/types.ts'
import type { RuntimeFunction, RuntimeName } from '../3-ir/runtime-names.ts'
import { at, bin, call, dot, id, literal, type Node, num, text, unary } from './build.ts'

/** Gives a runtime declaration, which the output then carries. */
export interface Use {
  (name: RuntimeName): Node
  /** The runtime's object for a type of references that has no letter. */
  readonly reference: (type: RefType) => Node
}

type Getter = Extract<RuntimeFunction, 'global_get' | `global_get_${string}`>
type Putter = Extract<RuntimeFunction, `global_put_${string}`>

/** As far as the boundary tells types apart. */
export type ValueKind = NumType | VecType | 'func' | 'extern' | 'exn' | 'reference'

export interface ValueRow {
  /** What the runtime calls the type; undefined: it has an object for each. */
  readonly letter: ValueLetter | undefined
  /** Undefined: JavaScript never sees such values, and a function that would convert one throws a TypeError. */
  readonly conversions: Conversions | undefined
  /** The registers of the value that is there where none is given. */
  readonly zero: readonly Node[]
  /** What holds the registers in the object of a shared global. */
  readonly fields: readonly ('v' | 'h' | 'y' | 'z')[]
  /** The runtime functions with which JavaScript reads and sets such a global. */
  readonly get: Getter
  readonly put: Putter
  /** Whether a variable that holds one may hold a NaN whose bits count. */
  readonly isDouble: boolean
}

export interface Conversions {
  /** ToWebAssemblyValue: the registers. Those after the first may be cells, which evaluating the first one has set. */
  readonly toWasm: (use: Use, x: Node, type: ValType) => readonly Node[]
  /** ToJSValue. */
  readonly toJs: (use: Use, registers: readonly Node[], type: ValType) => Node
}

const same = (_: Use, [register]: readonly Node[]): Node => register!

const ROWS: Readonly<Record<ValueKind, ValueRow>> = {
  i32: {
    letter: 'i',
    conversions: { toWasm: (_, x) => [bin('|', x, num(0))], toJs: same },
    zero: [num(0)],
    fields: ['v'],
    get: 'global_get',
    put: 'global_put_i',
    isDouble: false,
  },
  i64: {
    letter: 'I',
    conversions: {
      toWasm: (use, x) => [call(use('i64_in'), [x]), at(use('ri'), num(0))],
      toJs: (use, words) => call(use('i64_out'), words),
    },
    zero: [num(0), num(0)],
    fields: ['v', 'h'],
    get: 'global_get_I',
    put: 'global_put_I',
    isDouble: false,
  },
  f32: {
    letter: 'f',
    conversions: { toWasm: (use, x) => [call(use('fround'), [x])], toJs: same },
    zero: [num(0)],
    fields: ['v'],
    get: 'global_get',
    put: 'global_put_f',
    isDouble: false,
  },
  f64: {
    letter: 'd',
    conversions: { toWasm: (_, x) => [unary('+', x)], toJs: same },
    zero: [num(0)],
    fields: ['v'],
    get: 'global_get',
    put: 'global_put_d',
    isDouble: true,
  },
  v128: {
    letter: 'v',
    conversions: undefined,
    zero: [num(0), num(0), num(0), num(0)],
    fields: ['v', 'h', 'y', 'z'],
    get: 'global_get_none',
    put: 'global_put_none',
    isDouble: false,
  },
  func: {
    letter: 'F',
    conversions: {
      toWasm: (use, x) => [call(use('ref_in_F'), [x])],
      toJs: (use, [raw]) => call(use('ref_out_F'), [raw!]),
    },
    zero: [id('null')],
    fields: ['v'],
    get: 'global_get_F',
    put: 'global_put_F',
    isDouble: false,
  },
  extern: {
    letter: 'x',
    conversions: { toWasm: (_, x) => [x], toJs: same },
    zero: [id('null')],
    fields: ['v'],
    get: 'global_get',
    put: 'global_put_x',
    isDouble: false,
  },
  exn: {
    letter: 'e',
    conversions: undefined,
    zero: [id('null')],
    fields: ['v'],
    get: 'global_get_none',
    put: 'global_put_none',
    isDouble: false,
  },
  reference: {
    letter: undefined,
    conversions: {
      toWasm: (use, x, type) => [call(dot(use.reference(type as RefType), 'take'), [x, literal(false, 'false')])],
      toJs: (use, [v], type) => call(dot(use.reference(type as RefType), 'give'), [v!]),
    },
    zero: [id('null')],
    fields: ['v'],
    get: 'global_get_ref',
    put: 'global_put_ref',
    isDouble: false,
  },
}

/** The kinds of references that may be null. */
const REFERENCES: Readonly<Record<AbstractHeapType, 'func' | 'extern' | 'exn' | 'reference'>> = {
  func: 'func',
  extern: 'extern',
  any: 'reference',
  eq: 'reference',
  i31: 'reference',
  struct: 'reference',
  array: 'reference',
  exn: 'exn',
  none: 'reference',
  nofunc: 'reference',
  noextern: 'reference',
  noexn: 'exn',
}

/** The kind of a type. */
export function kindOf(type: ValType): ValueKind {
  if (!isRef(type)) return type
  if (typeof type.heap === 'number') return 'reference'
  return type.nullable ? REFERENCES[type.heap] : 'reference'
}

/** What the runtime calls a type. */
export function letterOf(use: Use, type: ValType): Node {
  const { letter } = rowOf(type)
  return letter === undefined ? use.reference(type as RefType) : text(letter)
}

/** The same of what an exception carries, which needs no more of references to exceptions than that JavaScript sees none. */
export const carriedLetterOf = (use: Use, type: ValType): Node => (isException(type) ? text('e') : letterOf(use, type))

/** The row of a type. */
export const rowOf = (type: ValType): ValueRow => ROWS[kindOf(type)]

/** How values of a type are converted; undefined: a function that would convert one throws a TypeError. */
export const conversionsOf = (type: ValType): Conversions | undefined =>
  isException(type) ? undefined : rowOf(type).conversions

/** Whether a type is exnref or below it, also one whose values are never null. */
const isException = (type: ValType): boolean =>
  isRef(type) && typeof type.heap !== 'number' && REFERENCES[type.heap] === 'exn'
