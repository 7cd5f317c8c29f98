// A function and those that it tail-calls, which tail-call each other, as one: parameters are registers, and a tail call
// sets them and branches to where the other function stands.
//
//   (func $even (param $n i32) ...              loop l0 {
//     (if (i32.eqz (local.get $n)) ...)           block l1 { if (eqz(n)) { ... }; m = sub(n, 1); br l1 }
//     (return_call $odd (i32.sub ...)))           if (eqz(m)) { ... }; n = sub(m, 1); br l0 }
//
// Each function stands inside of the loop of the one that dominates it in the graph of tail calls from the entry, behind
// the block that those before it leave to come to it (N. Ramsey, Beyond Relooper, 2022). If a loop in that graph is entered
// in the middle, as it is in most state machines, or all of it would be nested too deep, they are arms of a dispatch.

import type { Call, CallIndirect } from '../3-ir/expr.ts'
import { zeroOf } from '../3-ir/expressions.ts'
import type { Func, Label, List, Reg, Stmt } from '../3-ir/ir.ts'
import { leaves } from '../3-ir/leaves.ts'
import { NOWHERE } from '../3-ir/positions.ts'
import { Fresh } from '../3-ir/registers.ts'
import { block, branch, dispatch, giveBack, loop, setReg } from '../3-ir/statements.ts'
import { highest } from '../3-ir/stmt-nodes.ts'
import { forEachStmt, mapBodies, replaceIn, someStmt } from '../3-ir/walk.ts'
import { Copier } from './copy.ts'
import { withoutUnused } from './small-functions.ts'

/** One of the functions, with registers and labels of its own. */
interface Member {
  readonly params: readonly Reg[]
  readonly body: List
  /** The number of a function that it tail-calls; undefined: that is none of them. */
  readonly numberOf: (call: Call | CallIndirect) => number | undefined
  /** Branches to it: forward to the end of a block, and back to the start of a loop. */
  readonly end: Label
  readonly start: Label
}

/**
 * @param entry one of `funcs`
 * @param funcs functions by index, none of which has a dispatch, nor tail-calls itself
 * @param maxHeight of what is nested
 * @returns the entry, which makes no tail calls of the others any more
 */
export function loopOfTails(entry: Func, funcs: ReadonlyMap<number, Func>, maxHeight: number): Func {
  const order = reversePostorder(entry.index, (index) => calleesOf(funcs.get(index)!, funcs))
  const fresh = new Fresh(entry)
  const numbers = new Map(order.map((index, number) => [index, number]))
  const numberOf = (call: Call | CallIndirect): number | undefined =>
    call.kind === 'call' ? numbers.get(call.func) : undefined
  const members = order.map((index, number) => {
    const func = funcs.get(index)!
    const { params, body, locals } = withoutUnused(number === 0 ? func : copyOf(func, fresh))
    const zeros = locals.map((reg) => setReg(reg, zeroOf(reg.type), NOWHERE))
    const last = leaves(body) ? [] : [giveBack([], NOWHERE)]
    return { params, body: [...zeros, ...body, ...last], numberOf, end: fresh.label(), start: fresh.label() }
  })
  const edges = order.map((index) => [...calleesOf(funcs.get(index)!, funcs)].map((callee) => numbers.get(callee)!))
  const nested = new Nest(members, edges).list()
  const body = nested !== undefined && highest([nested]) <= maxHeight ? nested : [armsOf(members, fresh)]
  return {
    ...entry,
    body,
    ...fresh.counts,
    hasTailCalls: someStmt(body, ({ kind }) => kind === 'tail'),
    hasVectors: order.some((index) => funcs.get(index)!.hasVectors),
  }
}

/** Functions as arms of a dispatch; the first is the entry. */
function armsOf(members: readonly Member[], fresh: Fresh): Stmt {
  const arms = members.map((member) => ({
    label: member.start,
    also: [],
    body: withBranches(member, members, () => 'start'),
    handler: undefined,
  }))
  return dispatch(fresh.reg('i32'), arms, NOWHERE)
}

