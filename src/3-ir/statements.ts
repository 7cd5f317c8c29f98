// Makes statements.

import { LEAVE } from './effects.ts'
import type { Call, CallIndirect, Expr, StoreOp } from './expr.ts'
import { NONE } from './expr-nodes.ts'
import type {
  Arm,
  Block,
  Branch,
  CallSet,
  Case,
  Compound,
  Dispatch,
  Evaluate,
  GlobalSet,
  If,
  Label,
  List,
  Loop,
  Reg,
  Return,
  SetReg,
  Stmt,
  Store,
  Switch,
  TailCall,
  Throw,
  Trap,
  Try,
} from './ir.ts'
import type { TrapFunction } from './runtime-names.ts'
import { CompoundNode, highest, LeafNode, SetNode } from './stmt-nodes.ts'

export const isCompound = (stmt: Stmt): stmt is Compound => stmt.height !== 0

export const setReg = (reg: Reg, value: Expr, at: number): SetReg =>
  new SetNode(at, [value], [reg]) as unknown as SetReg

/** @param results which results of the call the registers take: all from the first on unless given */
export function setResults(
  regs: readonly Reg[],
  value: CallSet['value'],
  at: number,
  results: readonly number[] = regs.map((_, i) => i),
): CallSet {
  const made = new LeafNode('call', at, [value], regs)
  made.results = results
  return made as unknown as CallSet
}

export function store(op: StoreOp, memory: number, addr: Expr, offset: number, value: Expr, at: number): Store {
  const made = new LeafNode('store', at, [addr, value], NONE)
  made.op = op
  made.memory = memory
  made.offset = offset
  return made as unknown as Store
}

/** Evaluates an expression for its effects. */
export const evaluate = (value: Expr, at: number): Evaluate =>
  new LeafNode('expr', at, [value], NONE) as unknown as Evaluate

export function setGlobal(global: number, part: number, value: Expr, at: number): GlobalSet {
  const made = new LeafNode('global.set', at, [value], NONE)
  made.global = global
  made.part = part
  return made as unknown as GlobalSet
}

export const giveBack = (values: readonly Expr[], at: number): Return =>
  new LeafNode('return', at, values, NONE) as unknown as Return

export const tailCall = (call: Call | CallIndirect, at: number): TailCall =>
  new LeafNode('tail', at, [call], NONE) as unknown as TailCall

export function trap(message: TrapFunction, at: number): Trap {
  const made = new LeafNode('trap', at, NONE, NONE)
  made.message = message
  return made as unknown as Trap
}

export const throwOn = (exception: Expr, at: number): Throw =>
  new LeafNode('throw', at, [exception], NONE) as unknown as Throw

export function branch(target: Label, at: number): Branch {
  const made = new LeafNode('br', at, NONE, NONE)
  made.target = target
  return made as unknown as Branch
}

export const newLabel = (id: number): Label => ({ id })

export const block = (label: Label, body: List, at: number): Block =>
  new CompoundNode('block', at, NONE, [body], [label]) as unknown as Block

export function loop(label: Label, body: List, at: number, repeats = false): Loop {
  const made = new CompoundNode('loop', at, NONE, [body], [label])
  made.repeats = repeats
  return made as unknown as Loop
}

/** @param label that branches to its end name, if any do */
export const choice = (cond: Expr, label: Label | undefined, then: List, otherwise: List, at: number): If =>
  new CompoundNode('if', at, [cond], [then, otherwise], label === undefined ? NONE : [label]) as unknown as If

export function switchOn(index: Expr, cases: readonly Case[], at: number): Switch {
  const bodies = cases.map(({ body }) => body)
  const made = new CompoundNode('switch', at, [index], bodies, NONE)
  made.cases = cases
  return made as unknown as Switch
}

/** @param handler begins with the statement that takes the exception: see `Try` */
export const attempt = (body: List, handler: List, at: number): Try =>
  new CompoundNode('try', at, NONE, [body, handler], NONE) as unknown as Try

export function dispatch(
  state: Reg,
  arms: readonly Arm[],
  at: number,
  { first, resumes, again }: Pick<Dispatch, 'first' | 'resumes' | 'again'> = {},
): Dispatch {
  const bodies = arms.map(({ body }) => body)
  const made = new CompoundNode('dispatch', at, NONE, bodies, arms.flatMap(labelsOfArm).concat(again ?? []))
  made.state = state
  made.arms = arms
  made.first = first
  made.resumes = resumes
  made.again = again
  return made as unknown as Dispatch
}

/**
 * A dispatch whose arms are not known yet, but how high it will be, and the body of the last: so it can be asked whether
 * it leaves. See `completeDispatch`.
 */
export function openDispatch(state: Reg, height: number, last: List, at: number): Dispatch {
  const made = new CompoundNode('dispatch', at, NONE, [last], NONE)
  made.state = state
  made.arms = NONE
  made.height = height
  return made as unknown as Dispatch
}

/** Gives an open dispatch its arms, before anybody else looks at it. */
export function completeDispatch(stmt: Dispatch, arms: readonly Arm[]): void {
  const node = stmt as unknown as CompoundNode
  node.arms = arms
  node.bodies = arms.map(({ body }) => body)
  node.labels = arms.flatMap(labelsOfArm)
  node.height = highest(node.bodies) + 2
}

/** The labels of an arm, in the order of their numbers. */
export const labelsOfArm = ({ label, also }: Arm): readonly Label[] => (also.length === 0 ? [label] : [label, ...also])

/** Whether a statement takes the exception of the handler that it begins (`Try`). */
export function takesException({ args }: Stmt): boolean {
  if (args.length !== 1) return false
  const e = args[0]!
  // Most that is evaluated cannot leave by both ways: so it is not asked for its name.
  return (e.effects & LEAVE) === LEAVE && e.kind === 'runtime' && e.name === 'caught'
}

/** Whether exceptions that are thrown in a statement may be caught there. */
export const hasHandlers = (stmt: Stmt): boolean =>
  stmt.kind === 'try' || (stmt.kind === 'dispatch' && stmt.arms.some(({ handler }) => handler !== undefined))

/** The same statement on other operands. */
export function withArgs<S extends Stmt>(stmt: S, args: readonly Expr[]): S {
  if (isCompound(stmt)) return (stmt as unknown as CompoundNode).with(args, stmt.bodies) as unknown as S
  if (stmt.kind === 'set') return new SetNode(stmt.at, args, stmt.regs) as unknown as S
  return (stmt as unknown as LeafNode).on(args) as unknown as S
}

/** The same statement with other lists inside. */
export function withBodies<S extends Compound>(stmt: S, bodies: readonly List[]): S {
  switch (stmt.kind) {
    case 'block':
    case 'loop':
    case 'if':
    case 'try':
      return (stmt as unknown as CompoundNode).with(stmt.args, bodies) as unknown as S
    case 'switch':
      return withCases(
        stmt,
        bodies.map((body, i) => ({ indices: stmt.cases[i]!.indices, body })),
      ) as S
    case 'dispatch':
      return withArms(
        stmt,
        bodies.map((body, i) => ({ ...stmt.arms[i]!, body })),
      ) as S
    default:
      return stmt satisfies never
  }
}

export const withLabel = (stmt: If, label: Label | undefined): If =>
  choice(stmt.cond, label, stmt.then, stmt.else, stmt.at)

export const withCases = (stmt: Switch, cases: readonly Case[]): Switch => switchOn(stmt.index, cases, stmt.at)

export const withArms = (stmt: Dispatch, arms: readonly Arm[]): Dispatch => dispatch(stmt.state, arms, stmt.at, stmt)
