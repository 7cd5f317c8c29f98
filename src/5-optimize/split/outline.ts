// Makes a region of a function a function of its own, a part:
//
//   x = a + 1; if (x > b) break L; y = x        function f7_1(a, b) { var c, x = 0, y = 0
//                                                 E: { x = a + 1; if (x > b) { c = 1; break E } y = x; c = 0 }
//                                                 ri[0] = x; ri[1] = y; return c }
//                                               c = f7_1(a, b); x = ri[0]; y = ri[1]; if (c) break L
//
// Registers that are live in are parameters. Those that it sets and that are live at one of its ways out are results,
// after the number of the way taken, if there are several. A result that is not live at that way may be anything.

import type { Call } from '../../3-ir/expr.ts'
import { call, i32, regRead } from '../../3-ir/expressions.ts'
import type { Func, Label, List, Reg, RegType, Stmt } from '../../3-ir/ir.ts'
import { Fresh } from '../../3-ir/registers.ts'
import { block, branch, evaluate, giveBack, setReg, setResults, trap } from '../../3-ir/statements.ts'
import { part } from '../../3-ir/versions.ts'
import { type Exit, mapExits, type Outline } from './exits.ts'

/** What makes the parts of one function. */
export class Outliner {
  readonly parts: Func[] = []
  readonly fresh: Fresh
  readonly #func: Func
  readonly #made: number

  /** @param made parts that the function has already */
  constructor(func: Func, made: number) {
    this.#func = func
    this.#made = made
    this.fresh = new Fresh(func)
  }

  temp(type: RegType): Reg {
    return this.fresh.reg(type)
  }

  label(): Label {
    return this.fresh.label()
  }

  /** The part of a region that leaves only by returning what the function returns. */
  tail({ body, params, at }: Outline): Stmt[] {
    const { results } = this.#func
    const regs = results.map((type) => this.temp(type))
    return [...this.#receive(this.#part(params, [], results, body), regs, at), giveBack(regs.map(regRead), at)]
  }

  /** The part of a region that control never comes out of: the caller says so to engines. */
  endless({ body, params, at }: Outline): Stmt[] {
    return [...this.#receive(this.#part(params, [], [], body), [], at), trap('unreachable', at)]
  }

  /** The part of a region with one way out, and the statements that call it. */
  single(outline: Outline, exit: Exit): Stmt[] {
    const { outs, at } = outline
    const end = this.label()
    const body = mapExits(outline, () => [branch(end, at)])
    const values = giveBack(outs.map(regRead), at)
    const part = this.#part(outline.params, outs, typesOf(outs), [blockOf(end, body, at), values])
    return [...this.#receive(part, outs, at), ...exit.go]
  }

  /** The part of a region with several ways out, and the statements that call it and then hold its code in `code`. */
  several(outline: Outline, code: Reg): Stmt[] {
    const { outs, at } = outline
    const body = (outs.length === 0 ? returningCodes : settingCodes)(outline, this.temp('i32'), this.label())
    const part = this.#part(outline.params, outs, ['i32', ...typesOf(outs)], body)
    return this.#receive(part, [code, ...outs], at)
  }

  #part(params: readonly Reg[], outs: readonly Reg[], results: readonly RegType[], body: List): Call {
    const { index, int64 } = this.#func
    const known = new Set(params)
    const locals = outs.filter((reg) => !known.has(reg))
    const version = part(this.#made + this.parts.length + 1)
    this.parts.push({
      index,
      version,
      alternatives: [],
      int64,
      params,
      locals,
      results,
      body,
      ...this.fresh.counts,
      hasTailCalls: false,
      hasVectors: false,
    })
    return call(index, params.map(regRead), results[0] ?? 'i32', version)
  }

  /** Calls a part and puts its results into registers. */
  #receive(value: Call, regs: readonly Reg[], at: number): Stmt[] {
    if (regs.length === 0) return [evaluate(value, at)]
    return [regs.length === 1 ? setReg(regs[0]!, value, at) : setResults(regs, value, at)]
  }
}

const typesOf = (regs: readonly Reg[]): RegType[] => regs.map(({ type }) => type)

export const blockOf = (label: Label, body: List, at: number): Stmt => block(label, body, at)

/** Every way out returns its code at once. */
function returningCodes(outline: Outline): Stmt[] {
  const leave = ({ code }: Exit): Stmt[] => [giveBack([i32(code)], outline.at)]
  return [...mapExits(outline, leave), ...(outline.falls === undefined ? [] : leave(outline.falls))]
}

/** Every way out sets the code and goes to the end, where the results are returned. */
function settingCodes(outline: Outline, code: Reg, end: Label): Stmt[] {
  const { at, falls, outs } = outline
  const note = (exit: Exit): Stmt => setReg(code, i32(exit.code), at)
  const body = mapExits(outline, (exit) => [note(exit), branch(end, at)])
  const last = falls === undefined ? [] : [note(falls)]
  return [blockOf(end, [...body, ...last], at), giveBack([code, ...outs].map(regRead), at)]
}
