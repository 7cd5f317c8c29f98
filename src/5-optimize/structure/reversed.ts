// A list of statements that grows at its front.

import type { Stmt } from '../../3-ir/ir.ts'

export class Reversed {
  #stmts: Stmt[] = []
  /** Levels of compounds in it. */
  height = 0

  get isEmpty(): boolean {
    return this.#stmts.length === 0
  }

  /** Puts a statement before the others. */
  push(stmt: Stmt): void {
    if (stmt.height > this.height) this.height = stmt.height
    this.#stmts.push(stmt)
  }

  /** The statements in order; none are left here. */
  take(): Stmt[] {
    const stmts = this.#stmts.reverse()
    this.#stmts = []
    this.height = 0
    return stmts
  }
}
