// Validation of a whole module.

import { Locals } from '../0-wasm/locals.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { CodeReader } from '../1-decode/code.ts'
import { FunctionValidator } from './function.ts'
import { validateModule } from './module.ts'

/** Throws a CompileError if a decoded module is malformed within a body, not valid, or needs what the compiler lacks. */
export function validate(module: Module): void {
  validateModule(module)
  for (let index = 0; index < module.funcs.length; index++) validateFunction(module, index)
}

function validateFunction(module: Module, index: number): void {
  const { body, type } = module.funcs[index]!
  if (!body) return
  const code = new CodeReader(module, body.start, body.end)
  const { params } = module.types[type]!.composite as FuncType
  const validator = new FunctionValidator(module, index, new Locals(params, code.locals(params.length)))
  while (code.next()) validator.step(code.ins)
  validator.finish()
}
