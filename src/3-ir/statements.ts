// Makes statements. Where objects of up to four shapes come by, engines find a field at once; where there are more, they
// look it up by name, and that was a fifth of the time of a compilation. So all statements have one of four shapes: sets,
// stores, other leaves, and what has labels or holds statements. A shape has the fields of all its kinds.

import type {
  Block,
  Branch,
  Call,
  CallIndirect,
  Compound,
  Dispatch,
  Evaluate,
  Expr,
  GlobalSet,
  If,
  Label,
  Loop,
  Reg,
  Return,
  Segment,
  SetReg,
  Stmt,
  Store,
  StoreOp,
  Switch,
  TailCall,
  Trap,
} from './ir.ts'

export const isCompound = (stmt: Stmt): stmt is Compound => stmt.height !== 0

export const setReg = (reg: Reg, value: Expr, at: number): SetReg => ({ kind: 'set', at, height: 0, reg, value })

export const store = (op: StoreOp, memory: number, addr: Expr, offset: number, value: Expr, at: number): Store => ({
  kind: 'store',
  at,
  height: 0,
  op,
  memory,
  addr,
  offset,
  value,
})

type Leaf = Evaluate | GlobalSet | Return | Trap | TailCall

/** @param value of the only field that most kinds have */
const leaf = (
  kind: Leaf['kind'],
  at: number,
  value: Expr | undefined,
  values?: readonly Expr[],
  call?: Call | CallIndirect,
  message?: string,
  global?: number,
  part?: number,
): unknown => ({ kind, at, height: 0, value, values, call, message, global, part })

/** Evaluates an expression for its effects. */
export const evaluate = (value: Expr, at: number): Evaluate => leaf('expr', at, value) as Evaluate

export const setGlobal = (global: number, part: number, value: Expr, at: number): GlobalSet =>
  leaf('global.set', at, value, undefined, undefined, undefined, global, part) as GlobalSet

export const giveBack = (values: readonly Expr[], at: number): Return => leaf('return', at, undefined, values) as Return

export const tailCall = (call: Call | CallIndirect, at: number): TailCall =>
  leaf('tail', at, undefined, undefined, call) as TailCall

export const trap = (message: string, at: number): Trap =>
  leaf('trap', at, undefined, undefined, undefined, message) as Trap

export const newLabel = (id: number): Label => ({ id, uses: 0, number: 0 })

type Control = Branch | Compound

/** What the fields that a kind has are set in, afterwards. */
type Blank<T> = { -readonly [K in keyof T]: T[K] }

function control<T extends Control>(kind: T['kind'], height: number, at: number): Blank<T> {
  const fields = {
    kind,
    at,
    height,
    label: undefined,
    body: undefined,
    cond: undefined,
    then: undefined,
    else: undefined,
    index: undefined,
    cases: undefined,
    segments: undefined,
    state: undefined,
    first: undefined,
    resumes: undefined,
    again: undefined,
    repeats: undefined,
  }
  return fields as unknown as Blank<T>
}

export function branch(label: Label, at: number): Branch {
  const made = control<Branch>('br', 0, at)
  made.label = label
  return made
}

export function block(label: Label, body: readonly Stmt[], height: number, at: number): Block {
  const made = control<Block>('block', height, at)
  made.label = label
  made.body = body
  return made
}

export function loop(label: Label, body: readonly Stmt[], height: number, at: number, repeats?: boolean): Loop {
  const made = control<Loop>('loop', height, at)
  made.label = label
  made.body = body
  made.repeats = repeats
  return made
}

/** @param label that branches to its end name, if any do */
export function choice(
  cond: Expr,
  label: Label | undefined,
  then: readonly Stmt[],
  otherwise: readonly Stmt[],
  height: number,
  at: number,
): If {
  const made = control<If>('if', height, at)
  made.cond = cond
  made.label = label
  made.then = then
  made.else = otherwise
  return made
}

export function switchOn(index: Expr, cases: Switch['cases'], height: number, at: number): Switch {
  const made = control<Switch>('switch', height, at)
  made.index = index
  made.cases = cases
  return made
}

export function dispatch(
  state: Reg,
  segments: readonly Segment[],
  height: number,
  at: number,
  { first, resumes, again }: Pick<Dispatch, 'first' | 'resumes' | 'again'> = {},
): Dispatch {
  const made = control<Dispatch>('dispatch', height, at)
  made.state = state
  made.segments = segments
  made.first = first
  made.resumes = resumes
  made.again = again
  return made
}
