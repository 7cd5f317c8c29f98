// The operand stack of lowering, on which many values may be one entry: those of a tuple (tuples.ts), which a call or a block
// has given, until somebody asks for one of them. An instruction of two bytes may give or take a thousand values; so its
// text is short all the same, and that of a function is linear in its code.
//
//   (call $f)              ;; 1000 results     t = f()
//   (br_if $out (local.get 0))                 if (a) { r = t; break out }
//   (drop) (local.set 1)                       b = t[998]
//   (call $g)              ;; 998 arguments    g(t.slice(0, 998))

import type { ValType } from '../0-wasm/types.ts'
import type { Expr, RegRead } from '../3-ir/expr.ts'
import { NONE } from '../3-ir/expr-nodes.ts'
import { operation, regRead } from '../3-ir/expressions.ts'
import type { Reg } from '../3-ir/ir.ts'
import { OperandStack } from '../3-ir/operands.ts'
import { isTuple, registerType } from '../3-ir/registers.ts'
import { partOf, startsOf, type Tuple, tupleOfValues, valueIn } from './tuples.ts'

/** Values of a tuple, side by side, that are one entry of the stack. */
interface Span {
  readonly entry: number
  readonly tuple: Tuple
  readonly from: number
  readonly to: number
}

/** Words in tuples that something takes together: if there are more, it takes a tuple. */
const MAX_ONE_BY_ONE = 8

/** A larger tree is put into a register before it becomes an operand. */
const MAX_OPERAND = 32

export class ValueStack extends OperandStack {
  /** By entry, ascending: few stacks have any. */
  readonly #spans: Span[] = []
  /** By list of types, each of which is an object of its own. */
  readonly #layouts = new Map<readonly ValType[], Omit<Tuple, 'reg'>>()

