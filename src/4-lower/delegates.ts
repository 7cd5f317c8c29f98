// Where exceptions go that a legacy `try` delegates to a block around it: behind the statements of that block.
//
//   try $a (try (try A delegate $a) catch_all B) ...        try { d: { try { try A catch { t = caught(); br d } } catch B; br $a }
//                                                                   throw t } ...

import type { Expr } from '../3-ir/expr.ts'
import { regRead, runtime } from '../3-ir/expressions.ts'
import type { Reg, Stmt } from '../3-ir/ir.ts'
import { block, branch, throwOn } from '../3-ir/statements.ts'
import type { Frame } from './frames.ts'

/** What throws an exception again. */
export const again = (exception: Reg): Expr => runtime('exn_again', [], [regRead(exception)])

/** What inner ones delegate here is thrown behind the statements, where no handler inside of them sees it. */
export function afterDelegates(frame: Frame, body: Stmt[], falls: boolean, at: number): Stmt[] {
  const { delegated, label } = frame
  if (delegated === undefined) return body
  if (falls) {
    frame.branches++
    body.push(branch(label, at))
  }
  return [block(delegated.label, body, frame.at), throwOn(again(delegated.exception), frame.at)]
}
