// Globals in registers where that saves reads: a global is a variable of the closure, which V8 reads anew, with checks,
// at every use. The register always holds what the global holds: it is set with it, and read again after what may set
// the global elsewhere.
//
//   loop ... global.get 0 ...  call $f     r = g0; for (;;) { ... r ... f(); r = g0 }

import { WRITE } from '../3-ir/effects.ts'
import type { Expr, GlobalGet } from '../3-ir/expr.ts'
import { globalGet, regRead } from '../3-ir/expressions.ts'
import type { Func, GlobalSet, If, Reg, RegType, Stmt, Switch } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { isLoop, weightInside } from '../3-ir/loop-weight.ts'
import { located } from '../3-ir/positions.ts'
import { isCompound, setReg, takesException, withArgs } from '../3-ir/statements.ts'
import { effectsIn, mapExpressions, rewrite, rewriteExpr, someCompound } from '../3-ir/walk.ts'
import { changesOfCall, type ModuleFacts } from '../4-lower/facts/module-facts.ts'
import { ALL_GLOBALS, globalBit } from '../4-lower/facts/scan.ts'

/** Whether a global can be kept in a register: only code of this module changes it. */
export type IsPrivate = (global: number) => boolean

export function promoteGlobals(func: Func, facts: ModuleFacts, isPrivate: IsPrivate): Func {
  // Only reads in loops are worth a register.
  if (!someCompound(func.body, isLoop)) return func
  const usage = new Usage(facts, isPrivate)
  usage.list(func.body, 1)
  const wanted = usage.wanted()
  if (wanted.length === 0) return func
  return new Promoter(func, wanted, facts).run()
}

/** The globals that evaluating a tree may change: bits of `globalBit`. */
function setsOf(e: Expr, facts: ModuleFacts): number {
  if ((e.effects & WRITE) === 0) return 0
  let bits = e.kind === 'call' || e.kind === 'call_indirect' ? changesOfCall(facts, e) : 0
  for (let i = 0; i < e.args.length; i++) bits |= setsOf(e.args[i]!, facts)
  return bits
}

function setsOfStmt(stmt: Stmt, facts: ModuleFacts): number {
  if ((effectsIn(stmt) & WRITE) === 0) return 0
  return stmt.args.reduce((bits, e) => bits | setsOf(e, facts), 0)
}

interface Count {
  readonly get: GlobalGet
  weight: number
  inLoop: boolean
}

/** Counts reads of globals and what would make them be read again, loops weighing more. */
class Usage {
  readonly #facts: ModuleFacts
  readonly #isPrivate: IsPrivate
  /** By four times the index of the global, plus the part: no value has more registers. */
  readonly #reads = new Map<number, Count>()
  /** By the global's bit. */
  readonly #clobbers = new Map<number, number>()

  constructor(facts: ModuleFacts, isPrivate: IsPrivate) {
    this.#facts = facts
    this.#isPrivate = isPrivate
  }

  list(stmts: readonly Stmt[], weight: number): void {
    for (let i = 0; i < stmts.length; i++) {
      const stmt = stmts[i]!
      for (let j = 0; j < stmt.args.length; j++) this.#readsIn(stmt.args[j]!, weight)
      const sets = setsOfStmt(stmt, this.#facts)
      for (let rest = sets; rest !== 0; rest &= rest - 1) this.#clobber(rest & -rest, weight)
      if (!isCompound(stmt)) continue
      const inner = weightInside(stmt, weight)
      for (let j = 0; j < stmt.bodies.length; j++) this.list(stmt.bodies[j]!, inner)
    }
  }

  #clobber(bit: number, weight: number): void {
    this.#clobbers.set(bit, (this.#clobbers.get(bit) ?? 0) + weight)
  }

