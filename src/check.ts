// Checks of the IR between all passes (3-ir/verify.ts): for tests, and for those who look for a defect of the compiler.

import type { Module } from './0-wasm/module.ts'
import type { Func } from './3-ir/ir.ts'
import { ModuleTypes, VerifyError, verify } from './3-ir/verify.ts'
import type { Check } from './5-optimize/passes.ts'

/** What throws a VerifyError for the first pass that breaks a rule. */
export function checkOf(module: Module): Check {
  const types = new ModuleTypes(module)
  const known = new WeakSet<Func>()
  return (funcs, pass) => {
    for (const func of funcs) {
      if (known.has(func)) continue
      try {
        verify(func, { module: types, funcs })
      } catch (error) {
        throw error instanceof VerifyError ? new VerifyError(`after ${pass}: ${error.message}`) : error
      }
      known.add(func)
    }
  }
}
