// A local of Wasm is often used for one vector and then for another. Within statements that control runs through from first to
// last, each gets a register of its own, so that what is known of one is not lost by the other.
//
//   l5 = v128.load(l2+0)                      t9 = v128.load(l2+0)
//   l6 = i8x16.shuffle(l5, l5, ...)           l6 = i8x16.shuffle(t9, t9, ...)
//   l5 = i16x8.extmul_low_i8x16_u(l5, l6)     t10 = i16x8.extmul_low_i8x16_u(t9, l6); l5 = t10

import type { Expr } from '../../../3-ir/expr.ts'
import { regRead } from '../../../3-ir/expressions.ts'
import type { Func, List, Reg, Stmt } from '../../../3-ir/ir.ts'
import { Fresh } from '../../../3-ir/registers.ts'
import { hasHandlers, setReg } from '../../../3-ir/statements.ts'
import { forEachReadIn, forEachStmt, mapExpressions, rewrite, someStmt, substitute } from '../../../3-ir/walk.ts'

/** Handlers see registers as they are when something throws, so functions that have any stay as they are. */
export function separateRanges(func: Func): Func {
  if (someStmt(func.body, hasHandlers)) return func
  const fresh = new Fresh(func)
  const several = setSeveralTimes(func)
  const done = rewrite(func, { list: (list) => separated(list, several, fresh) })
  return done === func ? func : { ...done, ...fresh.counts }
}

/** The v128 registers that hold one value and then another: parameters hold one from the start. */
function setSeveralTimes(func: Func): ReadonlySet<Reg> {
  const once = new Set(func.params)
  const several = new Set<Reg>()
  forEachStmt(func.body, ({ regs }) => {
    for (const reg of regs) {
      if (reg.type !== 'v128') continue
      if (once.has(reg)) several.add(reg)
      once.add(reg)
    }
  })
  return several
}

/** Whether control runs through to the next statement, or leaves the function for good. */
const isPlain = ({ kind }: Stmt): boolean =>
  kind === 'set' || kind === 'store' || kind === 'call' || kind === 'expr' || kind === 'global.set'

function separated(list: List, several: ReadonlySet<Reg>, fresh: Fresh): List {
  let done: Stmt[] | undefined
  for (let from = 0; from < list.length; from++) {
    let to = from
    while (to < list.length && isPlain(list[to]!)) to++
    const run = list.slice(from, to + 1)
    if (run.some(setsVector)) {
      done ??= list.slice(0, from)
      separate(run, several, fresh, done)
    } else done?.push(...run)
    from = to
  }
  return done ?? list
}

const setsVector = (stmt: Stmt): boolean => isPlain(stmt) && stmt.regs.some(({ type }) => type === 'v128')

const isConstant = (e: Expr): boolean => e.kind === 'op' && e.args.every(({ kind }) => kind === 'const')

/**
 * Values get registers of their own where others follow or came before, and constants are read as what they are.
 *
 * @param run statements that are plain, all but perhaps the last, of which only the operands are made anew
 */
function separate(run: readonly Stmt[], several: ReadonlySet<Reg>, fresh: Fresh, done: Stmt[]): void {
  const [lastSet, lastRead] = [new Map<Reg, number>(), new Map<Reg, number>()]
  run.forEach((stmt, i) => {
    for (const reg of stmt.regs) lastSet.set(reg, i)
    forEachReadIn(stmt, (reg) => lastRead.set(reg, i))
  })
  const reads = new Map<Reg, Expr>()
  /** A filter like `Expr.reads`, of the registers that were ever among these. */
  let filter = 0
  const current = (e: Expr): Expr =>
    (e.reads & filter) === 0 ? e : substitute(e, (reg) => reads.get(reg) ?? regRead(reg))
  const readAs = (reg: Reg, e: Expr): void => {
    reads.set(reg, e)
    filter |= 1 << (reg.id & 31)
  }
  run.forEach((given, i) => {
    const stmt = mapExpressions(given, current)
    if (stmt.kind !== 'set' || stmt.reg.type !== 'v128') {
      if (isPlain(stmt)) for (const reg of stmt.regs) reads.delete(reg)
      done.push(stmt)
      return
    }
    const { reg, value, at } = stmt
    const isLast = lastSet.get(reg) === i
    const isRead = (lastRead.get(reg) ?? -1) > i
    reads.delete(reg)
    if (isConstant(value)) {
      readAs(reg, value)
      if (isLast) done.push(stmt)
    } else if (several.has(reg) && (!isLast || isRead)) {
      const own = fresh.reg('v128', reg.local)
      done.push(setReg(own, value, at))
      readAs(reg, regRead(own))
      if (isLast) done.push(setReg(reg, regRead(own), at))
    } else done.push(stmt)
  })
}
