// The IR as text, for people and tests: registers of locals are `l` and their number, temporaries `t`; instructions
// on i32 leave out their type; a load or store has its address and offset in one pair of parentheses.
//
//   t3 = i32.load(l0+4); if (eq(t3, 1)) { br 2 }; return t3

import type { Const, Expr } from './expr.ts'
import type { Branch, Compound, Dispatch, Func, If, Label, Reg, Stmt, Switch } from './ir.ts'
import { OPS } from './ops/index.ts'
import type { Version } from './versions.ts'

const name = (reg: Reg): string => `${reg.local === undefined ? 't' : 'l'}${reg.id}`
const list = (exprs: readonly Expr[]): string => exprs.map(exprText).join(', ')
const typed = (regs: readonly Reg[]): string => regs.map((reg) => `${name(reg)}: ${reg.type}`).join(', ')
const memoryOf = (memory: number): string => (memory === 0 ? '' : `m${memory} `)

function exprText(e: Expr): string {
  switch (e.kind) {
    case 'reg':
      return name(e.reg)
    case 'const':
      return constantText(e)
    case 'plain':
      return `${OPS[e.op].text}(${list(e.args)})`
    case 'load':
      return `${e.op}(${memoryOf(e.memory)}${exprText(e.addr)}+${e.offset})`
    case 'call':
      return `f${e.func}${versionText(e.version)}(${list(e.args)})`
    case 'call_indirect':
      return `table${e.table}[${exprText(e.index)}](${list(e.callArgs)})`
    case 'global.get':
      return `g${e.global}.${e.part}`
    case 'ref.func':
      return `ref f${e.func}`
    case 'select':
      return `(${exprText(e.cond)} ? ${exprText(e.then)} : ${exprText(e.else)})`
    case 'runtime':
      return `${e.name}(${list(e.args)})`
  }
}

function constantText({ type, value, lo, hi }: Const): string {
  if (type === 'ref') return 'null'
  if (!Number.isNaN(value)) return Object.is(value, -0) ? '-0' : String(value)
  const bits = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
  return `nan:0x${type === 'f64' ? bits(hi) : ''}${bits(lo)}`
}

/** Statements, on one line with `;` between them, or each on a line of its own. */
class StmtPrinter {
  readonly #inLines: boolean
  /** Labels that passes made, which have no ids of their own, in the order in which they are met. */
  readonly #made: Label[] = []

  constructor(inLines: boolean) {
    this.#inLines = inLines
  }

  list(stmts: readonly Stmt[], depth: number): string {
    return stmts.map((stmt) => this.#stmt(stmt, depth)).join(this.#inLines ? this.#break(depth) : '; ')
  }

  #stmt(stmt: Stmt, depth: number): string {
    switch (stmt.kind) {
      case 'br':
        return `br ${this.#label(stmt.target)}`
      case 'block':
      case 'loop':
        return `${stmt.kind} ${this.#label(stmt.label)} ${this.#braces(stmt.body, depth)}`
      case 'if':
        return this.#if(stmt, depth)
      case 'switch':
        return this.#switch(stmt, depth)
      case 'dispatch':
        return this.#dispatch(stmt, depth)
      default:
        return leafText(stmt)
    }
  }

  #if(stmt: If, depth: number): string {
    const label = stmt.label === undefined ? '' : ` ${this.#label(stmt.label)}`
    const otherwise = stmt.else.length === 0 ? '' : ` else ${this.#braces(stmt.else, depth)}`
    return `if${label} (${exprText(stmt.cond)}) ${this.#braces(stmt.then, depth)}${otherwise}`
  }

  #switch({ index, cases }: Switch, depth: number): string {
    const keys = cases.map(({ indices }, i) => (i < cases.length - 1 ? indices : [...indices, 'else']).join())
    return `switch (${exprText(index)}) ${this.#entries(keys, cases, depth)}`
  }

  #dispatch({ state, segments }: Dispatch, depth: number): string {
    const keys = segments.map(({ label, also }) => [label, ...(also ?? [])].map((each) => this.#label(each)).join())
    return `dispatch ${name(state)} ${this.#entries(keys, segments, depth)}`
  }

  /** `{ 0: A | 1: B }` */
  #entries(keys: readonly string[], all: readonly { readonly body: readonly Stmt[] }[], depth: number): string {
    const texts = all.map(({ body }, i) => `${keys[i]}:${body.length === 0 ? '' : this.#indented(body, depth + 1)}`)
    const between = this.#inLines ? this.#break(depth + 1) : ' | '
    return `{${this.#break(depth + 1)}${texts.join(between)}${this.#break(depth)}}`
  }

  #braces(stmts: readonly Stmt[], depth: number): string {
    return stmts.length === 0 ? '{}' : `{${this.#indented(stmts, depth)}${this.#break(depth)}}`
  }

  #indented(stmts: readonly Stmt[], depth: number): string {
    return `${this.#break(depth + 1)}${this.list(stmts, depth + 1)}`
  }

  #break(depth: number): string {
    return this.#inLines ? `\n${'  '.repeat(depth)}` : ' '
  }

  #label(label: Label): string {
    if (label.id >= 0) return String(label.id)
    if (!this.#made.includes(label)) this.#made.push(label)
    return `x${this.#made.indexOf(label)}`
  }
}

function leafText(stmt: Exclude<Stmt, Compound | Branch>): string {
  switch (stmt.kind) {
    case 'set':
      return `${name(stmt.reg)} = ${exprText(stmt.value)}`
    case 'call':
      return `${stmt.regs.map((reg, i) => resultText(reg, stmt.results[i]!, i)).join(', ')} = ${exprText(stmt.value)}`
    case 'expr':
      return exprText(stmt.value)
    case 'store':
      return `${stmt.op}(${memoryOf(stmt.memory)}${exprText(stmt.addr)}+${stmt.offset}, ${exprText(stmt.value)})`
    case 'global.set':
      return `g${stmt.global}.${stmt.part} = ${exprText(stmt.value)}`
    case 'return':
      return `return ${list(stmt.values)}`.trimEnd()
    case 'trap':
      return `trap ${stmt.message}`
    case 'tail':
      return `tail ${exprText(stmt.call)}`
  }
}

/** A register that takes a result: its number stands there if it is not that of the register's place. */
const resultText = (reg: Reg, result: number, place: number): string =>
  result === place ? name(reg) : `${name(reg)}:${result}`

/** `_1` for the first part, `.bigint` for the version on BigInts. */
const versionText = ({ kind, number }: Version): string =>
  kind === 'main' ? '' : kind === 'part' ? `_${number}` : `.${kind}`

/** Statements on one line. */
export const stmtsText = (stmts: readonly Stmt[]): string => new StmtPrinter(false).list(stmts, 0)

/** A function in lines, the first of which names its parameters and the types of its results. */
export function funcText(func: Func): string {
  const version = versionText(func.version)
  const results = func.results.length === 0 ? '' : ` -> ${func.results.join(', ')}`
  const locals = func.locals.length === 0 ? '' : `  var ${typed(func.locals)}\n`
  const body = new StmtPrinter(true).list(func.body, 1)
  return `f${func.index}${version}(${typed(func.params)})${results}\n${locals}  ${body}\n`
}
