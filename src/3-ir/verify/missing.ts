// Who asks whether a number is missing has read it from an array: what a function is handed, or gives back, never is.

import type { Reg } from '../ir.ts'
import { askedIfMissing, readFromArray } from '../missing.ts'
import { forEachStmt } from '../walk.ts'
import type { Subject } from './subject.ts'

export function checkMissing(subject: Subject): void {
  const read = new Set<Reg | undefined>()
  forEachStmt(subject.func.body, (stmt) => read.add(readFromArray(stmt)))
  forEachStmt(subject.func.body, (stmt) => {
    const reg = askedIfMissing(stmt)
    if (reg === undefined) return
    subject.stmt = stmt
    subject.need(read.has(reg), 'what is asked about was read elsewhere')
  })
}
