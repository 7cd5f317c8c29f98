// i64 values as words: two i32 registers for each i64 register, or one where the other word is known or not needed.

import type { Const, ElementLoad, Expr, Load, LoadOp, Operation } from '../../3-ir/expr.ts'
import { regRead } from '../../3-ir/expressions.ts'
import { choose, chooseMasked, isTruth, refold } from '../../3-ir/fold.ts'
import type { CallSet, Reg, Store } from '../../3-ir/ir.ts'
import type { Facts } from '../facts/facts.ts'
import { constantWords, loadWords, lowWord, storeWords } from './accesses.ts'
import type { Representation, Workplace } from './representation.ts'
import { wordRule } from './word-rules.ts'
import { signExtended, type Words, words, zeroExtended } from './words.ts'

/** Which words of an i64 register there are: both, or the low one, where the other is zero, its sign, or not needed. */
type Shape = 'both' | 'zero' | 'sign' | 'low'

interface Held {
  readonly shape: Shape
  readonly regs: readonly [lo: Reg, hi?: Reg]
  /** The value of the register, unless it has operations. */
  words: Words | undefined
}

export class AsWords implements Representation<Words> {
  readonly type = 'i64'
  readonly #at: Workplace
  readonly #facts: Facts | undefined
  /** By id of an i64 register. */
  readonly #held: (Held | undefined)[]

  /** @param facts undefined: every register has both words */
  constructor(at: Workplace, params: readonly Reg[], facts: Facts | undefined) {
    this.#at = at
    this.#facts = facts
    this.#held = new Array(at.fresh.regCount).fill(undefined)
    for (const reg of params) if (reg.type === 'i64') this.#hold(reg, 'both')
  }

  #hold(reg: Reg, shape: Shape): Held {
    const word = (): Reg => this.#at.fresh.reg('i32', reg.local)
    const held: Held = { shape, regs: shape === 'both' ? [word(), word()] : [word()], words: undefined }
    this.#held[reg.id] = held
    return held
  }

  #heldIn(reg: Reg): Held {
    return this.#held[reg.id] ?? this.#hold(reg, this.#shapeOf(reg))
  }

  #shapeOf(reg: Reg): Shape {
    if (this.#facts === undefined) return 'both'
    const bits = this.#facts.values.ofReg(reg)
    if (bits.highIsZero) return 'zero'
    if (!this.#facts.demands.needsHigh(reg)) return 'low'
    return bits.highIsSign ? 'sign' : 'both'
  }

  stays(): boolean {
    return true
  }

  called(node: CallSet['value']): Expr {
    return node
  }

  constant({ lo, hi }: Const): Words {
    return constantWords(lo, hi)
  }

  read(reg: Reg): Words {
    const held = this.#heldIn(reg)
    if (held.words !== undefined) return held.words
    const lo = regRead(held.regs[0])
    if (held.shape === 'sign') return signExtended(this.#at.stack, lo)
    held.words = held.shape === 'both' ? words(lo, regRead(held.regs[1]!)) : zeroExtended(lo)
    return held.words
  }

  registersOf(reg: Reg): readonly Reg[] {
    return this.#heldIn(reg).regs as readonly Reg[]
  }

  load(e: Load, addr: Expr): Words {
    return loadWords(
      this.#at.stack,
      e.op as Exclude<LoadOp, ElementLoad | 'v128.load'> | 'i64.load',
      e.memory,
      addr,
      e.offset,
    )
  }

  select(cond: Expr, then: Words, otherwise: Words): Words {
    const free = (e: Expr): Expr => (e.effects === 0 ? e : this.#at.stack.name(e))
    const arms = [then.lo, then.hi, otherwise.lo, otherwise.hi].map(free) as [Expr, Expr, Expr, Expr]
    const pick = isTruth(cond) ? chooseMasked : choose
    const once = this.#at.stack.atom(cond)
    return {
      ...words(pick(once, arms[0], arms[2]), pick(once, arms[1], arms[3])),
      isSigned: then.isSigned && otherwise.isSigned,
    }
  }

  operation(e: Operation, operands: readonly (Words | Expr)[]): Words | Expr {
    const rule = wordRule(e.op)
    if (rule === undefined) return refold(e, operands as readonly Expr[])
    const { stack } = this.#at
    return operands.length === 2 ? rule(stack, operands[0]!, operands[1]!) : rule(stack, ...operands)
  }

  set(reg: Reg, value: Words): void {
    const { shape } = this.#heldIn(reg)
    const values = shape === 'both' ? [value.lo, value.hi] : [lowWord(this.#at.stack, value)]
    this.#at.assign(this.registersOf(reg), values)
  }

  store(stmt: Store, addr: Expr, value: Words): void {
    for (const each of storeWords(this.#at.stack, stmt, addr, value)) this.#at.emit(each)
  }

  toWords({ lo, hi }: Words): readonly Expr[] {
    return [lo, hi]
  }

  fromWords([lo, hi]: readonly Expr[]): Words {
    return words(lo!, hi!)
  }

  entries({ lo, hi }: Words): readonly Expr[] {
    return [lo, hi]
  }

  withEntries(value: Words, entries: readonly Expr[], from: number): Words {
    const [lo, hi] = [entries[from]!, entries[from + 1]!]
    if (lo === value.lo && hi === value.hi) return value
    return { lo, hi, isSigned: value.isSigned, sum: undefined }
  }
}
