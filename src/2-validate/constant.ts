// Constant expressions (spec, "Validation / Instructions / Constant Expressions").

import type { ConstExpr, Module } from '../0-wasm/module.ts'
import type { OpName } from '../0-wasm/ops/index.ts'
import type { ValType } from '../0-wasm/types.ts'
import { CodeReader } from '../1-decode/code.ts'
import { Checker } from './checker.ts'
import { applyRule } from './rules.ts'

export const CONSTANT: ReadonlySet<OpName> = new Set<OpName>([
  'i32.const',
  'i64.const',
  'f32.const',
  'f64.const',
  'v128.const',
  'ref.null',
  'ref.func',
  'global.get',
  'i32.add',
  'i32.sub',
  'i32.mul',
  'i64.add',
  'i64.sub',
  'i64.mul',
  'ref.i31',
  'struct.new',
  'struct.new_default',
  'array.new',
  'array.new_default',
  'array.new_fixed',
  'any.convert_extern',
  'extern.convert_any',
  'end',
])

/**
 * Checks that an expression is constant and gives a value of a type.
 *
 * @param globals how many globals, from the first, it may name
 */
export function validateConstExpr(module: Module, expr: ConstExpr, type: ValType, globals: number): void {
  const code = new CodeReader(module, expr.start, expr.end)
  const checker = new Checker(module, { kind: 'func', params: [], results: [type] }, [], globals)
  while (code.next()) {
    const { ins } = code
    applyRule(checker, ins)
    const variable = ins.op.name === 'global.get' && module.globals[ins.index]!.type.mutable
    if (variable || !CONSTANT.has(ins.op.name)) {
      throw checker.fail(`constant expression required: ${ins.op.name} is not constant${variable ? ' here' : ''}`)
    }
  }
}
