// Every register is set before it is read, on every way there, and control comes to every statement.
//
//   if (l0) { t1 = 5 } else { br 2 }; return t1        t1 is set: the other way does not come here

import type { Expr } from '../expr.ts'
import type { Func, Reg, Stmt } from '../ir.ts'
import { regText } from '../notation.ts'
import { forEachStmt, someStmt } from '../walk.ts'
import { type Codes, codesOf, type Returned, union } from './codes.ts'
import { Flows, type States } from './flows.ts'
import type { ModuleTypes } from './module.ts'
import { type Known, Subject } from './subject.ts'

/**
 * First no notice is taken of what ways have in common where they meet, nor of the numbers by which dispatches go on. Then
 * that is looked at for the registers that were in doubt, which are few.
 */
export function checkAssigned(subject: Subject): void {
  const { func } = subject
  const doubted = new Set<Reg>()
  const unreached = (): void => subject.fail('control never comes here')
  const quick = new Flows(subject, { unset: (reg) => doubted.add(reg), anywhere: true, unreached })
  quick.list(func.body)
  const unset = (reg: Reg): void => subject.fail(`${regText(reg)} is read, but not set on every way here`)
  const exact = new Flows(subject, { unset, followed: doubted })
  exact.list(func.body)
  subject.stmt = func.body[func.body.length - 1]
  if (exact.isHere) subject.need(func.results.length === 0, 'control comes out at the end, without results')
}

/** The numbers that each part of a function may return: none until it is seen that there are some. */
export function returnedBy(funcs: readonly Func[], module?: ModuleTypes): Returned {
  const found = new Map<number, readonly Codes[]>()
  const parts = funcs.filter(({ version }) => version.kind === 'part')
  const known: Known = { module, funcs, returned: (part) => found.get(part), resuming: resumingOf(funcs) }
  const find = (): void => {
    for (const { version, results } of parts) found.set(version.number, results.map(none))
    for (let isNew = parts.length > 0; isNew; ) {
      isNew = false
      for (const func of parts) {
        const { number } = func.version
        const codes = codesReturned(new Subject(func, known))
        isNew ||= codes.some((some, i) => some?.size !== found.get(number)![i]?.size)
        found.set(number, codes)
      }
    }
  }
  return (part) => {
    if (found.size === 0) find()
    return found.get(part)
  }
}

const none = (): Codes => new Set()

/** The parts that go on where they are told. */
export const resumingOf = (funcs: readonly Func[]): ReadonlySet<number> =>
  new Set(
    funcs
      .filter(({ version, body }) => version.kind === 'part' && someStmt(body, isResuming))
      .map(({ version }) => version.number),
  )

const isResuming = (stmt: Stmt): boolean => stmt.kind === 'dispatch' && stmt.resumes === true

function codesReturned(subject: Subject): readonly Codes[] {
  const {
    func,
    known: { returned },
  } = subject
  const states = new Map<Reg, Codes>()
  forEachStmt(func.body, (stmt) => {
    if (stmt.kind === 'return')
      for (const value of stmt.values) if (value.kind === 'reg') states.set(value.reg, new Set())
  })
  for (const reg of func.locals) if (states.has(reg)) states.set(reg, new Set([0]))
  for (const reg of func.params) if (states.has(reg)) states.set(reg, undefined)
  const results = func.results.map((): Codes[] => [])
  const returns = (values: readonly Expr[], now: States): void =>
    values.forEach((e, i) => results[i]!.push(e.kind === 'reg' ? now.get(e.reg) : codesOf(e, 0, returned)))
  new Flows(subject, { states, returns }).list(func.body)
  return results.map(union)
}