/** A function's body with branches for tail calls. No function sets its own parameters so: values are read before that. */
function withBranches(
  { body, numberOf }: Member,
  members: readonly Member[],
  place: (callee: number) => 'start' | 'end',
): List {
  const each = (stmt: Stmt): Stmt | List => {
    const callee = stmt.kind === 'tail' ? numberOf(stmt.call) : undefined
    if (stmt.kind !== 'tail' || callee === undefined) return mapBodies(stmt, list)
    const { params, [place(callee)]: label } = members[callee]!
    return [...stmt.call.args.map((arg, i) => setReg(params[i]!, arg, stmt.at)), branch(label, stmt.at)]
  }
  const list = (all: List): List => replaceIn(all, each)
  return list(body)
}

/** Functions inside of each other's loops and behind each other's blocks. Their numbers are a reverse postorder. */
class Nest {
  readonly #members: readonly Member[]
  /** By number: the numbers of those that it tail-calls. */
  readonly #edges: readonly (readonly number[])[]
  /** By number: the nearest other function that all ways from the entry go through; -1 for the entry. */
  readonly #dominators: Int32Array

  constructor(members: readonly Member[], edges: readonly (readonly number[])[]) {
    this.#members = members
    this.#edges = edges
    this.#dominators = dominators(edges)
  }

  /** @returns undefined if a loop in the graph is entered in the middle */
  list(): List | undefined {
    const isEntered = this.#edges.some((callees, from) =>
      callees.some((to) => to <= from && !this.#dominates(to, from)),
    )
    return isEntered ? undefined : this.#place(0)
  }

  /** A function, and behind it those that it dominates. Recursion is as deep as functions are many: few fit into a loop. */
  #place(number: number): List {
    const member = this.#members[number]!
    let body = withBranches(member, this.#members, (callee) => (callee <= number ? 'start' : 'end'))
    for (let other = number + 1; other < this.#members.length; other++) {
      if (this.#dominators[other] !== number) continue
      body = [block(this.#members[other]!.end, body, NOWHERE), ...this.#place(other)]
    }
    const repeats = this.#edges.some((callees, from) => from >= number && callees.includes(number))
    return repeats ? [loop(member.start, body, NOWHERE)] : body
  }

  #dominates(one: number, other: number): boolean {
    let at = other
    while (at > one) at = this.#dominators[at]!
    return at === one
  }
}

/** Cooper, Harvey and Kennedy, A Simple, Fast Dominance Algorithm. The immediate dominator has a lower number. */
function dominators(edges: readonly (readonly number[])[]): Int32Array {
  const callers = edges.map((): number[] => [])
  for (const [from, callees] of edges.entries()) for (const to of callees) callers[to]!.push(from)
  const found = new Int32Array(edges.length).fill(-1)
  const isKnown = (number: number): boolean => number === 0 || found[number] !== -1
  const common = (a: number, b: number): number => {
    let [x, y] = [a, b]
    while (x !== y) {
      if (x > y) x = found[x]!
      else y = found[y]!
    }
    return x
  }
  for (let isNew = true; isNew; ) {
    isNew = false
    for (let number = 1; number < edges.length; number++) {
      const nearest = callers[number]!.filter(isKnown).reduce(common)
      isNew ||= nearest !== found[number]
      found[number] = nearest
    }
  }
  return found
}

/** The functions among `funcs` that a function tail-calls. */
function calleesOf({ body }: Func, funcs: ReadonlyMap<number, Func>): ReadonlySet<number> {
  const callees = new Set<number>()
  forEachStmt(body, (stmt) => {
    if (stmt.kind === 'tail' && stmt.call.kind === 'call' && funcs.has(stmt.call.func)) callees.add(stmt.call.func)
  })
  return callees
}

function reversePostorder(entry: number, callees: (index: number) => ReadonlySet<number>): number[] {
  const seen = new Set<number>()
  const done: number[] = []
  const visit = (index: number): void => {
    seen.add(index)
    for (const callee of callees(index)) if (!seen.has(callee)) visit(callee)
    done.push(index)
  }
  visit(entry)
  return done.reverse()
}

function copyOf(func: Func, fresh: Fresh): Func {
  const copier = new Copier(fresh)
  const { params, locals, body } = withoutUnused(func)
  const [newParams, newLocals] = [params.map(copier.register), locals.map(copier.register)]
  return { ...func, params: newParams, locals: newLocals, body: copier.list(body) }
}
