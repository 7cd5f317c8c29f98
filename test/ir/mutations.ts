// What broken passes do: each change makes IR that breaks a rule, or does things in another order.

import { isOrdered, THROW, WRITE } from '../../src/3-ir/effects.ts'
import type { Expr } from '../../src/3-ir/expr.ts'
import { call, i32, load, regRead, select, withOperands } from '../../src/3-ir/expressions.ts'
import type { Func, Reg, RegType, Stmt, Try } from '../../src/3-ir/ir.ts'
import { branch, evaluate, isCompound, newLabel, setReg, switchOn, withArgs } from '../../src/3-ir/statements.ts'
import { effectsOf, forEachReadIn, forEachStmt, readsReg, substitute } from '../../src/3-ir/walk.ts'
import type { Random } from '../fuzz/random.ts'
import {
  exprsOf,
  forged,
  listsOf,
  pick,
  replaceExpr,
  replaceList,
  replaceReg,
  replaceStmt,
  stmtsOf,
  withOtherLabel,
} from './edit.ts'

/** @returns undefined if there is nothing in the function to break */
type Mutation = (func: Func, random: Random) => Func | undefined

const other = (type: RegType): RegType => (type === 'f64' ? 'i32' : 'f64')
const setsOf = (func: Func, reg: Reg): number => stmtsOf(func).filter(({ regs }) => regs.includes(reg)).length
const isRead = (func: Func, reg: Reg): boolean => stmtsOf(func).some(({ args }) => args.some((e) => readsReg(e, reg)))
const isLeaf = (stmt: Stmt | undefined): stmt is Stmt => stmt !== undefined && !isCompound(stmt)
const leaves = ({ kind }: Stmt): boolean => ['br', 'return', 'trap', 'tail'].includes(kind)

/** Two statements behind each other of which the test holds. */
function neighbours(func: Func, random: Random, test: (one: Stmt, two: Stmt) => boolean) {
  const all = listsOf(func).flatMap((list) => list.slice(1).map((two, i) => ({ list, i, one: list[i]!, two })))
  return pick(random, all, ({ one, two }) => isLeaf(one) && isLeaf(two) && test(one, two))
}

