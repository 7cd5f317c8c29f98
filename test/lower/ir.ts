// The IR of a module in the text format, and how the tests write it down.
//
//   t3 = load(l0+4)  if (eq(l0, 1)) { ... }  return t3

import type { FuncType } from '../../src/0-wasm/types.ts'
import { CodeReader } from '../../src/1-decode/code.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { FunctionValidator } from '../../src/2-validate/function.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import { FunctionLowering } from '../../src/3-lower/function.ts'
import type { Expr, Func, Reg, Stmt } from '../../src/3-lower/ir.ts'
import { wat } from '../wat.ts'

/** Lowers all functions of a module that have code. */
export function lower(source: string | Uint8Array): Func[] {
  const module = decode(typeof source === 'string' ? wat(source) : source)
  validateModule(module)
  return module.funcs.flatMap(({ body, type }, index) => {
    if (body === undefined) return []
    const reader = new CodeReader(module, body.start, body.end)
    const signature = module.types[type]!.composite as FuncType
    const locals = [...signature.params, ...reader.locals()]
    const validator = new FunctionValidator(module, index, locals)
    const lowering = new FunctionLowering(module, index, signature, locals)
    while (reader.next()) {
      validator.step(reader.ins)
      lowering.step(reader.ins)
    }
    validator.finish()
    return [lowering.finish()]
  })
}

/** Lowers a function given by its parameters, results and body, in a module with a memory, a global $g and two functions. */
export function lowerBody(signature: string, body: string): Func {
  const source = `(module
    (type $binary (func (param i32 i32) (result i32)))
    (import "m" "f" (func $f (param i32) (result i32)))
    (import "m" "h" (func $h (result i64)))
    (memory 1) (global $g (mut i32) (i32.const 0)) (table 1 funcref)
    (func ${signature} ${body}))`
  return lower(source)[0]!
}

const name = (reg: Reg): string => `${reg.local === undefined ? 't' : 'l'}${reg.id}`
const list = (exprs: readonly Expr[]): string => exprs.map(showExpr).join(', ')

function showExpr(e: Expr): string {
  switch (e.kind) {
    case 'reg':
      return name(e.reg)
    case 'const':
      return Object.is(e.value, -0) ? '-0' : String(e.type === 'ref' ? null : e.value)
    case 'plain':
      return `${e.op.replace(/^i32\./, '')}(${list(e.args)})`
    case 'load':
      return `${e.op}(${showExpr(e.addr)}+${e.offset})`
    case 'call':
      return `f${e.func}(${list(e.args)})`
    case 'call_indirect':
      return `table${e.table}[${showExpr(e.index)}](${list(e.args)})`
    case 'cell':
      return `cell${e.index}`
    case 'global.get':
      return `g${e.global}.${e.part}`
    case 'ref.func':
      return `ref f${e.func}`
    case 'select':
      return `(${showExpr(e.cond)} ? ${showExpr(e.then)} : ${showExpr(e.else)})`
    case 'runtime':
      return `${e.name}(${list(e.args)})`
  }
}

export const show = (stmts: readonly Stmt[]): string => stmts.map(showStmt).join('; ')

function showStmt(stmt: Stmt): string {
  switch (stmt.kind) {
    case 'set':
      return `${name(stmt.reg)} = ${showExpr(stmt.value)}`
    case 'expr':
      return showExpr(stmt.value)
    case 'store':
      return `${stmt.op}(${showExpr(stmt.addr)}+${stmt.offset}, ${showExpr(stmt.value)})`
    case 'global.set':
      return `g${stmt.global}.${stmt.part} = ${showExpr(stmt.value)}`
    case 'return':
      return `return ${list(stmt.values)}`.trimEnd()
    case 'trap':
      return `trap ${stmt.message}`
    case 'tail':
      return `tail ${showExpr(stmt.call)}`
    case 'br':
      return `br ${stmt.label.id}`
    case 'block':
      return `block ${stmt.label.id} { ${show(stmt.body)} }`
    case 'loop':
      return `loop ${stmt.label.id} { ${show(stmt.body)} }`
    case 'if': {
      const label = stmt.label === undefined ? '' : ` ${stmt.label.id}`
      const otherwise = stmt.else.length === 0 ? '' : ` else { ${show(stmt.else)} }`
      return `if${label} (${showExpr(stmt.cond)}) { ${show(stmt.then)} }${otherwise}`
    }
    case 'switch':
      return `switch (${showExpr(stmt.index)}) { ${stmt.cases.map((c) => `${c.indices}: ${show(c.body)}`).join(' | ')} }`
    case 'dispatch':
      return `dispatch { ${stmt.segments.map(({ label, body }) => `${label.id}: ${show(body)}`).join(' | ')} }`
  }
}