  #readsIn(e: Expr, weight: number): void {
    if (e.kind === 'global.get') return this.#read(e, weight)
    if (e.size === 1) return
    if (e.kind === 'load') return this.#readsIn(e.addr, weight)
    for (let i = 0; i < e.args.length; i++) this.#readsIn(e.args[i]!, weight)
  }

  #read(get: GlobalGet, weight: number): void {
    if (!this.#isPrivate(get.global)) return
    const key = get.global * 4 + get.part
    let count = this.#reads.get(key)
    if (count === undefined) {
      count = { get, weight: 0, inLoop: false }
      this.#reads.set(key, count)
    }
    count.weight += weight
    count.inLoop ||= weight > 1
  }

  /** The reads worth a register: in loops, and more often than the register is read again. */
  wanted(): GlobalGet[] {
    return [...this.#reads.values()]
      .filter(({ get, weight, inLoop }) => inLoop && weight > 2 * (this.#clobbers.get(globalBit(get.global)) ?? 0))
      .map(({ get }) => get)
  }
}

interface Promoted {
  readonly get: GlobalGet
  readonly reg: Reg
}

/** The same read as a node of its own: none of those that were there has moved (`3-ir/verify/order.ts`). */
const again = (get: GlobalGet): GlobalGet =>
  located(globalGet(get.global, get.part, get.type, get.effects !== 0), get.at)

class Promoter {
  readonly #func: Func
  readonly #facts: ModuleFacts
  readonly #promoted: readonly Promoted[]
  #regCount: number

  constructor(func: Func, wanted: readonly GlobalGet[], facts: ModuleFacts) {
    this.#func = func
    this.#facts = facts
    this.#regCount = func.regCount
    this.#promoted = wanted.map((get) => ({ get, reg: this.#temp(get.type) }))
  }

  run(): Func {
    const { body } = rewrite(this.#func, { list: (stmts) => stmts.flatMap((stmt) => this.#stmt(stmt)) })
    return { ...this.#func, body: [...this.#readAll(ALL_GLOBALS, 0), ...body], regCount: this.#regCount }
  }

  #temp(type: RegType): Reg {
    return { id: this.#regCount++, type, local: undefined }
  }

  /** Reads again what may have been set. */
  #readAll(sets: number, at: number): Stmt[] {
    return this.#promoted
      .filter(({ get }) => sets & globalBit(get.global))
      .map(({ get, reg }) => setReg(reg, again(get), at))
  }

  #stmt(stmt: Stmt): Stmt[] {
    const sets = setsOfStmt(stmt, this.#facts)
    const done = mapExpressions(stmt, (e) => this.#replace(e, sets))
    // What was called may have set a global before it threw, one that it would have set back too.
    if (takesException(stmt)) return [done, ...this.#readAll(ALL_GLOBALS, stmt.at)]
    const reads = this.#readAll(sets, stmt.at)
    if (reads.length > 0 && (done.kind === 'if' || done.kind === 'switch')) return this.#decide(done, reads)
    const made = done.kind === 'global.set' ? this.#write(done) : [done]
    return leaves(made) ? made : [...made, ...reads]
  }

  /** Registers for reads, but not beside a call that may set the global: there the order matters. */
  #replace(e: Expr, sets: number): Expr {
    return rewriteExpr(e, (node) => {
      if (node.kind !== 'global.get' || sets & globalBit(node.global)) return node
      const found = this.#promoted.find(({ get }) => get.global === node.global && get.part === node.part)
      return found === undefined ? node : regRead(found.reg)
    })
  }

  #write(stmt: GlobalSet): Stmt[] {
    const found = this.#promoted.find(({ get }) => get.global === stmt.global && get.part === stmt.part)
    if (found === undefined) return [stmt]
    return [setReg(found.reg, stmt.value, stmt.at), withArgs(stmt, [regRead(found.reg)])]
  }

  /** What decides a branch is evaluated first, then the globals are read, then control branches. */
  #decide(stmt: If | Switch, reads: Stmt[]): Stmt[] {
    const reg = this.#temp('i32')
    return [setReg(reg, stmt.args[0]!, stmt.at), ...reads, withArgs(stmt, [regRead(reg)])]
  }
}