const isConflict = (one: Stmt, two: Stmt): boolean =>
  isOrdered(effectsOf(one), effectsOf(two)) && ((effectsOf(one) | effectsOf(two)) & WRITE) !== 0

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a set is dropped': (func, random) => {
    const given = new Set([...func.params, ...func.locals])
    const found = pick(random, stmtsOf(func), ({ kind, regs: [reg] }) => {
      if (kind !== 'set' || given.has(reg!)) return false
      return setsOf(func, reg!) === 1 && isRead(func, reg!)
    })
    return found && replaceStmt(func, found, () => [])
  },
  'a read comes before its set': (func, random) => {
    const given = new Set([...func.params, ...func.locals])
    const found = neighbours(func, random, (one, two) => {
      const [reg] = one.regs
      return reg !== undefined && setsOf(func, reg) === 1 && !given.has(reg) && two.args.some((e) => readsReg(e, reg))
    })
    if (found === undefined) return undefined
    const { list, i, one, two } = found
    return replaceList(func, list, [...list.slice(0, i), two, one, ...list.slice(i + 2)])
  },
  'what reads and what writes change places': (func, random) => {
    const found = neighbours(func, random, (one, two) => !leaves(two) && isConflict(one, two))
    if (found === undefined) return undefined
    const { list, i, one, two } = found
    return replaceList(func, list, [...list.slice(0, i), two, one, ...list.slice(i + 2)])
  },
  'a load goes behind a write, to where it is used': (func, random) => {
    const all = listsOf(func).flatMap((list) =>
      list.slice(2).map((use, i) => ({ list, i, set: list[i]!, write: list[i + 1]!, use })),
    )
    const found = pick(random, all, ({ set, write, use }) => {
      if (
        set.kind !== 'set' ||
        !isLeaf(write) ||
        leaves(write) ||
        !isConflict(set, write) ||
        setsOf(func, set.reg) !== 1
      )
        return false
      return (
        set.value.kind === 'load' &&
        use.args.some((e) => readsReg(e, set.reg)) &&
        !write.args.some((e) => readsReg(e, set.reg))
      )
    })
    if (found === undefined) return undefined
    const { list, i, set, write, use } = found
    const moved = withArgs(
      use,
      use.args.map((e) => substitute(e, (reg) => (reg === set.regs[0] ? set.args[0]! : regRead(reg)))),
    )
    return replaceList(func, list, [...list.slice(0, i), write, moved, ...list.slice(i + 3)])
  },
  'operands with effects change places': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => {
      const [x, y] = e.args
      return e.kind === 'op' && e.args.length === 2 && x!.type === y!.type && isOrdered(x!.effects, y!.effects)
    })
    return found && replaceExpr(func, found, withOperands(found.e, [found.e.args[1]!, found.e.args[0]!]))
  },
  'operands of two types change places': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => {
      const types = e.args.map(({ type }) => (type === 'i64cell' ? 'i64' : type))
      return e.kind !== 'call_indirect' && e.kind !== 'call' && types.join() !== types.slice().reverse().join()
    })
    return found && replaceExpr(func, found, withOperands(found.e, found.e.args.slice().reverse()))
  },
  'a label is that of another': (func, random) => {
    const all = stmtsOf(func).filter(({ kind }) => kind === 'block' || kind === 'loop') as (Stmt & { kind: 'block' })[]
    const found = pick(random, all, (stmt) => stmt !== all[0])
    return found && replaceStmt(func, found, () => withOtherLabel(found, all[0]!.label))
  },
  'two labels have one number': (func, random) => {
    const all = stmtsOf(func).filter(({ kind }) => kind === 'block' || kind === 'loop') as (Stmt & { kind: 'block' })[]
    const found = pick(random, all, (stmt) => stmt !== all[0])
    return found && replaceStmt(func, found, () => withOtherLabel(found, newLabel(all[0]!.label.id)))
  },
  'a branch goes to a label that is not around': (func, random) => {
    const inside = stmtsOf(func).filter(({ labels }) => labels.length > 0)
    const target = pick(random, inside, () => true)?.labels[0]
    const found = target && pick(random, func.body, (stmt) => !stmt.labels.includes(target) && isLeaf(stmt))
    return found && replaceStmt(func, found, (stmt) => [branch(target, stmt.at)])
  },
  'a register has another type': (func, random) => {
    const regs = stmtsOf(func).flatMap(({ kind, regs: [reg] }) => (kind === 'set' ? [reg!] : []))
    const found = pick(random, regs, (reg) => !func.params.includes(reg) && reg.type !== 'i64cell')
    return found && replaceReg(func, found, { ...found, type: other(found.type) })
  },
  'a register is two objects': (func, random) => {
    const found = pick(
      random,
      stmtsOf(func),
      ({ kind, regs: [reg] }) => kind === 'set' && (isRead(func, reg!) || setsOf(func, reg!) > 1),
    )
    return found && replaceStmt(func, found, (stmt) => setReg({ ...stmt.regs[0]! }, stmt.args[0]!, stmt.at))
  },
  'a value has another type': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.type === 'i32' && e.kind === 'const')
    return found && replaceExpr(func, found, load('f64.load', 0, i32(0), 0))
  },
  'a result is dropped': (func, random) => {
    const found = pick(random, stmtsOf(func), ({ kind, args }) => kind === 'return' && args.length > 0)
    return found && replaceStmt(func, found, (stmt) => withArgs(stmt, stmt.args.slice(1)))
  },
  'an argument is dropped': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.kind === 'call' && e.args.length > 0)
    return found && replaceExpr(func, found, withOperands(found.e, found.e.args.slice(1)))
  },
  'an argument too many': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.kind === 'call')
    return found && replaceExpr(func, found, withOperands(found.e, [...found.e.args, i32(1)]))
  },
  'another function is called': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.kind === 'call' && e.version.kind === 'main')
    return found && replaceExpr(func, found, call(100_000, found.e.args, found.e.type))
  },
  'a part is called that is not there': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.kind === 'call' && e.version.kind === 'part')
    return (
      found && replaceExpr(func, found, call(func.index, found.e.args, found.e.type, { kind: 'part', number: 9999 }))
    )
  },
  'a statement stands in two places': (func, random) => {
    const found = pick(random, stmtsOf(func), isLeaf)
    return found && replaceStmt(func, found, (stmt) => [stmt, stmt])
  },
  'a statement comes behind a branch': (func, random) => {
    const found = pick(random, stmtsOf(func), leaves)
    return found && replaceStmt(func, found, (stmt) => [stmt, evaluate(i32(0), stmt.at)])
  },
  'the last return is dropped': (func) => {
    const last = func.body[func.body.length - 1]
    return last?.kind === 'return' && last.args.length > 0 ? replaceStmt(func, last, () => []) : undefined
  },
  'a load is in the arm of a choice': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.kind === 'load')
    return found && replaceExpr(func, found, select(i32(1), found.e, found.e))
  },
  'a call is in the address of a load': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.kind === 'load')
    return found && replaceExpr(func, found, withOperands(found.e, [call(0, [], 'i32')]))
  },
  'effects are forgotten': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.effects !== 0)
    return found && replaceExpr(func, found, forged(found.e, { effects: 0 }))
  },
  'an operand is forgotten in the size': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e }) => e.args.length > 0)
    return found && replaceExpr(func, found, forged(found.e, { size: found.e.size - 1 }))
  },
  'a height is wrong': (func, random) => {
    const found = pick(random, stmtsOf(func), isCompound)
    return found && replaceStmt(func, found, (stmt) => forged(stmt, { height: stmt.height + 1 }))
  },
  'a node is changed afterwards': (func, random) => {
    const found = pick(random, exprsOf(func), ({ e: { args } }) => {
      return args.length === 2 && args[0]!.kind === 'reg' && (args[0]!.reads & args[1]!.reads) === 0
    })
    return found && replaceExpr(func, found, forged(found.e, { args: [i32(0), found.e.args[1]!] }))
  },
  'two cases have one index': (func, random) => {
    const found = pick(random, stmtsOf(func), (stmt) => stmt.kind === 'switch' && stmt.cases.length > 2)
    if (found?.kind !== 'switch') return undefined
    const [first, second, ...rest] = found.cases
    const cases = [first!, { ...second!, indices: [...second!.indices, ...first!.indices] }, ...rest]
    return first!.indices.length === 0
      ? undefined
      : replaceStmt(func, found, ({ at }) => switchOn(found.index, cases, at))
  },
  'a dispatch goes on at an arm that is not there': (func, random) => {
    const all = stmtsOf(func)
    const states = new Map(all.flatMap((stmt) => (stmt.kind === 'dispatch' ? [[stmt.again, stmt.state] as const] : [])))
    const found = pick(random, all, (stmt) => stmt.kind === 'br' && states.has(stmt.target))
    if (found?.kind !== 'br') return undefined
    return replaceStmt(func, found, (stmt) => [setReg(states.get(found.target)!, i32(100_000), stmt.at), stmt])
  },
  'a register is beyond those made': (func) =>
    func.regCount === 0 || !uses(func, func.regCount - 1) ? undefined : { ...func, regCount: func.regCount - 1 },
  'a parameter is missing': (func) =>
    func.params.length === 0 ? undefined : { ...func, params: func.params.slice(1) },
  'a result has another type': (func) => {
    const [first, ...rest] = func.results
    return first === undefined ? undefined : { ...func, results: [other(first), ...rest] }
  },
}

