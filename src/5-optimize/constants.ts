// Replaces registers that only ever hold one constant, whichever way control goes: the high words of zero-extended
// values above all. Optimistic, so that a word fed only by itself and by zeros is zero too.
//
//   i64.extend_i32_u, kept in a local, added, compared: the high word and its arithmetic disappear

import type { Const, Expr } from '../3-ir/expr.ts'
import { i32 } from '../3-ir/expressions.ts'
import { refold } from '../3-ir/fold.ts'
import type { Func, Reg, Stmt } from '../3-ir/ir.ts'
import { forEachStmt, rewrite } from '../3-ir/walk.ts'

/** undefined: not set as far as is known; null: more than one value. */
type State = Const | null | undefined

/** Real functions need 2 to 5 rounds; one that needs more is left alone. */
const MAX_ROUNDS = 16

export function propagateConstants(func: Func): Func {
  const states = findConstants(func)
  let reads = 0
  for (let id = 0; id < states.length; id++) if (states[id] != null) reads |= 1 << (id & 31)
  if (reads === 0) return func
  return rewrite(func, { expr: (e) => (e.kind === 'reg' ? (states[e.reg.id] ?? e) : e), reads, list: decide })
}

/** Leaves of an `if` whose condition is known the arm that runs. */
function decide(stmts: readonly Stmt[]): readonly Stmt[] {
  const isDecided = (stmt: Stmt): boolean =>
    stmt.kind === 'if' && stmt.cond.kind === 'const' && stmt.label === undefined
  if (!stmts.some(isDecided)) return stmts
  return stmts.flatMap((stmt) => {
    if (stmt.kind !== 'if' || stmt.cond.kind !== 'const' || !isDecided(stmt)) return [stmt]
    return stmt.cond.value === 0 ? stmt.else : stmt.then
  })
}

function findConstants(func: Func): State[] {
  const states: State[] = new Array(func.regCount).fill(undefined)
  for (const { id } of func.params) states[id] = null
  for (const { id, type } of func.locals) states[id] = type === 'i32' ? i32(0) : null
  const sets: { reg: Reg; value: Expr }[] = []
  forEachStmt(func.body, (stmt) => {
    if (stmt.kind === 'dispatch') states[stmt.state.id] = null
    if (stmt.kind === 'set' && stmt.reg.type === 'i32') sets.push(stmt)
    else for (const { id } of stmt.regs) states[id] = null
  })
  for (let round = 0; round < MAX_ROUNDS; round++) if (!lower(sets, states)) return states
  return []
}

/** Takes every set into account once. @returns whether a state has changed */
function lower(sets: readonly { reg: Reg; value: Expr }[], states: State[]): boolean {
  let changed = false
  for (const { reg, value } of sets) {
    const old = states[reg.id]
    if (old === null) continue
    const met = meet(old, evaluate(value, states))
    if (met === old) continue
    states[reg.id] = met
    changed = true
  }
  return changed
}

function meet(x: State, y: State): State {
  if (x === undefined || y === undefined) return x ?? y
  return x !== null && y !== null && x.value === y.value ? x : null
}

/** The constant that an expression is if the registers are what is known so far. */
function evaluate(e: Expr, states: readonly State[]): State {
  switch (e.kind) {
    case 'const':
      return e.type === 'i32' ? e : null
    case 'reg':
      return states[e.reg.id]
    case 'plain':
    case 'select':
      if (e.effects !== 0 || e.type !== 'i32') return null
      return evaluateOperation(e, states)
    default:
      return null
  }
}

function evaluateOperation(e: Expr, states: readonly State[]): State {
  const old = e.args
  let known: Expr[] | undefined
  for (let i = 0; i < old.length; i++) {
    const arg = evaluate(old[i]!, states)
    if (arg === undefined) return undefined
    if (arg === null || arg === old[i]) continue
    known ??= [...old]
    known[i] = arg
  }
  // Nothing is known that was not when the node was made, and folded.
  if (known === undefined) return null
  const folded = refold(e, known)
  return folded.kind === 'const' ? folded : null
}
