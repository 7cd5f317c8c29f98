// A loop that hands vectors on, as hash functions of several messages at once do, goes round once for each lane if no lane needs
// another one: a quarter of the variables has room in registers.
//
//   loop l0 {                              x3 = i32x4.extract_lane(x, 3); i3 = i; block b3 { loop l3 {
//     x = i32x4.add(x, v128.load(i));        x3 = add(x3, load(i3+12));
//     ...                                    ...
//     if (eqz(i)) { br out };                if (eqz(i3)) { br b3 };
//     i = sub(i, 16);                        i3 = sub(i3, 16);
//     br l0                                  br l3
//   }                                      } }
//                                          ... the same for the others, the lowest in `i` itself
//                                          x = v128.join(x0, x1, x2, x3); br out
//
// It has to be a loop that changes nothing but registers, and where it goes does not depend on vectors. The highest lane is first:
// if what it loads is in bounds so is all that the others load, and what traps in the loop, or never ends, does so there.

import { READ, TRAP } from '../3-ir/effects.ts'
import type { Expr, Operation } from '../3-ir/expr.ts'
import { TYPE_BIT } from '../3-ir/expr-nodes.ts'
import { i32, isAtom, load, operation, regRead, select } from '../3-ir/expressions.ts'
import { add, and, type BinaryOp, binary, not, or, sub, xor } from '../3-ir/fold.ts'
import type { Func, Label, List, Loop, Reg, Stmt } from '../3-ir/ir.ts'
import type { IrOp } from '../3-ir/ops/index.ts'
import { located } from '../3-ir/positions.ts'
import { Fresh } from '../3-ir/registers.ts'
import { block, branch, loop, setReg, withArgs, withBodies } from '../3-ir/statements.ts'
import { forEachReadIn, forEachStmt, mapBodies, replaceIn, substitute } from '../3-ir/walk.ts'
import { isRotation } from './rotations.ts'

/** @returns the function with a loop for each lane where that can be; the same function if there is none */
export function splitLanes(func: Func): Func {
  if (!func.hasVectors) return func
  const fresh = new Fresh(func)
  let whole: Whole | undefined
  const each = (stmt: Stmt): Stmt | List => {
    const made = mapBodies(stmt, list)
    if (made.kind !== 'loop' || !isRotation(made)) return made
    whole ??= { uses: usesIn(func.body).uses, always: new Set([...func.params, ...func.locals]) }
    return new LaneLoops(whole, made, fresh).all() ?? made
  }
  const list = (all: List): List => replaceIn(all, each)
  const body = list(func.body)
  return body === func.body ? func : { ...func, body, ...fresh.counts }
}

/** The function as it is given: which registers a loop shares is the same whatever becomes of other loops. */
interface Whole {
  /** How often registers are set or read in it. */
  readonly uses: ReadonlyMap<Reg, number>
  /** The registers that are there from the start. */
  readonly always: ReadonlySet<Reg>
}

const LANES = [0, 1, 2, 3]

class LaneLoops {
  readonly #whole: Whole
  readonly #loop: Loop
  readonly #fresh: Fresh
  /** How often registers are set or read in the loop. */
  readonly #uses: ReadonlyMap<Reg, number>
  readonly #sets: ReadonlySet<Reg>
  /** The words of the loop's vectors. */
  readonly #words = new Map<Reg, readonly Reg[]>()
  /** Where the loop is left to. */
  #exit: Label | undefined

  constructor(whole: Whole, body: Loop, fresh: Fresh) {
    this.#whole = whole
    this.#loop = body
    this.#fresh = fresh
    const { uses, sets } = usesIn(body.body)
    this.#uses = uses
    this.#sets = sets
  }

