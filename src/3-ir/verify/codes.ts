// Which numbers the state of a dispatch may be, where a function was split: those that a part gives back, and those that
// a part is handed.

import type { Call, Expr } from '../expr.ts'
import type { Dispatch, Func, Label, Reg, SetReg, Stmt } from '../ir.ts'
import { labelsOfSegment } from '../statements.ts'
import { isSameVersion } from '../versions.ts'
import { forEachStmt, someStmt } from '../walk.ts'

/** Numbers; undefined: any. */
export type Codes = ReadonlySet<number> | undefined

/** The numbers that a value may be, set to a result of it. */
export function codesOf(value: Expr, result: number, funcs: readonly Func[] | undefined): Codes {
  if (value.kind === 'const') return new Set([value.value])
  if (value.kind !== 'call' || value.version.kind !== 'part') return undefined
  const part = funcs?.find(({ version }) => isSameVersion(version, value.version))
  return part && returned(part, result, funcs)
}

/** The numbers that a function may return as one of its results. */
function returned(part: Func, result: number, funcs: readonly Func[] | undefined): Codes {
  const all: Codes[] = []
  forEachStmt(part.body, (stmt) => {
    if (stmt.kind !== 'return') return
    const value = stmt.values[result]!
    all.push(value.kind === 'reg' ? setTo(part, value.reg, funcs) : codesOf(value, 0, funcs))
  })
  return union(all)
}

/** The numbers that a register of a function is set to, if that is all that it may hold. */
function setTo(part: Func, reg: Reg, funcs: readonly Func[] | undefined): Codes {
  if (part.params.includes(reg)) return undefined
  const all: Codes[] = part.locals.includes(reg) ? [new Set([0])] : []
  forEachStmt(part.body, (stmt) => {
    const at = stmt.regs.indexOf(reg)
    if (at >= 0) all.push(codesOf((stmt as SetReg).value, stmt.kind === 'call' ? stmt.results[at]! : 0, funcs))
  })
  return union(all)
}

export function union(all: readonly Codes[]): Codes {
  const codes = new Set<number>()
  for (const some of all) {
    if (some === undefined) return undefined
    for (const code of some) codes.add(code)
  }
  return codes
}

/** The segments at which a part may be told to go on. */
export function resumedAt({ version, params }: Func, { state }: Dispatch, funcs: readonly Func[] | undefined): Codes {
  const param = params.indexOf(state)
  if (version.kind !== 'part' || param < 0 || funcs === undefined) return undefined
  const all: Codes[] = []
  for (const caller of funcs) {
    forEachStmt(caller.body, (stmt) => {
      const call = stmt.args.find((e): e is Call => e.kind === 'call' && isSameVersion(e.version, version))
      const value = call?.args[param]
      if (value !== undefined) all.push(value.kind === 'reg' ? handed(caller, value.reg, stmt, funcs) : undefined)
    })
  }
  return union(all)
}

/** The numbers of the labels of the segment around a statement that control may come to. */
function handed(caller: Func, state: Reg, stmt: Stmt, funcs: readonly Func[]): Codes {
  const targets = new Set<Label>()
  let dispatch: Dispatch | undefined
  forEachStmt(caller.body, (each) => {
    if (each.kind === 'br') targets.add(each.target)
    if (each.kind === 'dispatch' && each.state === state) dispatch = each
  })
  if (dispatch === undefined || dispatch.resumes === true) return undefined
  const set = dispatch.again && setTo(caller, state, funcs)
  if (dispatch.again !== undefined && set === undefined) return undefined
  const codes = new Set<number>()
  let number = dispatch.first ?? 0
  for (const [i, segment] of dispatch.segments.entries()) {
    const isAround = someStmt(segment.body, (each) => each === stmt)
    labelsOfSegment(segment).forEach((label, j) => {
      const isStart = i === 0 && j === 0
      if (isAround && (isStart || targets.has(label) || set?.has(number) === true)) codes.add(number)
      number++
    })
  }
  return codes
}
