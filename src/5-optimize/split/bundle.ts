// A switch of very many cases keeps too much even when each case is only a call. Neighbouring cases are decided on in
// two steps, so that a region can hold many of them:
//
//   switch (x) { case 0: A case 1: B ... }        switch (x) { case 0: case 1: switch (x) { case 0: A case 1: B } ... }

import type { Expr } from '../../3-ir/expr.ts'
import { isAtom, regRead } from '../../3-ir/expressions.ts'
import type { Func, List, Reg, Stmt, Switch } from '../../3-ir/ir.ts'
import { setReg, switchOn } from '../../3-ir/statements.ts'
import { rewrite } from '../../3-ir/walk.ts'
import { CALL_SIZE, type Sizes } from './size.ts'

type Case = Switch['cases'][number]

/** @param cap bytes of bytecode that the cases of a bundle may have */
export function bundleCases(func: Func, sizes: Sizes, cap: number): Func {
  let { regCount } = func
  const temp = (): Reg => ({ id: regCount++, type: 'i32', local: undefined })
  const list = (stmts: List): List =>
    stmts.some((stmt) => isVast(stmt, sizes, cap))
      ? stmts.flatMap((stmt) => (isVast(stmt, sizes, cap) ? bundle(stmt, sizes, cap, temp) : [stmt]))
      : stmts
  const bundled = rewrite(func, { list })
  return { ...bundled, regCount }
}

function isVast(stmt: Stmt, sizes: Sizes, cap: number): stmt is Switch {
  return stmt.kind === 'switch' && stmt.cases.filter(({ body }) => isWorthACall(body, sizes)).length * CALL_SIZE > cap
}

const isWorthACall = (body: List, sizes: Sizes): boolean => sizes.ofList(body) > CALL_SIZE

function bundle(stmt: Switch, sizes: Sizes, cap: number, temp: () => Reg): Stmt[] {
  const { at } = stmt
  const before: Stmt[] = []
  let index: Expr = stmt.index
  if (!isAtom(index)) {
    const reg = temp()
    before.push(setReg(reg, index, at))
    index = regRead(reg)
  }
  const cases = [...groups(stmt, sizes, cap)].map((group) => (group.length === 1 ? group[0]! : inOne(group, index, at)))
  return [...before, switchOn(index, cases, at)]
}

function inOne(cases: readonly Case[], index: Expr, at: number): Case {
  const inner = switchOn(index, cases, at)
  return { indices: cases.flatMap(({ indices }) => indices), body: [inner] }
}

/** The cases in groups, the default last; it stays alone, and so does what is small or large. */
function* groups({ cases }: Switch, sizes: Sizes, cap: number): Generator<Case[]> {
  let group: Case[] = []
  let size = 0
  for (const each of cases.slice(0, -1)) {
    const own = sizes.ofList(each.body)
    if (own > cap / 8 || !isWorthACall(each.body, sizes)) {
      yield [each]
      continue
    }
    if (size + own > cap * 0.8) {
      yield group
      group = []
      size = 0
    }
    group.push(each)
    size += own
  }
  if (group.length > 0) yield group
  yield cases.slice(-1)
}
