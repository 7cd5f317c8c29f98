// What a meaning of an op is (meanings.ts, bigint.ts), in types: each op has one, for as many operands as it takes.

import type { I64Op, IrOp, OperandsOf, VectorOp } from '../3-ir/ops/index.ts'
import type { RuntimeArguments, RuntimeFunction } from '../3-ir/runtime-names.ts'
import type { Node } from './build.ts'

/** Calls a runtime function, which the output then carries. */
export type CallRuntime = <Name extends RuntimeFunction>(name: Name, ...args: RuntimeArguments<Name, Node>) => Node

/** Operands come raw (build.ts); the result is raw too. */
export type Unary = (runtime: CallRuntime, x: Node) => Node
export type Binary = (runtime: CallRuntime, x: Node, y: Node) => Node

/** Any meaning: what to build, or the runtime function to call with operands in full. */
export type Meaning = ((runtime: CallRuntime, ...operands: Node[]) => Node) | RuntimeFunction

/** The meanings that the emitter of a function goes by. */
export type Meanings = Readonly<Partial<Record<IrOp, Meaning>>>

type Count<Items extends readonly unknown[]> = Items['length']

/** How many operands a meaning is for. */
type CountOf<Given> = Given extends RuntimeFunction
  ? Count<RuntimeArguments<Given, 0>>
  : Given extends (runtime: CallRuntime, ...operands: infer Operands) => Node
    ? Count<Operands>
    : never

/** What a table of meanings satisfies, given its type, if each is for as many operands as its op takes. */
export type Counted<Table> = {
  readonly [Op in keyof Table]: Op extends IrOp
    ? CountOf<Table[Op]> extends Count<OperandsOf<Op, 0>>
      ? Table[Op]
      : never
    : never
}

/** Ops on BigInts. */
export type BigIntOp = Exclude<I64Op, Absent>

/** Ops that have no meaning by themselves: the words of a BigInt, an address with its index, and what is looked up in a table. */
export type Part = 'i64.low' | 'i64.high' | 'i32.indexed' | 'i32.lookup'

/** Ops on i64 that engines have no instruction on BigInts for: lowering leaves none. */
type Absent =
  | Part
  | `i64.${'clz' | 'ctz' | 'popcnt' | 'rotr' | 'eqz' | 'div_s' | 'div_u' | 'rem_s' | 'rem_u' | 'reinterpret_f64'}`
  | `i64.extend${8 | 16 | 32}_s`
  | `i64.trunc${'' | '_sat'}_f${32 | 64}_${'s' | 'u'}`
  | `f${32 | 64}.convert_i64_${'s' | 'u'}`
  | 'f64.reinterpret_i64'
  | 'i64.mul_high_u'
  | 'i32.sat_i64_u'
  | 'i32.wrap_i64'

/** All others: their operands are words, floats and references. */
export type WordOp = Exclude<IrOp, I64Op | VectorOp | Part>
