// The IR as text, for people and tests: registers of locals are `l` and their number, temporaries `t`; instructions
// on i32 leave out their type; a load or store has its address and offset in one pair of parentheses.
//
//   t3 = i32.load(l0+4); if (eq(t3, 1)) { br 2 }; return t3
//
// It says everything that the IR does, so that parse.ts can read it: what is not written is what it nearly always is.
// A type is i32, a memory 0, effects are those of the operation, a function has tail calls if there are some.

import { READ_GLOBAL } from './effects.ts'
import type { CallIndirect, Expr, GcOperation, Load, Operation } from './expr.ts'
import { GC_OPS } from './gc-ops.ts'
import { describe } from './head.ts'
import type { Branch, Compound, Dispatch, Func, If, Label, Reg, RegType, Stmt, Store, Switch } from './ir.ts'
import { constantText, effectsText, heapText, regText, versionText } from './notation.ts'
import { OPS } from './ops/index.ts'
import { NOWHERE } from './positions.ts'
import { labelsOfArm } from './statements.ts'

const labelText = ({ id }: Label): string => String(id)

/** The position that a text is in, which need not be said of what has the same; undefined: positions are not shown. */
type At = number | undefined

const list = (exprs: readonly Expr[], at: At): string => exprs.map((e) => exprText(e, at)).join(', ')

/** What is behind the name of an operation: type and effects, where they are not what they would be taken to be. */
const suffix = (type: RegType, usual: RegType, own: number, usually: number): string =>
  `${type === usual ? '' : `:${type}`}${own === usually ? '' : effectsText(own)}`

/** An expression. */
export function exprText(e: Expr, at?: At): string {
  if (at === undefined || e.at === NOWHERE || e.at === at) return bareText(e, at)
  return `@${e.at} ${bareText(e, e.at)}`
}

function bareText(e: Expr, at: At): string {
  switch (e.kind) {
    case 'reg':
      return regText(e.reg)
    case 'const':
      return constantText(e)
    case 'op':
      return operationText(e, at)
    case 'load':
      return `${e.op}(${placeText(e, at)}${e.guard === 0 ? '' : ` guard ${e.guard}`})`
    case 'call':
      return `f${e.func}${versionText(e.version)}${suffix(e.type, 'i32', 0, 0)}(${list(e.args, at)})`
    case 'call_indirect':
      return callIndirectText(e, at)
    case 'global.get':
      return `g${e.global}.${e.part}${suffix(e.type, 'i32', e.effects, READ_GLOBAL)}`
    case 'ref.func':
      return `ref f${e.func}`
    case 'gc':
      return gcText(e, at)
    case 'select':
      return `(${exprText(e.cond, at)} ? ${exprText(e.then, at)} : ${exprText(e.else, at)})`
    case 'tuple':
      return `tuple(${list(e.args, at)})`
    case 'runtime': {
      const entities = e.entities.map(({ kind, index }) => (kind === 'memory' ? `m${index}` : `${kind}${index}`))
      return `${e.name}(${[...entities, ...e.args.map((arg) => exprText(arg, at))].join(', ')})`
    }
    default:
      return e satisfies never
  }
}

const operationText = ({ op, own, args }: Operation, at: At): string =>
  `${OPS[op].text}${own === OPS[op].own ? '' : effectsText(own)}(${list(args, at)})`

const callIndirectText = ({ table, typeIndex, type, index, callArgs }: CallIndirect, at: At): string =>
  `${table === undefined ? 'ref' : `table${table}`}${suffix(type, 'i32', 0, 0)}[${exprText(index, at)}: type${typeIndex}](${list(callArgs, at)})`

/** `struct.get:f64[type3 2.0](l0)`: the type, the detail and which register. */
function gcText({ op, heap, detail, part, type, own, args }: GcOperation, at: At): string {
  const { effects } = GC_OPS[op]
  return `${op}${suffix(type, GC_OPS[op].result ?? 'i32', own, effects)}[${heapText(heap)} ${detail}.${part}](${list(args, at)})`
}

const placeText = ({ memory, addr, offset }: Load | Store, at: At): string =>
  `${memory === 0 ? '' : `m${memory} `}${exprText(addr, at)}+${offset}`

export interface TextOptions {
  /**
   * Whether statements have the byte offsets of their instructions before them, and expressions those that are not that of
   * what is around them: `@9 l0 = add(@5 i32.load(l1+0), 1)`.
   */
  readonly at?: boolean
}

/** Statements, on one line with `;` between them, or each on a line of its own. */
class StmtPrinter {
  readonly #inLines: boolean
  readonly #at: boolean

  constructor(inLines: boolean, at = false) {
    this.#inLines = inLines
    this.#at = at
  }

