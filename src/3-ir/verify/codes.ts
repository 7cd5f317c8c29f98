// Which numbers the state of a dispatch may be, where a function was split: those that a part gives back, and those that
// a part is handed.

import type { Call, Expr } from '../expr.ts'
import type { Dispatch, Func, Label, Reg, SetReg, Stmt } from '../ir.ts'
import { labelsOfArm } from '../statements.ts'
import { isSameVersion } from '../versions.ts'
import { forEachStmt, someStmt } from '../walk.ts'

/** Numbers; undefined: any. */
export type Codes = ReadonlySet<number> | undefined

/** The numbers that the results of a part may be, in order. */
export type Returned = (part: number) => readonly Codes[] | undefined

/** The numbers that a value may be, set to a result of it. */
export function codesOf(value: Expr, result: number, returned: Returned): Codes {
  if (value.kind === 'const') return new Set([value.value])
  const isPart = value.kind === 'call' && value.version.kind === 'part'
  return isPart ? returned(value.version.number)?.[result] : undefined
}

export function union(all: readonly Codes[]): Codes {
  const codes = new Set<number>()
  for (const some of all) {
    if (some === undefined) return undefined
    for (const code of some) codes.add(code)
  }
  return codes
}

/** The numbers that a part may be handed in a register. */
export function handedTo(
  { version, params }: Func,
  reg: Reg,
  funcs: readonly Func[] | undefined,
  returned: Returned,
): Codes {
  const param = params.indexOf(reg)
  if (version.kind !== 'part' || param < 0 || funcs === undefined) return undefined
  const all: Codes[] = []
  for (const caller of funcs) {
    forEachStmt(caller.body, (stmt) => {
      const call = stmt.args.find((e): e is Call => e.kind === 'call' && isSameVersion(e.version, version))
      const value = call?.args[param]
      if (value?.kind === 'reg') all.push(handedAt(caller, value.reg, stmt, funcs, returned))
      else if (value !== undefined) all.push(codesOf(value, 0, returned))
    })
  }
  return union(all)
}

/** The numbers that a register may be at a statement: the state of a dispatch, or what a part was handed. */
function handedAt(caller: Func, reg: Reg, stmt: Stmt, funcs: readonly Func[], returned: Returned): Codes {
  const targets = new Set<Label>()
  const set: Codes[] = []
  const dispatches: Dispatch[] = []
  const once = !isRepeated(caller, stmt)
  forEachStmt(caller.body, (each) => {
    if (each.kind === 'br') targets.add(each.target)
    if (each.kind === 'dispatch' && each.state === reg) dispatches.push(each)
    const at = each.regs.indexOf(reg)
    if (at >= 0 && !(once && each === stmt))
      set.push(codesOf((each as SetReg).value, each.kind === 'call' ? each.results[at]! : 0, returned))
  })
  if (dispatches.every(({ resumes }) => resumes === true)) {
    if (caller.params.includes(reg)) set.push(handedTo(caller, reg, funcs, returned))
    if (caller.locals.includes(reg)) set.push(new Set([0]))
  }
  const any = union(set)
  const [dispatch] = dispatches
  if (dispatch === undefined || any === undefined) return any
  return dispatches.length > 1 ? undefined : around(dispatch, stmt, targets, any)
}

/** Whether control may come to a statement again. */
const isRepeated = ({ body }: Func, stmt: Stmt): boolean =>
  someStmt(body, ({ kind, bodies }) => {
    if (kind !== 'loop' && kind !== 'dispatch') return false
    return bodies.some((inner) => someStmt(inner, (each) => each === stmt))
  })

/**
 * The numbers of the labels of the arm around a statement that are branched to, or that the state is set to; undefined
 * if the statement is in no arm, or if the arm sets the state before.
 */
function around(
  { arms, first = 0, resumes, state }: Dispatch,
  stmt: Stmt,
  targets: ReadonlySet<Label>,
  set: Codes,
): Codes {
  let number = first
  for (const [i, arm] of arms.entries()) {
    const labels = labelsOfArm(arm)
    if (someStmt(arm.body, (each) => each === stmt)) {
      const isBefore = (each: Stmt): boolean => each === stmt && arm.body.includes(stmt)
      if (someStmt(arm.body, (each) => each.regs.includes(state) && !isBefore(each))) return undefined
      const isStart = i === 0 && resumes !== true
      const numbers = labels.map((label, j) => ({ label, code: number + j, isFirst: isStart && j === 0 }))
      const entered = numbers.filter(
        ({ label, code, isFirst }) => isFirst || targets.has(label) || set?.has(code) === true,
      )
      return new Set(entered.map(({ code }) => code))
    }
    number += labels.length
  }
  return undefined
}
