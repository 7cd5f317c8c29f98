// Which registers trees and statements read.

import { operands } from './build.ts'
import type { Expr, Reg, Stmt } from './ir.ts'

/** Calls `visit` for every register that the tree reads, in the order of evaluation. */
export function forEachRead(e: Expr, visit: (reg: Reg) => void): void {
  if (e.reads === 0) return
  switch (e.kind) {
    case 'reg':
      return visit(e.reg)
    case 'load':
      return forEachRead(e.addr, visit)
    case 'plain':
    case 'call':
    case 'runtime':
      for (let i = 0; i < e.args.length; i++) forEachRead(e.args[i]!, visit)
      return
    default:
      for (const operand of operands(e)) forEachRead(operand, visit)
  }
}

/** Calls `visit` for every register that the expressions of a statement itself read. */
export function forEachReadIn(stmt: Stmt, visit: (reg: Reg) => void): void {
  switch (stmt.kind) {
    case 'set':
    case 'expr':
    case 'global.set':
      return forEachRead(stmt.value, visit)
    case 'store':
      forEachRead(stmt.addr, visit)
      return forEachRead(stmt.value, visit)
    case 'return':
      for (const value of stmt.values) forEachRead(value, visit)
      return
    case 'tail':
      return forEachRead(stmt.call, visit)
    case 'if':
      return forEachRead(stmt.cond, visit)
    case 'switch':
      return forEachRead(stmt.index, visit)
  }
}

/** Whether the tree reads a register. */
export function readsReg(e: Expr, reg: Reg): boolean {
  if ((e.reads & (1 << (reg.id & 31))) === 0) return false
  if (e.kind === 'reg') return e.reg === reg
  return operands(e).some((arg) => readsReg(arg, reg))
}
