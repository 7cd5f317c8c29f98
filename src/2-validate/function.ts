// Validation of a function body, one instruction at a time.

import type { LocalTypes } from '../0-wasm/locals.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { Checker } from './checker.ts'
import { applyRule } from './rules.ts'

export class FunctionValidator {
  readonly #checker: Checker

  /**
   * @param module valid but for function bodies
   * @param funcIndex in the function index space
   * @param locals parameters first, then declared locals
   */
  constructor(module: Module, funcIndex: number, locals: LocalTypes) {
    const type = module.types[module.funcs[funcIndex]!.type]!.composite as FuncType
    this.#checker = new Checker(module, type, locals)
  }

  /** Whether the instruction about to be stepped can execute. */
  get reachable(): boolean {
    return this.#checker.reachable
  }

  /** Throws a CompileError if the instruction is not valid where it stands. */
  step(ins: Instruction): void {
    applyRule(this.#checker, ins)
  }

  /** To be called after the last instruction. */
  finish(): void {
    if (this.#checker.depth > 0) throw this.#checker.fail('END opcode expected', 'malformed')
  }
}
