// Checks that a function is what ir.ts says that functions are. It runs between all passes when it is asked for, so that
// the pass that breaks a rule is the one that is named.

import type { Func } from './ir.ts'
import { checkAssigned, returnedBy } from './verify/assigned.ts'
import { checkHead } from './verify/head.ts'
import type { ModuleTypes } from './verify/module.ts'
import { StatementChecker } from './verify/statements.ts'
import { type Known, Subject } from './verify/subject.ts'

export { ModuleTypes } from './verify/module.ts'
export { VerifyError } from './verify/subject.ts'

/** Throws a VerifyError that names the function, the statement and the rule that it breaks. */
export function verify(func: Func, module?: ModuleTypes): void {
  check(func, { module, funcs: undefined, returned: () => undefined })
}

/** The same for all versions of a function, or for a version and all its parts. */
export function verifyAll(funcs: readonly Func[], module?: ModuleTypes): void {
  const known: Known = { module, funcs, returned: returnedBy(funcs, module) }
  for (const func of funcs) check(func, known)
}

function check(func: Func, known: Known): void {
  const subject = new Subject(func, known)
  checkHead(subject)
  new StatementChecker(subject).check()
  checkAssigned(subject)
}
