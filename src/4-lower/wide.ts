// Wide functions. Some engines (V8 14.6; 13.6 does not) compile operations on BigInts that are cut to 64 bits as operations on
// machine words, as long as nothing makes a BigInt of them: values go from memory or from a typed array to memory or to a
// typed array. So a function that does little but i64 arithmetic has a second version, in which an i64 is one register,
// and which only those engines run.
//
//   i64.add    lo = al + bl | 0; hi = (ah + bh | 0) + (lo >>> 0 < al >>> 0) | 0        sx(64, a + b)
//
// Its registers are variables, and where loops or branches meet elements of one array for all functions (wide-cells.ts).

import { type OpName, ops } from '../0-wasm/ops/index.ts'

/** What an instruction costs less as one operation than on words: about so many machine instructions. */
const GAINS: Partial<Record<OpName, number>> = {
  'i64.mul': 12,
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
  'i64.store': 1,
  'i64.rem_u': 12,
  'i64.div_u': 12,
  'i64.clz': -12,
  'i64.ctz': -12,
  'i64.popcnt': -12,
  'f64.convert_i64_s': -6,
  'f64.convert_i64_u': -6,
  'i32.wrap_i64': -1,
  'call': -10,
  'call_indirect': -10,
}

/** What moves values and control: engines move them for nothing. */
const MOVE = /^(local[.]|loop$|block$|end$|br$|nop$)|[.]const$/

const GAIN_OF = ops.map(({ name }) => GAINS[name] ?? 0)
const COST_OF = ops.map(({ name }) => Number(!MOVE.test(name)))

/** What it must gain to be worth a second version. */
const LEAST_GAIN = 30

/** A loop makes eight times the weight of its body, as a power of two. */
const LOOP_WEIGHT = 3
const MAX_DEPTH = 4

/** Counts what a function would gain. */
export class WideGain {
  #gain = 0
  #instructions = 0

  /**
   * @param op `Op.id`
   * @param loops around the instruction
   */
  count(op: number, loops: number): void {
    const weight = 1 << (LOOP_WEIGHT * Math.min(loops, MAX_DEPTH))
    this.#gain += GAIN_OF[op]! * weight
    this.#instructions += COST_OF[op]! * weight
  }

  get pays(): boolean {
    return this.#gain >= LEAST_GAIN && this.#gain >= this.#instructions
  }
}