  override pop(count: number): Expr[] {
    if (this.#spans.length > 0) this.#spread(count)
    return super.pop(count)
  }

  override popOne(): Expr {
    if (this.#spans.length > 0) this.#spread(1)
    return super.popOne()
  }

  override take(count: number): Expr[] {
    if (this.#spans.length > 0) this.#spread(count)
    return super.take(count)
  }

  override takeOne(): Expr {
    if (this.#spans.length > 0) this.#spread(1)
    return super.takeOne()
  }

  override peek(count: number): readonly Expr[] {
    if (this.#spans.length > 0 && this.#spread(count)) this.forceAll()
    return super.peek(count)
  }

  override cut(height: number): void {
    while (this.#spans.length > 0 && this.#spans[this.#spans.length - 1]!.entry >= height) this.#spans.pop()
    super.cut(height)
  }

  /** How many entries are below the topmost `count` values. */
  heightBelow(count: number): number {
    let left = count
    let height = this.height
    for (let i = this.#spans.length - 1; left > 0 && i >= 0; i--) {
      const { entry, tuple, from, to } = this.#spans[i]!
      if (height - left > entry) break
      left -= height - entry - 1 + to - from
      height = entry
      if (left < 0) return this.#split(i, tuple, from - left)
    }
    return height - left
  }

  /** Whether many of the topmost `count` values are in tuples: one by one they are text that is far longer than the code. */
  hasTuples(count: number): boolean {
    let left = count
    let height = this.height
    let words = 0
    for (let i = this.#spans.length - 1; i >= 0; i--) {
      const { entry, tuple, from, to } = this.#spans[i]!
      left -= height - entry - 1
      if (left <= 0) break
      const { starts } = tuple
      words += starts[to]! - starts[Math.max(from, to - left)]!
      if (words > MAX_ONE_BY_ONE) return true
      left -= to - from
      height = entry
    }
    return false
  }

  /** Pops values of these types, deepest first, that are handed over together: a tuple if they are many. */
  popValues(types: readonly ValType[]): Expr[] {
    return isTuple(types) ? [this.popTuple(types.length)] : this.pop(types.length)
  }

  /** The same for values that stay on the stack, where nothing may be pending. */
  peekValues(types: readonly ValType[]): readonly Expr[] {
    return isTuple(types) ? [this.peekTuple(types)] : this.peek(types.length)
  }

  /** Pops values as one tuple. */
  popTuple(count: number): Expr {
    const bottom = this.heightBelow(count)
    const spans = this.#spansFrom(bottom)
    const entries = super.take(this.height - bottom)
    const parts: Expr[] = []
    let from = 0
    for (const span of spans) {
      const to = span.entry - bottom
      if (to > from) parts.push(this.#tuple(entries.slice(from, to)))
      parts.push(partOf(span.tuple, span.from, span.to))
      from = to + 1
    }
    if (entries.length > from) parts.push(this.#tuple(entries.slice(from)))
    const join = (left: Expr, right: Expr): Expr => operation('tuple.concat', [this.#small(left), this.#small(right)])
    return this.#small(parts.reduce(join))
  }

  /** Values of the first `count` of these types, which stay on the stack, as one tuple that can be used more than once. */
  peekTuple(types: readonly ValType[], count = types.length): RegRead {
    const value = this.popTuple(count)
    const read = (value.kind === 'reg' ? value : this.name(value)) as RegRead
    this.#pushSpan(this.#tupleIn(read.reg, types), 0, count)
    return read
  }

  /** Pushes the values of a tuple in a register that is not set again while they are here. */
  pushTuple(reg: Reg, types: readonly ValType[]): void {
    this.#pushSpan(this.#tupleIn(reg, types), 0, types.length)
  }

  /** Pushes values that are handed over, in registers which nothing sets while they are on the stack. */
  pushRegisters(regs: readonly Reg[], types: readonly ValType[]): void {
    this.pushSaved(regs.length === 0 ? NONE : regs.map(regRead), types)
  }

  /** The same for what `peekValues` has given. */
  pushSaved(values: readonly Expr[], types: readonly ValType[]): void {
    if (isTuple(types)) this.pushTuple((values[0] as RegRead).reg, types)
    else this.pushStable(values)
  }

  #pushSpan(tuple: Tuple, from: number, to: number): void {
    const entry = this.height
    this.push(regRead(tuple.reg))
    this.#spans.push({ entry, tuple, from, to })
  }

  /** Puts what is above a value of span number `index` onto an entry of its own. @returns the height below it */
  #split(index: number, tuple: Tuple, at: number): number {
    const above = this.#spans.splice(index)
    const { entry, from, to } = above[0]!
    this.insert(entry, regRead(tuple.reg))
    this.#spans.push({ entry, tuple, from, to: at }, { entry: entry + 1, tuple, from: at, to })
    for (const span of above.slice(1)) this.#spans.push({ ...span, entry: span.entry + 1 })
    return entry + 1
  }

  /** Takes away what says that entries from `bottom` on are more values than one. */
  #spansFrom(bottom: number): Span[] {
    let first = this.#spans.length
    while (first > 0 && this.#spans[first - 1]!.entry >= bottom) first--
    return this.#spans.splice(first)
  }

  /** Makes the topmost `count` values entries of their own. @returns whether one was not */
  #spread(count: number): boolean {
    if (this.#spans[this.#spans.length - 1]!.entry < this.height - count) return false
    const bottom = this.heightBelow(count)
    const spans = this.#spansFrom(bottom)
    const entries = super.pop(this.height - bottom)
    let next = 0
    entries.forEach((entry, i) => {
      const span = spans[next]
      if (span?.entry !== bottom + i) return this.push(entry)
      next++
      for (let value = span.from; value < span.to; value++) this.push(valueIn(span.tuple, value))
    })
    return true
  }

  #tuple(values: readonly Expr[]): Expr {
    return tupleOfValues(values, (e) => this.atom(e))
  }

  #tupleIn(reg: Reg, types: readonly ValType[]): Tuple {
    let known = this.#layouts.get(types)
    if (known === undefined) {
      known = { types: types.map(registerType), starts: startsOf(types) }
      this.#layouts.set(types, known)
    }
    return { reg, ...known }
  }

  #small(e: Expr): Expr {
    return e.size > MAX_OPERAND ? this.name(e) : e
  }
}