  /** Undefined: the loop stays as it is. */
  all(): List | undefined {
    const outer = this.#sharedRegisters()
    if (outer === undefined) return undefined
    const { at } = this.#loop
    for (const reg of this.#uses.keys())
      if (reg.type === 'v128')
        this.#words.set(
          reg,
          LANES.map(() => this.#fresh.reg('i32', reg.local)),
        )
    const before: Stmt[] = []
    const behind: Stmt[] = []
    for (const [reg, words] of this.#words) {
      if (this.#sets.has(reg) && !outer.has(reg)) continue
      words.forEach((word, lane) => {
        before.push(setReg(word, operation('i32x4.extract_lane', [regRead(reg), i32(lane)]), at))
      })
      if (this.#sets.has(reg)) behind.push(setReg(reg, operation('v128.join', fourReads(words)), at))
    }
    const loops: Stmt[] = []
    for (const lane of [3, 2, 1, 0]) {
      const made = this.#lane(lane, outer)
      if (made === undefined) return undefined
      loops.push(...made)
    }
    return this.#exit && [...before, ...loops, ...behind, branch(this.#exit, at)]
  }

  /**
   * The registers that the loop sets and others than it may use: those that are there from the start. Undefined if there is
   * another one that is used elsewhere, of which it is not known whether it is set when the loop begins or ends.
   */
  #sharedRegisters(): ReadonlySet<Reg> | undefined {
    const { uses, always } = this.#whole
    const isLoose = (reg: Reg): boolean => uses.get(reg) !== this.#uses.get(reg) && !always.has(reg)
    const sets = [...this.#sets]
    return sets.some(isLoose) ? undefined : new Set(sets.filter((reg) => always.has(reg)))
  }

  /** The loop for one lane; the last one sets the registers that are no vectors themselves. */
  #lane(lane: number, outer: ReadonlySet<Reg>): List | undefined {
    const { at, body } = this.#loop
    const scalars = new Map<Reg, Reg>()
    const before: Stmt[] = []
    for (const reg of lane === 0 ? [] : this.#sets) {
      if (reg.type === 'v128') continue
      const own = this.#fresh.reg(reg.type, reg.local)
      scalars.set(reg, own)
      if (outer.has(reg)) before.push(setReg(own, regRead(reg), at))
    }
    const [start, end] = [this.#fresh.label(), this.#fresh.label()]
    const copy = new Lane(lane, this.#words, scalars)
    const made = copy.list(body, (target) => {
      if (target === this.#loop.label) return start
      this.#exit ??= target
      return target === this.#exit ? end : undefined
    })
    return made && [...before, block(end, [loop(start, made, at)], at)]
  }
}

/** What may happen in such a loop: nothing that somebody else sees. */
const ALLOWED = READ | TRAP

/** Statements for one lane. */
class Lane {
  readonly #lane: number
  readonly #words: ReadonlyMap<Reg, readonly Reg[]>
  readonly #scalars: ReadonlyMap<Reg, Reg>

  constructor(lane: number, words: ReadonlyMap<Reg, readonly Reg[]>, scalars: ReadonlyMap<Reg, Reg>) {
    this.#lane = lane
    this.#words = words
    this.#scalars = scalars
  }

  /** @param labelFor where a branch goes instead; undefined: it cannot be */
  list(list: List, labelFor: (target: Label) => Label | undefined): List | undefined {
    const made: Stmt[] = []
    for (const stmt of list) {
      const done = this.#stmt(stmt, labelFor)
      if (done === undefined) return undefined
      made.push(done)
    }
    return made
  }

  #stmt(stmt: Stmt, labelFor: (target: Label) => Label | undefined): Stmt | undefined {
    if (stmt.kind === 'br') {
      const target = labelFor(stmt.target)
      return target && branch(target, stmt.at)
    }
    if (stmt.kind === 'set') {
      if (stmt.reg.type !== 'v128') {
        const value = this.#scalar(stmt.value)
        return value && setReg(this.#scalars.get(stmt.reg) ?? stmt.reg, value, stmt.at)
      }
      const value = this.#word(stmt.value)
      return value && setReg(this.#words.get(stmt.reg)![this.#lane]!, value, stmt.at)
    }
    if (stmt.kind !== 'if' && stmt.kind !== 'switch') return undefined
    const decision = this.#scalar(stmt.args[0]!)
    const bodies = stmt.bodies.map((body) => this.list(body, labelFor))
    return decision && bodies.every((body) => body !== undefined)
      ? withBodies(withArgs(stmt, [decision]), bodies)
      : undefined
  }

  /** What is no vector, and is made of none. */
  #scalar(e: Expr): Expr | undefined {
    if ((e.types & TYPE_BIT.v128) !== 0 || (e.effects & ~ALLOWED) !== 0) return undefined
    return substitute(e, (reg) => regRead(this.#scalars.get(reg) ?? reg))
  }

  /** The word of a vector in this lane; undefined if it is made of others too, or by what is seen elsewhere. */
  #word(e: Expr): Expr | undefined {
    switch (e.kind) {
      case 'reg':
        return regRead(this.#words.get(e.reg)![this.#lane]!)
      case 'load': {
        const address = e.op === 'v128.load' ? this.#scalar(e.addr) : undefined
        return address && located(load('i32.load', e.memory, address, e.offset + 4 * this.#lane), e.at)
      }
      case 'select': {
        const [then, otherwise, cond] = [this.#word(e.then), this.#word(e.else), this.#scalar(e.cond)]
        return then && otherwise && cond && (then.effects | otherwise.effects) === 0
          ? select(cond, then, otherwise)
          : undefined
      }
      case 'op': {
        const made = this.#operation(e)
        return made && located(made, e.at)
      }
      default:
        return undefined
    }
  }

  #operation(e: Operation): Expr | undefined {
    if (e.op === 'v128.join') return e.effects === 0 ? this.#scalar(e.args[this.#lane]!) : undefined
    const rule = WORDS[e.op]
    if (rule === undefined) return undefined
    const operands: Expr[] = []
    for (const arg of e.args) {
      const operand = arg.type === 'v128' ? this.#word(arg) : this.#scalar(arg)
      if (operand === undefined) return undefined
      operands.push(operand)
    }
    return rule(...(operands as [Expr, Expr, Expr]))
  }
}

type Rule = (x: Expr, y: Expr, z: Expr) => Expr | undefined

const mask =
  (op: BinaryOp): Rule =>
  (x, y) =>
    sub(i32(0), binary(op, x, y))

const shift =
  (op: BinaryOp): Rule =>
  (x, count) =>
    binary(op, x, count)

/** What a word is made of, where it is made of the same word of each operand. */
const WORDS: { readonly [Op in IrOp]?: Rule } = {
  'v128.and': and,
  'v128.or': or,
  'v128.xor': xor,
  'v128.not': not,
  'v128.andnot': (x, y) => and(x, not(y)),
  'v128.bitselect': (x, y, by) => (isAtom(y) ? xor(and(xor(x, y), by), y) : undefined),
  'i32x4.splat': (x) => x,
  'i32x4.add': add,
  'i32x4.sub': sub,
  'i32x4.mul': (x, y) => binary('i32.mul', x, y),
  'i32x4.neg': (x) => sub(i32(0), x),
  'i32x4.shl': shift('i32.shl'),
  'i32x4.shr_s': shift('i32.shr_s'),
  'i32x4.shr_u': shift('i32.shr_u'),
  'i32x4.eq': mask('i32.eq'),
  'i32x4.ne': mask('i32.ne'),
  'i32x4.lt_s': mask('i32.lt_s'),
  'i32x4.lt_u': mask('i32.lt_u'),
  'i32x4.gt_s': mask('i32.gt_s'),
  'i32x4.gt_u': mask('i32.gt_u'),
  'i32x4.le_s': mask('i32.le_s'),
  'i32x4.le_u': mask('i32.le_u'),
  'i32x4.ge_s': mask('i32.ge_s'),
  'i32x4.ge_u': mask('i32.ge_u'),
}

const fourReads = ([a, b, c, d]: readonly Reg[]): [Expr, Expr, Expr, Expr] => [
  regRead(a!),
  regRead(b!),
  regRead(c!),
  regRead(d!),
]

function usesIn(list: List): { readonly uses: ReadonlyMap<Reg, number>; readonly sets: ReadonlySet<Reg> } {
  const uses = new Map<Reg, number>()
  const sets = new Set<Reg>()
  const use = (reg: Reg): unknown => uses.set(reg, (uses.get(reg) ?? 0) + 1)
  forEachStmt(list, (stmt) => {
    forEachReadIn(stmt, use)
    for (const reg of stmt.regs) {
      use(reg)
      sets.add(reg)
    }
  })
  return { uses, sets }
}