function uses(func: Func, id: number): boolean {
  return stmtsOf(func).some(({ regs, args }) => regs.some((reg) => reg.id === id) || args.some((e) => exprUses(e, id)))
}

const exprUses = (e: Expr, id: number): boolean =>
  e.kind === 'reg' ? e.reg.id === id : e.args.some((arg) => exprUses(arg, id))

/** What the handler of a `try` reads. */
function readsOfHandler({ handler }: Try): Set<Reg> {
  const read = new Set<Reg>()
  forEachStmt(handler, (stmt) => forEachReadIn(stmt, (reg) => read.add(reg)))
  return read
}

const triesOf = (func: Func): Try[] => stmtsOf(func).filter((stmt) => stmt.kind === 'try')

/** The same for functions with handlers, of which random ones have none. */
export const HANDLER_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a set is dropped that only a handler reads': (func, random) => {
    const given = new Set([...func.params, ...func.locals])
    const inHandlers = new Set(triesOf(func).flatMap((each) => [...readsOfHandler(each)]))
    const found = pick(random, stmtsOf(func), ({ kind, regs: [reg] }) => {
      return kind === 'set' && !given.has(reg!) && setsOf(func, reg!) === 1 && inHandlers.has(reg!)
    })
    return found && replaceStmt(func, found, () => [])
  },
  'a set goes behind a call that may throw, where a handler reads it': (func, random) =>
    swapped(func, random, (set, call) => [set, call]),
  'a set goes before a call that may throw, where a handler reads it': (func, random) =>
    swapped(func, random, (call, set) => [set, call]),
}

/** @param roles of two neighbours in the body of a `try`: what sets a register, and what may throw */
function swapped(func: Func, random: Random, roles: (one: Stmt, two: Stmt) => [Stmt, Stmt]): Func | undefined {
  const all = triesOf(func).flatMap((each) => {
    const read = readsOfHandler(each)
    return each.body.slice(1).map((two, i) => ({ list: each.body, i, one: each.body[i]!, two, read }))
  })
  const found = pick(random, all, ({ one, two, read }) => {
    const [set, call] = roles(one, two)
    return set.kind === 'set' && read.has(set.reg) && (effectsOf(set) & THROW) === 0 && (effectsOf(call) & THROW) !== 0
  })
  if (found === undefined) return undefined
  const { list, i, one, two } = found
  return replaceList(func, list, [...list.slice(0, i), two, one, ...list.slice(i + 2)])
}
