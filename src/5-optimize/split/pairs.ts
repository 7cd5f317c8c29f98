// What is read from an array and may be missing (3-ir/missing.ts) is no number yet, so it is not handed from a function to
// another: the statement that reads it and the one that asks stay together.

import type { List } from '../../3-ir/ir.ts'
import { askedIfMissing } from '../../3-ir/missing.ts'

/** Statements between the two, if a pass has put some there: more are not looked at. */
const NEAR = 8

/** The pair that a cut before the statement at `at` would take apart: what reads, and what asks. */
function pairAt(list: List, at: number): { read: number; ask: number } | undefined {
  for (let ask = at; ask < Math.min(at + NEAR, list.length); ask++) {
    const reg = askedIfMissing(list[ask]!)
    if (reg === undefined) continue
    for (let read = ask - 1; read >= Math.max(ask - NEAR, 0); read--)
      if (list[read]!.regs.includes(reg)) {
        if (read < at) return { read, ask }
        break
      }
  }
  return undefined
}

/** Statements `from` to `to` of a list, or fewer of them: those that can be a function of their own. */
export function withoutHalves(list: List, from: number, to: number): [from: number, to: number] {
  const first = from === 0 ? undefined : pairAt(list, from)
  const last = to === list.length ? undefined : pairAt(list, to)
  const start = first === undefined ? from : first.ask + 1
  return [start, Math.max(start, last?.read ?? to)]
}
