// What registers and expressions may be, whichever way control goes: known bits of integers, and whether a float may be a
// NaN with bits of its own.
//
//   p = 1024; loop ... p = p + 4        p is a multiple of 4
//   x = i64.extend_i32_s (...)          33 copies of the sign, wherever x is read

import {
  ANY32,
  ANY64,
  anyOf,
  bottomHigh,
  bottomLow,
  countTrailingZeros,
  join,
  type KnownBits,
  known,
  topHigh,
  topLow,
  withZeros,
} from '../../3-ir/bits/known-bits.ts'
import { bitsIn, widthOf } from '../../3-ir/bits/of-tree.ts'
import type { Const, Expr } from '../../3-ir/expr.ts'
import type { Func, Reg } from '../../3-ir/ir.ts'
import { OPS } from '../../3-ir/ops/index.ts'
import { DefUse } from './def-use.ts'
import { type Facts, type Forward, solveForward } from './sparse.ts'

export const findValues = (func: Func, uses?: DefUse): Values => new Values(func, uses)

/** Facts are found when they are first asked for. */
export class Values {
  readonly #func: Func
  readonly #uses: DefUse
  #foundIntegers: Facts<KnownBits> | undefined
  #foundFloats: Facts<boolean> | undefined
  #knownReads: number | undefined

  constructor(func: Func, uses = new DefUse(func)) {
    this.#func = func
    this.#uses = uses
  }

  get #integers(): Facts<KnownBits> {
    this.#foundIntegers ??= this.#solve(INTEGERS)
    return this.#foundIntegers
  }

  get #floats(): Facts<boolean> {
    this.#foundFloats ??= this.#solve(FLOATS)
    return this.#foundFloats
  }

  #solve<Fact>(domain: Forward<Fact>): Facts<Fact> {
    return solveForward(this.#func, this.#uses, domain)
  }

  /** A filter like `Expr.reads`: the registers that hold integers of which something is known. */
  get knownReads(): number {
    if (this.#knownReads === undefined) {
      let reads = 0
      this.#integers.forEach((bits, id) => {
        if (bits !== undefined && bits !== ANY32 && bits !== ANY64) reads |= 1 << (id & 31)
      })
      this.#knownReads = reads
    }
    return this.#knownReads
  }

  /** What is known of an integer. What is never set is not known. */
  of(e: Expr): KnownBits {
    return bitsIn(e, this.#integers) ?? anyOf(widthOf(e.type))
  }

  /** What is known of a register that holds an integer. */
  ofReg({ id, type }: Reg): KnownBits {
    return this.#integers[id] ?? anyOf(widthOf(type))
  }

  /** Whether a float may be a NaN with bits of its own, and not one that arithmetic gives. */
  mayBeOwnNan(e: Expr): boolean {
    const reads = e.kind === 'reg' || e.kind === 'select'
    return isOwnNan(e, reads ? this.#floats : NO_FACTS) ?? true
  }
}

/** What is known of registers to what reads none. */
const NO_FACTS: Facts<never> = []

const INTEGERS: Forward<KnownBits> = {
  covers: ({ type }) => type === 'i32' || type === 'i64' || type === 'i64cell',
  top: ({ type }) => anyOf(widthOf(type)),
  transfer: bitsIn,
  join: meet,
}

const FLOATS: Forward<boolean> = {
  covers: ({ type }) => type === 'f32' || type === 'f64',
  top: () => true,
  transfer: isOwnNan,
  join: (old, made) => old || made,
}

/** Nothing happens to the bits of an f64 NaN that is quiet. */
const isOwnNanConstant = ({ type, value, hi }: Const): boolean =>
  Number.isNaN(value) && !(type === 'f64' && (hi & QUIET_F64) !== 0)

/** In the high word. */
const QUIET_F64 = 0x80000

/** From memory, a parameter, a call, a reinterpretation, or a constant. */
function isOwnNan(e: Expr, facts: Facts<boolean>): boolean | undefined {
  switch (e.kind) {
    case 'const':
      return isOwnNanConstant(e)
    case 'op':
      return OPS[e.op].makesNan
    case 'reg':
      return facts[e.reg.id]
    case 'select': {
      const [then, otherwise] = [isOwnNan(e.then, facts), isOwnNan(e.else, facts)]
      return then === undefined || otherwise === undefined ? undefined : then || otherwise
    }
    default:
      return true
  }
}

/** A register that has changed so often loses whole bytes at a time, then all but its zeros at the bottom, then all. */
const [BYTES, ZEROS, ALL] = [3, 12, 20]

/** A counter would lose one bit each time that it is looked at. */
function meet(old: KnownBits, made: KnownBits, changes: number): KnownBits {
  const both = join(old, made)
  if (both.equals(old)) return old
  if (changes < BYTES) return both
  if (changes < ZEROS) return widen(old, both)
  return changes < ALL ? withZeros(both.width, 0, both.trailingZeros) : anyOf(both.width)
}

/** Where unknown bits may end: where values from memory do. */
const ENDS = [8, 16, 32, 64]

const endOf = (bits: number): number => ENDS.find((end) => bits <= end)!

/** Makes unknown what is between the lowest bit that was lost and the next end above the highest. */
function widen(old: KnownBits, now: KnownBits): KnownBits {
  const { width } = now
  const lostLo = (old.zerosLo | old.onesLo) & ~(now.zerosLo | now.onesLo)
  const lostHi = (old.zerosHi | old.onesHi) & ~(now.zerosHi | now.onesHi)
  const signs = width + 1 - endOf(width + 1 - now.signs)
  if ((lostLo | lostHi) === 0) return known(width, now.zerosLo, now.zerosHi, now.onesLo, now.onesHi, signs)
  const above = width - endOf(lostHi === 0 ? 32 - Math.clz32(lostLo) : 64 - Math.clz32(lostHi))
  const below = lostLo === 0 ? 32 + countTrailingZeros(lostHi) : countTrailingZeros(lostLo)
  const lo = topLow(width, above) | bottomLow(below)
  const hi = topHigh(width, above) | bottomHigh(width, below)
  return known(width, now.zerosLo & lo, now.zerosHi & hi, now.onesLo & lo, now.onesHi & hi, signs)
}
