// Makes statements.

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
  Leaf,
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
import { type CompoundFields, CompoundNode, highest, type LeafFields, LeafNode, SetNode } from './stmt-nodes.ts'

export const isCompound = (stmt: Stmt): stmt is Compound => stmt.height !== 0

const leaf = <T extends Exclude<Leaf, SetReg>>(
  kind: T['kind'],
  at: number,
  args: readonly Expr[],
  regs: readonly Reg[],
  fields?: LeafFields,
): T => new LeafNode(kind, at, args, regs, fields) as unknown as T

export const setReg = (reg: Reg, value: Expr, at: number): SetReg =>
  new SetNode(at, [value], [reg]) as unknown as SetReg

/** @param results which results of the call the registers take: all from the first on unless given */
export const setResults = (
  regs: readonly Reg[],
  value: CallSet['value'],
  at: number,
  results: readonly number[] = regs.map((_, i) => i),
): CallSet => leaf<CallSet>('call', at, [value], regs, { results })

export const store = (op: StoreOp, memory: number, addr: Expr, offset: number, value: Expr, at: number): Store =>
  leaf<Store>('store', at, [addr, value], NONE, { op, memory, offset })

/** Evaluates an expression for its effects. */
export const evaluate = (value: Expr, at: number): Evaluate => leaf<Evaluate>('expr', at, [value], NONE)

export const setGlobal = (global: number, part: number, value: Expr, at: number): GlobalSet =>
  leaf<GlobalSet>('global.set', at, [value], NONE, { global, part })

export const giveBack = (values: readonly Expr[], at: number): Return => leaf<Return>('return', at, values, NONE)

export const tailCall = (call: Call | CallIndirect, at: number): TailCall => leaf<TailCall>('tail', at, [call], NONE)

export const trap = (message: TrapFunction, at: number): Trap => leaf<Trap>('trap', at, NONE, NONE, { message })

export const throwOn = (exception: Expr, at: number): Throw => leaf<Throw>('throw', at, [exception], NONE)

export const branch = (target: Label, at: number): Branch => leaf<Branch>('br', at, NONE, NONE, { target })

export const newLabel = (id: number): Label => ({ id })

const compound = <T extends Compound>(
  kind: T['kind'],
  at: number,
  args: readonly Expr[],
  bodies: readonly List[],
  labels: readonly Label[],
  fields?: CompoundFields,
): T => new CompoundNode(kind, at, args, bodies, labels, fields) as unknown as T

export const block = (label: Label, body: List, at: number): Block =>
  compound<Block>('block', at, NONE, [body], [label])

export const loop = (label: Label, body: List, at: number, repeats = false): Loop =>
  compound<Loop>('loop', at, NONE, [body], [label], { repeats })

/** @param label that branches to its end name, if any do */
export const choice = (cond: Expr, label: Label | undefined, then: List, otherwise: List, at: number): If =>
  compound<If>('if', at, [cond], [then, otherwise], label === undefined ? NONE : [label])

export const switchOn = (index: Expr, cases: readonly Case[], at: number): Switch =>
  compound<Switch>(
    'switch',
    at,
    [index],
    cases.map(({ body }) => body),
    NONE,
    { cases },
  )

/** @param handler begins with the statement that takes the exception: see `Try` */
export const attempt = (body: List, handler: List, at: number): Try =>
  compound<Try>('try', at, NONE, [body, handler], NONE)

export const dispatch = (
  state: Reg,
  arms: readonly Arm[],
  at: number,
  { first, resumes, again }: Pick<Dispatch, 'first' | 'resumes' | 'again'> = {},
): Dispatch =>
  compound<Dispatch>(
    'dispatch',
    at,
    NONE,
    arms.map(({ body }) => body),
    arms.flatMap(labelsOfArm).concat(again ?? []),
    { state, arms, first, resumes, again },
  )

/**
 * A dispatch whose arms are not known yet, but how high it will be, and the body of the last: so it can be asked whether
 * it leaves. See `completeDispatch`.
 */
export function openDispatch(state: Reg, height: number, last: List, at: number): Dispatch {
  const made = new CompoundNode('dispatch', at, NONE, [last], NONE, { state, arms: NONE })
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
export const takesException = ({ args }: Stmt): boolean =>
  args.length === 1 && args[0]!.kind === 'runtime' && args[0]!.name === 'caught'

/** Whether exceptions that are thrown in a statement may be caught there. */
export const hasHandlers = (stmt: Stmt): boolean =>
  stmt.kind === 'try' || (stmt.kind === 'dispatch' && stmt.arms.some(({ handler }) => handler !== undefined))

/** The same statement on other operands. */
export function withArgs<S extends Stmt>(stmt: S, args: readonly Expr[]): S {
  if (isCompound(stmt)) {
    return new CompoundNode(stmt.kind, stmt.at, args, stmt.bodies, stmt.labels, stmt as CompoundFields) as unknown as S
  }
  if (stmt.kind === 'set') return new SetNode(stmt.at, args, stmt.regs) as unknown as S
  return new LeafNode(stmt.kind, stmt.at, args, stmt.regs, stmt as LeafFields) as unknown as S
}

/** The same statement with other lists inside. */
export function withBodies<S extends Compound>(stmt: S, bodies: readonly List[]): S {
  const { kind, at, args, labels } = stmt
  switch (stmt.kind) {
    case 'block':
    case 'loop':
    case 'if':
    case 'try':
      return compound(kind, at, args, bodies, labels, stmt as CompoundFields) as S
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
