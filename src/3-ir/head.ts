// What the head of a function's text says: its registers, and what is set apart about it.
//
//   f2(l0: i32, l1/0: i32) -> i32 [words, or f2.bigint]
//     var l2: i32
//     reg t5: f64

import { TYPE_BIT } from './expr-nodes.ts'
import type { Func, Int64, Label, Reg } from './ir.ts'
import { regText, versionText } from './notation.ts'
import type { Version } from './versions.ts'
import { forEachReadIn, forEachStmt } from './walk.ts'

export interface Header {
  readonly params: string
  readonly locals: string
  /** Other registers that are not what their names say: an i32, of the local of the same number. */
  readonly others: string
  readonly flags: string
}

/** What can be seen in a function's registers and statements, so that it need not be said. */
export interface Seen {
  /** By id. */
  readonly regs: ReadonlyMap<number, Reg>
  readonly hasTailCalls: boolean
  readonly hasVectors: boolean
  /** One more than the highest id of a register. */
  readonly regCount: number
  /** One more than the highest id of a label. The label 0 is that of the function itself. */
  readonly labelCount: number
}

/** The registers of locals that are not of the number of their own say so: `l1/0`. */
const typed = (reg: Reg): string => {
  const local = reg.local === undefined || reg.local === reg.id ? '' : `/${reg.local}`
  return `${regText(reg)}${local}: ${reg.type}`
}

export function see({ params, locals, results, body }: Pick<Func, 'params' | 'locals' | 'results' | 'body'>): Seen {
  const regs = new Map<number, Reg>()
  let labelCount = 1
  let hasTailCalls = false
  let types = results.includes('v128') ? TYPE_BIT.v128 : 0
  const add = (reg: Reg): void => {
    types |= TYPE_BIT[reg.type]
    if (!regs.has(reg.id)) regs.set(reg.id, reg)
  }
  for (const reg of [...params, ...locals]) add(reg)
  const count = ({ id }: Label): void => {
    labelCount = Math.max(labelCount, id + 1)
  }
  forEachStmt(body, (stmt) => {
    forEachReadIn(stmt, add)
    stmt.regs.forEach(add)
    for (const e of stmt.args) types |= e.types
    stmt.labels.forEach(count)
    if (stmt.kind === 'tail') hasTailCalls = true
    if (stmt.kind === 'dispatch') add(stmt.state)
  })
  const regCount = [...regs.values()].reduce((most, { id }) => Math.max(most, id + 1), 0)
  return { regs, hasTailCalls, hasVectors: (types & TYPE_BIT.v128) !== 0, regCount, labelCount }
}

export function describe(func: Func): Header {
  const seen = see(func)
  const known = new Set([...func.params, ...func.locals].map(({ id }) => id))
  const others = [...seen.regs.values()]
    .filter((reg) => !known.has(reg.id) && (reg.type !== 'i32' || (reg.local ?? reg.id) !== reg.id))
    .sort((a, b) => a.id - b.id)
  return {
    params: func.params.map(typed).join(', '),
    locals: func.locals.map(typed).join(', '),
    others: others.map(typed).join(', '),
    flags: flagsOf(func, seen),
  }
}

/** How the versions of a function hold an i64 if nothing is said. */
export const usualInt64 = ({ kind }: Version): Int64 => (kind === 'bigint' ? 'bigint' : 'value')

function flagsOf(func: Func, seen: Seen): string {
  const { index, version, alternatives, int64, hasTailCalls, hasVectors, regCount, labelCount } = func
  const flags = [
    ...(int64 === usualInt64(version) ? [] : [int64]),
    ...alternatives.map((each) => `or f${index}${versionText(each)}`),
    ...(hasTailCalls === seen.hasTailCalls ? [] : [hasTailCalls ? 'tails' : 'no tails']),
    ...(hasVectors === seen.hasVectors ? [] : [hasVectors ? 'vectors' : 'no vectors']),
    ...(regCount === seen.regCount ? [] : [`${regCount} registers`]),
    ...(labelCount === seen.labelCount ? [] : [`${labelCount} labels`]),
  ]
  return flags.length === 0 ? '' : ` [${flags.join(', ')}]`
}
