// Indirect calls that are few direct ones: where a table never changes and has few functions of the type, the index says
// which of them is called. Engines know what a direct call calls, and need neither look up its type nor read the table.
//
//   call_indirect (type 0)    switch (x) { case 3: r = f12(a); break; case 4: r = f15(a); break; default: trap }

import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'
import { ANYTHING } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { call, i32, operation, regRead, runtime } from '../3-ir/expressions.ts'
import type { Case, List, Reg, Stmt } from '../3-ir/ir.ts'
import { givesTuple, takesTuple } from '../3-ir/registers.ts'
import { choice, evaluate, setReg, setResults, switchOn, trap } from '../3-ir/statements.ts'
import type { FunctionBuilder } from './builder.ts'
import { firstType, indirectOperands } from './calls.ts'
import type { Contents } from './facts/closed-tables.ts'

/** If there are more functions than this, they are called through the table. */
const MAX_FUNCTIONS = 4

/** More indices than this in all, too: a function may be in a table many times. */
const MAX_INDICES = 16

/** A function of a type in a table. */
export interface Target {
  readonly func: number
  readonly indices: readonly number[]
}

/** The functions that a call of a type through a table may call, if they are few. */
export type Targets = (table: number, typeIndex: number) => readonly Target[] | undefined

/** What calls through tables may call. */
export class IndirectTargets {
  readonly #module: Module
  readonly #tables: readonly (Contents | undefined)[]
  /** By table, then by canonical type; undefined where it is better to call through the table. */
  readonly #found: ReadonlyMap<number, readonly Target[] | undefined>[] = []

  /** @param tables what is in them, where it is known */
  constructor(module: Module, tables: readonly (Contents | undefined)[]) {
    this.#module = module
    this.#tables = tables
  }

  readonly find: Targets = (table, typeIndex) => {
    const { canonical } = this.#module.types[typeIndex]!
    this.#found[table] ??= this.#ofTable(table)
    return this.#found[table].get(canonical)
  }

  #ofTable(table: number): ReadonlyMap<number, readonly Target[] | undefined> {
    const { funcs, types } = this.#module
    const byType = new Map<number, Map<number, number[]>>()
    for (const [index, func] of this.#tables[table] ?? []) {
      const { canonical } = types[funcs[func]!.type]!
      const ofType = byType.get(canonical) ?? new Map<number, number[]>()
      byType.set(canonical, ofType)
      const indices = ofType.get(func)
      if (indices === undefined) ofType.set(func, [index])
      else indices.push(index)
    }
    return new Map([...byType].map(([type, ofType]) => [type, this.#targets(ofType)]))
  }

  #targets(indicesOf: ReadonlyMap<number, readonly number[]>): readonly Target[] | undefined {
    const targets = [...indicesOf].map(([func, indices]) => ({ func, indices }))
    const count = targets.reduce((sum, { indices }) => sum + indices.length, 0)
    const { funcs, types } = this.#module
    // Functions of a subtype may be called too: they are not looked for.
    const isKnown =
      types.every(({ supertypes }) => supertypes.length === 0) &&
      targets.every(({ func }) => funcs[func]!.body !== undefined)
    return isKnown && targets.length <= MAX_FUNCTIONS && count <= MAX_INDICES ? targets : undefined
  }
}

/** Calls one of the functions that an indirect call may call, and pushes its results. @returns false if it is not to be */
export function callTargets(b: FunctionBuilder, ins: Instruction, find: Targets): boolean {
  const targets = find(ins.index2, ins.index)
  if (targets === undefined) return false
  const { stack, at } = b
  const type = b.funcType(ins.index)
  if (givesTuple(type.results) || takesTuple(type)) return false
  const { index, args } = indirectOperands(b, type)
  const atoms = args.map((arg) => stack.atom(arg))
  stack.before(ANYTHING)
  const results = b.temps(type.results)
  const cases = targets.map(({ func, indices }) => ({ indices, body: [callOf(func, type, atoms, results, at)] }))
  b.emit(choose(index, cases, trapOf(ins.index2, index, at), at))
  for (const reg of results) stack.push(regRead(reg))
  return true
}

function callOf(func: number, type: FuncType, args: readonly Expr[], results: readonly Reg[], at: number): Stmt {
  const node = call(func, args, firstType(type))
  if (results.length === 0) return evaluate(node, at)
  return results.length === 1 ? setReg(results[0]!, node, at) : setResults(results, node, at)
}

/** Traps as the call through the table would. That this call never returns, only the `trap` behind it says in the IR. */
const trapOf = (table: number, index: Expr, at: number): Stmt[] => [
  evaluate(runtime('call_indirect_trap', [{ kind: 'table', index: table }], [index]), at),
  trap('unreachable', at),
]

function choose(index: Expr, cases: readonly Case[], otherwise: List, at: number): Stmt {
  const only = cases[0]!
  if (cases.length > 1 || only.indices.length > 1)
    return switchOn(index, [...cases, { indices: [], body: otherwise }], at)
  return choice(operation('i32.eq', [index, i32(only.indices[0]!)]), undefined, only.body, otherwise, at)
}
