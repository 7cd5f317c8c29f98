// Whether a function is worth a version on BigInts. Some engines (V8 14.6; 13.6 does not) compile operations on BigInts that
// are cut to 64 bits as operations on machine words, as long as nothing makes a BigInt of them: values go from memory or from
// a typed array to memory or to a typed array. So a function that does little but i64 arithmetic has a second version, in
// which an i64 is one register, and which only those engines run.
//
//   i64.add    lo = al + bl | 0; hi = (ah + bh | 0) + (lo >>> 0 < al >>> 0) | 0        sx(64, a + b)
//
// Its registers are variables, and where loops or branches meet elements of one array for all functions (cells.ts).

import type { Expr, LoadOp } from '../../3-ir/expr.ts'
import { TYPE_BIT } from '../../3-ir/expr-nodes.ts'
import type { Func, List, Stmt } from '../../3-ir/ir.ts'
import { weightInside } from '../../3-ir/loop-weight.ts'
import type { IrOp } from '../../3-ir/ops/index.ts'

/** How many machine instructions an operation saves, about, if it is one on BigInts and not several on words. */
const GAINS: { readonly [Op in IrOp | LoadOp]?: number } = {
  'i64.mul': 12,
  'i64.mul_high_u': 20,
  'i64.add': 3,
  'i64.sub': 3,
  'i64.rotl': 3,
  'i64.rotr': 3,
  'i64.shl': 2,
  'i64.shr_u': 2,
  'i64.shr_s': 2,
  'i64.and': 1,
  'i64.or': 1,
  'i64.xor': 1,
  'i64.load': 1,
  'i64.rem_u': 12,
  'i64.div_u': 12,
  'i64.clz': -12,
  'i64.ctz': -12,
  'i64.popcnt': -12,
  'f64.convert_i64_s': -6,
  'f64.convert_i64_u': -6,
  'i32.wrap_i64': -1,
  'i32.sat_i64_u': -6,
}

const CALL_GAIN = -10
const STORE_GAIN = 1

/** What it must gain to be worth a second version. */
const LEAST_GAIN = 30

/** Whether it pays to give a function, whose i64 are values still, a version on BigInts. */
export function paysBigInt(func: Func): boolean {
  const count = new Count()
  count.list(func.body, 1)
  return count.gain >= LEAST_GAIN && count.gain >= count.operations
}

class Count {
  gain = 0
  operations = 0
  #weight = 1

  list(list: List, weight: number): void {
    for (let i = 0; i < list.length; i++) {
      const stmt = list[i]!
      this.#weight = weight
      this.#stmt(stmt)
      const inner = weightInside(stmt, weight)
      for (let j = 0; j < stmt.bodies.length; j++) this.list(stmt.bodies[j]!, inner)
    }
  }

  #stmt(stmt: Stmt): void {
    for (let i = 0; i < stmt.args.length; i++) this.#expr(stmt.args[i]!)
    if (stmt.kind === 'store') this.#add(stmt.op === 'i64.store' ? STORE_GAIN : 0)
    else if (stmt.kind === 'if' || stmt.kind === 'switch' || stmt.kind === 'global.set') this.#add(0)
  }

  #expr(e: Expr): void {
    for (let i = 0; i < e.args.length; i++) this.#expr(e.args[i]!)
    if (e.kind === 'call' || e.kind === 'call_indirect') this.#add(CALL_GAIN)
    else if (e.kind === 'op' || e.kind === 'load') this.#add((e.types & TYPE_BIT.i64) === 0 ? 0 : (GAINS[e.op] ?? 0))
    else if (e.kind !== 'reg' && e.kind !== 'const') this.#add(0)
  }

  /** An operation; what moves values and control, engines do for nothing. */
  #add(gain: number): void {
    this.gain += gain * this.#weight
    this.operations += this.#weight
  }
}
