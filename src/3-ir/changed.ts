// Statements like others but for some of their parts. `{ ...stmt, value }` would be slower, and in some engines every place
// that does it makes objects of a shape of its own (statements.ts).

import type { Block, Dispatch, Evaluate, Expr, GlobalSet, If, Loop, Segment, SetReg, Stmt, Switch } from './ir.ts'
import { block, choice, dispatch, evaluate, loop, setGlobal, setReg, switchOn } from './statements.ts'

type List = readonly Stmt[]

export function withValue(stmt: SetReg | Evaluate | GlobalSet, value: Expr): SetReg | Evaluate | GlobalSet {
  switch (stmt.kind) {
    case 'set':
      return setReg(stmt.reg, value, stmt.at)
    case 'expr':
      return evaluate(value, stmt.at)
    case 'global.set':
      return setGlobal(stmt.global, stmt.part, value, stmt.at)
  }
}

export const withBody = (stmt: Block | Loop, body: List, height = stmt.height): Block | Loop =>
  stmt.kind === 'block'
    ? block(stmt.label, body, height, stmt.at)
    : loop(stmt.label, body, height, stmt.at, stmt.repeats)

export const withCond = (stmt: If, cond: Expr): If =>
  choice(cond, stmt.label, stmt.then, stmt.else, stmt.height, stmt.at)

export const withArms = (stmt: If, then: List, otherwise: List, height = stmt.height): If =>
  choice(stmt.cond, stmt.label, then, otherwise, height, stmt.at)

export const withoutLabel = (stmt: If): If => choice(stmt.cond, undefined, stmt.then, stmt.else, stmt.height, stmt.at)

export const withCases = (stmt: Switch, cases: Switch['cases'], height = stmt.height): Switch =>
  switchOn(stmt.index, cases, height, stmt.at)

export const withSegments = (stmt: Dispatch, segments: readonly Segment[], height = stmt.height): Dispatch =>
  dispatch(stmt.state, segments, height, stmt.at, stmt)
