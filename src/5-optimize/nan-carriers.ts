// Which f32 registers may hold a NaN with bits of its own, from memory, a parameter, a call or a reinterpretation. What
// arithmetic gives is an arithmetic NaN at most, and is stored without a look at it.
//
//   f32.mul local.set 0 ... local.get 0 f32.store      D0.v.setFloat32(p, a, true), not f32_store(D0.v, p, a)

import type { Expr } from '../3-ir/expr.ts'
import type { Func, Stmt } from '../3-ir/ir.ts'
import { OPS } from '../3-ir/ops/index.ts'
import { forEachStmt } from '../3-ir/walk.ts'

/** Where a register gets its value from, if not from arithmetic alone. */
type Origins = (into: number, from: Expr) => void

/** @returns by register id, 1 if an f32 register may hold such a NaN */
export function findNanCarriers(func: Func): Uint8Array {
  const carriers = new Uint8Array(func.regCount)
  for (const { id } of func.params) carriers[id] = 1
  const moves: [into: number, from: number][] = []
  const note: Origins = (into, from) => {
    if (from.kind === 'select') {
      note(into, from.then)
      note(into, from.else)
    } else if (from.kind === 'reg') moves.push([into, from.reg.id])
    else if (makesOwnNan(from)) carriers[into] = 1
  }
  forEachStmt(func.body, (stmt: Stmt) => {
    if (stmt.kind === 'set') {
      if (stmt.reg.type === 'f32') note(stmt.reg.id, stmt.value)
    } else for (const { id } of stmt.regs) carriers[id] = 1
  })
  spread(carriers, moves)
  return carriers
}

/** Whether an f32 that is no register or choice may be a NaN with bits of its own. */
const makesOwnNan = (e: Expr): boolean =>
  e.kind === 'const' ? Number.isNaN(e.value) : e.kind !== 'plain' || OPS[e.op].makesNan

/** The same for any tree. */
export const mayBeOwnNan = (e: Expr, carriers: Uint8Array): boolean => {
  if (e.kind === 'select') return mayBeOwnNan(e.then, carriers) || mayBeOwnNan(e.else, carriers)
  return e.kind === 'reg' ? carriers[e.reg.id] === 1 : makesOwnNan(e)
}

function spread(carriers: Uint8Array, moves: readonly [into: number, from: number][]): void {
  let again = moves.length > 0
  while (again) {
    again = false
    for (const [into, from] of moves) {
      if (carriers[from] === 0 || carriers[into] === 1) continue
      carriers[into] = 1
      again = true
    }
  }
}
