// Checks that a function is what ir.ts says that functions are, and that a pass has kept the order of what happens. It runs
// between all passes when it is asked for, so that the pass that breaks a rule is the one that is named.

import type { Expr } from './expr.ts'
import type { Func } from './ir.ts'
import { checkAssigned, resumingOf, returnedBy } from './verify/assigned.ts'
import { checkHead } from './verify/head.ts'
import { checkMissing } from './verify/missing.ts'
import type { ModuleTypes } from './verify/module.ts'
import { Order } from './verify/order.ts'
import { StatementChecker } from './verify/statements.ts'
import { type Known, Subject } from './verify/subject.ts'
import { forEachStmt } from './walk.ts'

export { ModuleTypes } from './verify/module.ts'
export { VerifyError } from './verify/subject.ts'

/** Nothing is known around. */
const ALONE: Known = { module: undefined, funcs: undefined, returned: () => undefined, resuming: new Set() }

/** Throws a VerifyError that names the function, the statement and the rule that it breaks. */
export function verify(func: Func, module?: ModuleTypes): void {
  check(func, { ...ALONE, module })
}

/** The same for all versions of a function, or for a version and all its parts. */
export function verifyAll(funcs: readonly Func[], module?: ModuleTypes): void {
  const known: Known = { module, funcs, returned: returnedBy(funcs, module), resuming: resumingOf(funcs) }
  for (const func of funcs) check(func, known)
  checkCalled(funcs)
}

/** Each part is called, or nobody would need it. */
function checkCalled(funcs: readonly Func[]): void {
  const parts = new Map(
    funcs.flatMap((func) => (func.version.kind === 'part' ? [[func.version.number, func] as const] : [])),
  )
  const visit = (e: Expr): void => {
    if (e.kind === 'call' && e.version.kind === 'part') parts.delete(e.version.number)
    e.args.forEach(visit)
  }
  if (parts.size > 0) for (const { body } of funcs) forEachStmt(body, ({ args }) => args.forEach(visit))
  for (const part of parts.values()) new Subject(part, ALONE).fail('nothing calls it')
}

/** What a pass has made of a function, or of a part of it: throws a VerifyError if things happen in another order. */
export function verifyOrder(before: Func, afters: readonly Func[]): void {
  const order = new Order(before)
  for (const after of afters) {
    const found = order.changedIn(after)
    if (found !== undefined) new Subject(after, ALONE).fail(found)
  }
}

function check(func: Func, known: Known): void {
  const subject = new Subject(func, known)
  checkHead(subject)
  new StatementChecker(subject).check()
  checkAssigned(subject)
  checkMissing(subject)
}
