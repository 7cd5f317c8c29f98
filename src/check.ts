// Checks of the IR between all passes (3-ir/verify.ts): for tests, and for those who look for a defect of the compiler.

import type { Module } from './0-wasm/module.ts'
import type { Func } from './3-ir/ir.ts'
import { ModuleTypes, VerifyError, verifyAll } from './3-ir/verify.ts'
import type { Check } from './5-optimize/passes.ts'

/** What throws a VerifyError for the first pass that breaks a rule. */
export function checkOf(module: Module): Check {
  const types = new ModuleTypes(module)
  let last: readonly Func[] = []
  return (funcs, pass) => {
    if (funcs.length === last.length && funcs.every((func, i) => func === last[i])) return
    try {
      verifyAll(funcs, types)
    } catch (error) {
      throw error instanceof VerifyError ? new VerifyError(`after ${pass}: ${error.message}`) : error
    }
    last = funcs
  }
}