  list(stmts: readonly Stmt[], depth: number): string {
    const texts = stmts.map((stmt) => `${this.#at ? `@${stmt.at} ` : ''}${this.#stmt(stmt, depth)}`)
    return texts.join(this.#inLines ? this.#break(depth) : '; ')
  }

  #stmt(stmt: Stmt, depth: number): string {
    switch (stmt.kind) {
      case 'br':
        return `br ${labelText(stmt.target)}`
      case 'block':
        return `block ${labelText(stmt.label)} ${this.#braces(stmt.body, depth)}`
      case 'loop':
        return `loop ${labelText(stmt.label)}${stmt.repeats ? ' repeats' : ''} ${this.#braces(stmt.body, depth)}`
      case 'if':
        return this.#if(stmt, depth)
      case 'switch':
        return this.#switch(stmt, depth)
      case 'try':
        return `try ${this.#braces(stmt.body, depth)} catch ${this.#braces(stmt.handler, depth)}`
      case 'dispatch':
        return this.#dispatch(stmt, depth)
      default:
        return leafText(stmt, this.#in(stmt))
    }
  }

  #in({ at }: Stmt): At {
    return this.#at ? at : undefined
  }

  #if(stmt: If, depth: number): string {
    const label = stmt.label === undefined ? '' : ` ${labelText(stmt.label)}`
    const otherwise = stmt.else.length === 0 ? '' : ` else ${this.#braces(stmt.else, depth)}`
    return `if${label} (${exprText(stmt.cond, this.#in(stmt))}) ${this.#braces(stmt.then, depth)}${otherwise}`
  }

  #switch(stmt: Switch, depth: number): string {
    const { index, cases } = stmt
    const keys = cases.map(({ indices }, i) => (i < cases.length - 1 ? indices : [...indices, 'else']).join())
    return `switch (${exprText(index, this.#in(stmt))}) ${this.#entries(keys, cases, depth)}`
  }

  #dispatch({ state, arms, first, resumes, again }: Dispatch, depth: number): string {
    const start = first === undefined ? '' : ` first ${first}`
    const going = resumes === true ? ' resumes' : ''
    const back = again === undefined ? '' : ` again ${labelText(again)}`
    const keys = arms.map((arm) => {
      const handler = arm.handler === undefined ? '' : ` throws ${labelText(arm.handler)}`
      return labelsOfArm(arm).map(labelText).join() + handler
    })
    return `dispatch ${regText(state)}${start}${going}${back} ${this.#entries(keys, arms, depth)}`
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
}

function leafText(stmt: Exclude<Stmt, Compound | Branch>, at: At): string {
  switch (stmt.kind) {
    case 'set':
      return `${regText(stmt.reg)} = ${exprText(stmt.value, at)}`
    case 'call':
      return `${resultsText(stmt.regs, stmt.results)} = ${exprText(stmt.value, at)}`
    case 'expr':
      return exprText(stmt.value, at)
    case 'store':
      return `${stmt.op}(${placeText(stmt, at)}, ${exprText(stmt.value, at)})`
    case 'global.set':
      return `g${stmt.global}.${stmt.part} = ${exprText(stmt.value, at)}`
    case 'return':
      return `return ${list(stmt.values, at)}`.trimEnd()
    case 'trap':
      return `trap ${stmt.message}`
    case 'throw':
      return `throw ${exprText(stmt.value, at)}`
    case 'tail':
      return `tail ${exprText(stmt.call, at)}`
    default:
      return stmt satisfies never
  }
}

/** Registers that take results. A number stands where it is not that of the place, or would make it a plain `set`. */
const resultsText = (regs: readonly Reg[], results: readonly number[]): string =>
  regs
    .map((reg, i) => (results[i] === i && regs.length > 1 ? regText(reg) : `${regText(reg)}:${results[i]}`))
    .join(', ')

/** Statements on one line. */
export const stmtsText = (stmts: readonly Stmt[]): string => new StmtPrinter(false).list(stmts, 0)

/** A function in lines: its parameters and the types of its results, its locals, other registers, statements. */
export function funcText(func: Func, { at = false }: TextOptions = {}): string {
  const { params, locals, others, flags } = describe(func)
  const results = func.results.length === 0 ? '' : ` -> ${func.results.join(', ')}`
  const body = new StmtPrinter(true, at).list(func.body, 1)
  return [
    `f${func.index}${versionText(func.version)}(${params})${results}${flags}`,
    ...(locals === '' ? [] : [`  var ${locals}`]),
    ...(others === '' ? [] : [`  reg ${others}`]),
    `  ${body}\n`,
  ].join('\n')
}
