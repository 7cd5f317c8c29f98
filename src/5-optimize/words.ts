// Wide functions (4-lower/wide.ts) get and give i64 values as all functions do, in two words.
//
//   (func (param i64) (result i64) (i64.mul (local.get 0) (local.get 0)))
//
//   x = join(lo, hi); t = i64.mul(x, x); return i64.low(t), i64.high(t)

import type { Expr } from '../3-ir/expr.ts'
import { isAtom, regRead } from '../3-ir/expressions.ts'
import type { Func, Reg, RegType, Return, Stmt } from '../3-ir/ir.ts'
import { giveBack, setReg } from '../3-ir/statements.ts'
import { rewrite } from '../3-ir/walk.ts'
import { high, join, low } from '../4-lower/wide64.ts'

type Temp = (type: RegType) => Reg

export function passWords(func: Func): Func {
  if (func.wide !== 'is') return func
  let { regCount } = func
  const temp: Temp = (type) => ({ id: regCount++, type, local: undefined })
  const isLong = (type: RegType): boolean => type === 'i64'
  const params = func.params.map((param) => (isLong(param.type) ? [temp('i32'), temp('i32')] : [param]))
  const joins = func.params.flatMap((param, i) =>
    isLong(param.type) ? [setReg(param, join(params[i]!.map(regRead)), 0)] : [],
  )
  const { body } = func.results.some(isLong)
    ? rewrite(func, {
        list: (stmts) => stmts.flatMap((stmt) => (stmt.kind === 'return' ? inWords(stmt, temp) : [stmt])),
      })
    : func
  return {
    ...func,
    params: params.flat(),
    locals: [...func.params.filter(({ type }) => isLong(type)), ...func.locals],
    results: func.results.flatMap((type): RegType[] => (isLong(type) ? ['i32', 'i32'] : [type])),
    body: [...joins, ...body],
    regCount,
  }
}

function inWords(stmt: Return, temp: Temp): Stmt[] {
  const sets: Stmt[] = []
  const atoms = stmt.values.map((value): Expr => {
    if (value.kind === 'const' || (isAtom(value) && value.type !== 'i64')) return value
    const reg = temp(value.type === 'i64' ? 'i64cell' : value.type)
    sets.push(setReg(reg, value, stmt.at))
    return regRead(reg)
  })
  const values = atoms.flatMap((e) => (e.type === 'i64' || e.type === 'i64cell' ? [low(e), high(e)] : [e]))
  return [...sets, giveBack(values, stmt.at)]
}
