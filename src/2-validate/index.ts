// Validation of a whole module.

import { CompileError } from '../0-wasm/errors.ts'
import { refusal } from '../0-wasm/feature-use.ts'
import { Locals } from '../0-wasm/locals.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { CodeReader } from '../1-decode/code.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { FunctionValidator } from './function.ts'
import { validateModule } from './module.ts'

/** Is told the instructions of a function, each when it is found to be valid, then that they were all. */
interface Observer {
  step(ins: Instruction): void
  finish(): void
}

/**
 * Throws a CompileError if a decoded module is malformed within a body or not valid; if neither, one that names all features
 * that it uses and that are not available, if there are any.
 *
 * @param observe who else wants to see the code of the function with an index
 */
export function validate(module: Module, observe?: (index: number) => Observer): void {
  if (!module.features.isForeign) validateModule(module)
  for (let index = 0; index < module.funcs.length; index++) validateOrSurvey(module, index, observe)
  if (module.features.isLacking) throw refusal(module)
}

function validateOrSurvey(module: Module, index: number, observe?: (index: number) => Observer): void {
  if (module.features.isForeign) return survey(module, index)
  try {
    validateFunction(module, index, observe)
  } catch (error) {
    if (!(error instanceof CompileError && module.features.isForeign)) throw error
    survey(module, index)
  }
}

function validateFunction(module: Module, index: number, observe?: (index: number) => Observer): void {
  const { body, type } = module.funcs[index]!
  if (!body) return
  const code = new CodeReader(module, body.start, body.end)
  const { params } = module.types[type]!.composite as FuncType
  const validator = new FunctionValidator(module, index, new Locals(params, code.locals(params.length)))
  const observer = observe?.(index)
  while (code.next()) {
    validator.step(code.ins)
    observer?.step(code.ins)
  }
  validator.finish()
  observer?.finish()
}

/**
 * Notes what features a function uses where a proposal that is only recognised has changed what is valid. Stops where it
 * cannot read on.
 */
function survey(module: Module, index: number): void {
  const { body } = module.funcs[index]!
  if (!body) return
  const code = new CodeReader(module, body.start, body.end)
  try {
    code.locals()
    while (nextOrForeign(code));
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
  }
}

/** Reads an instruction, also one that is only recognised. @returns whether there may be more */
function nextOrForeign(code: CodeReader): boolean {
  try {
    return code.next()
  } catch (error) {
    if (error instanceof CompileError && error.kind === 'unsupported') return true
    throw error
  }
}
