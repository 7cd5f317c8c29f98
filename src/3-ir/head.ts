// What the head of a function's text says: its registers, and what is set apart about it.
//
//   f2_1(l0: i32, l1/0: i32) -> i32 [products]
//     var l2: i32
//     reg t5: f64

import type { Func, Reg } from './ir.ts'
import { regText } from './notation.ts'
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
  readonly hasFloats: boolean
  readonly hasDispatches: boolean
  readonly hasTailCalls: boolean
  /** One more than the highest id. */
  readonly regCount: number
}

/** The registers of locals that are not of the number of their own say so: `l1/0`. */
const typed = (reg: Reg): string => {
  const local = reg.local === undefined || reg.local === reg.id ? '' : `/${reg.local}`
  return `${regText(reg)}${local}: ${reg.type}`
}

export function see({ params, locals, body }: Pick<Func, 'params' | 'locals' | 'body'>): Seen {
  const regs = new Map<number, Reg>()
  let hasDispatches = false
  let hasTailCalls = false
  const add = (reg: Reg): void => void (regs.has(reg.id) || regs.set(reg.id, reg))
  for (const reg of [...params, ...locals]) add(reg)
  forEachStmt(body, (stmt) => {
    forEachReadIn(stmt, add)
    stmt.regs.forEach(add)
    if (stmt.kind === 'tail') hasTailCalls = true
    if (stmt.kind !== 'dispatch') return
    hasDispatches = true
    add(stmt.state)
  })
  const all = [...regs.values()]
  return {
    regs,
    hasDispatches,
    hasTailCalls,
    hasFloats: all.some(({ type }) => type === 'f32' || type === 'f64'),
    regCount: all.reduce((count, { id }) => Math.max(count, id + 1), 0),
  }
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

function flagsOf(func: Func, seen: Seen): string {
  const flag = (name: string, is: boolean, looks: boolean): string[] => (is === looks ? [] : [is ? name : `no ${name}`])
  const flags = [
    ...flag('tails', func.hasTailCalls, seen.hasTailCalls),
    ...flag('floats', func.hasFloats, seen.hasFloats),
    ...flag('dispatches', func.hasDispatches, seen.hasDispatches),
    ...flag('products', func.hasProducts, false),
    ...(func.wide === undefined ? [] : [`wide ${func.wide}`]),
    ...(func.regCount === seen.regCount ? [] : [`${func.regCount} registers`]),
  ]
  return flags.length === 0 ? '' : ` [${flags.join(', ')}]`
}
