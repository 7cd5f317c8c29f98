// Makes statements. All of them have one of two shapes, for the reason given in build.ts: those that hold statements, and
// those that hold none. A shape has the fields of all its kinds.

import type {
  Block,
  Branch,
  Call,
  CallIndirect,
  CallSet,
  Case,
  Compound,
  Dispatch,
  Evaluate,
  Expr,
  GlobalSet,
  If,
  Label,
  Leaf,
  List,
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

const NONE: readonly never[] = []

/** The fields of single kinds. */
interface LeafFields {
  readonly op?: StoreOp
  readonly memory?: number
  readonly offset?: number
  readonly global?: number
  readonly part?: number
  readonly message?: string
  readonly target?: Label
  readonly results?: readonly number[]
}

const NO_FIELDS: LeafFields = {}

class LeafNode {
  readonly kind: Leaf['kind']
  readonly at: number
  readonly height = 0
  readonly args: readonly Expr[]
  readonly regs: readonly Reg[]
  readonly bodies: readonly List[] = NONE
  readonly labels: readonly Label[] = NONE
  readonly op: StoreOp | undefined
  readonly memory: number | undefined
  readonly offset: number | undefined
  readonly global: number | undefined
  readonly part: number | undefined
  readonly message: string | undefined
  readonly target: Label | undefined
  readonly results: readonly number[] | undefined

  constructor(kind: Leaf['kind'], at: number, args: readonly Expr[], regs: readonly Reg[], fields = NO_FIELDS) {
    this.kind = kind
    this.at = at
    this.args = args
    this.regs = regs
    this.op = fields.op
    this.memory = fields.memory
    this.offset = fields.offset
    this.global = fields.global
    this.part = fields.part
    this.message = fields.message
    this.target = fields.target
    this.results = fields.results
  }

  get reg(): Reg {
    return this.regs[0]!
  }

  /** What is set, stored or evaluated: the last operand. */
  get value(): Expr {
    return this.args[this.args.length - 1]!
  }

  get addr(): Expr {
    return this.args[0]!
  }

  get values(): readonly Expr[] {
    return this.args
  }

  get call(): Expr {
    return this.args[0]!
  }
}

interface CompoundFields {
  readonly cases?: readonly Case[]
  readonly repeats?: boolean
  readonly segments?: readonly Segment[]
  readonly state?: Reg
  readonly first?: number | undefined
  readonly resumes?: boolean | undefined
  readonly again?: Label | undefined
}

const NO_COMPOUND_FIELDS: CompoundFields = {}

class CompoundNode {
  readonly kind: Compound['kind']
  readonly at: number
  height: number
  readonly args: readonly Expr[]
  readonly regs: readonly Reg[] = NONE
  bodies: readonly List[]
  labels: readonly Label[]
  readonly cases: readonly Case[] | undefined
  readonly repeats: boolean | undefined
  segments: readonly Segment[] | undefined
  readonly state: Reg | undefined
  readonly first: number | undefined
  readonly resumes: boolean | undefined
  readonly again: Label | undefined

  constructor(
    kind: Compound['kind'],
    at: number,
    args: readonly Expr[],
    bodies: readonly List[],
    labels: readonly Label[],
    fields = NO_COMPOUND_FIELDS,
  ) {
    this.kind = kind
    this.at = at
    // A dispatch is a loop and a switch.
    this.height = highest(bodies) + (kind === 'dispatch' ? 2 : 1)
    this.args = args
    this.bodies = bodies
    this.labels = labels
    this.cases = fields.cases
    this.repeats = fields.repeats
    this.segments = fields.segments
    this.state = fields.state
    this.first = fields.first
    this.resumes = fields.resumes
    this.again = fields.again
  }

  get label(): Label | undefined {
    return this.labels[0]
  }

  get body(): List {
    return this.bodies[0]!
  }

  get then(): List {
    return this.bodies[0]!
  }

  get else(): List {
    return this.bodies[1]!
  }

  get cond(): Expr {
    return this.args[0]!
  }

  get index(): Expr {
    return this.args[0]!
  }
}

/** Levels of compounds in a list. */
export function heightOf(list: List): number {
  let most = 0
  for (let i = 0; i < list.length; i++) if (list[i]!.height > most) most = list[i]!.height
  return most
}

/** Levels of compounds in the highest of some lists. */
export function highest(lists: readonly List[]): number {
  let most = 0
  for (let i = 0; i < lists.length; i++) most = Math.max(most, heightOf(lists[i]!))
  return most
}

export const isCompound = (stmt: Stmt): stmt is Compound => stmt.height !== 0

const leaf = <T extends Leaf>(
  kind: T['kind'],
  at: number,
  args: readonly Expr[],
  regs: readonly Reg[],
  fields?: LeafFields,
): T => new LeafNode(kind, at, args, regs, fields) as unknown as T

export const setReg = (reg: Reg, value: Expr, at: number): SetReg => leaf<SetReg>('set', at, [value], [reg])

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

export const trap = (message: string, at: number): Trap => leaf<Trap>('trap', at, NONE, NONE, { message })

export const branch = (target: Label, at: number): Branch => leaf<Branch>('br', at, NONE, NONE, { target })

export const newLabel = (id: number): Label => ({ id, uses: 0, number: 0 })

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

export const dispatch = (
  state: Reg,
  segments: readonly Segment[],
  at: number,
  { first, resumes, again }: Pick<Dispatch, 'first' | 'resumes' | 'again'> = {},
): Dispatch =>
  compound<Dispatch>(
    'dispatch',
    at,
    NONE,
    segments.map(({ body }) => body),
    segments.flatMap(labelsOfSegment).concat(again ?? []),
    { state, segments, first, resumes, again },
  )

/** A dispatch whose segments are not known yet, but how high it will be: see `completeDispatch`. */
export function openDispatch(state: Reg, height: number, at: number): Dispatch {
  const made = new CompoundNode('dispatch', at, NONE, NONE, NONE, { state, segments: NONE })
  made.height = height
  return made as unknown as Dispatch
}

/** Gives an open dispatch its segments, before anybody else looks at it. */
export function completeDispatch(stmt: Dispatch, segments: readonly Segment[]): void {
  const node = stmt as unknown as CompoundNode
  node.segments = segments
  node.bodies = segments.map(({ body }) => body)
  node.labels = segments.flatMap(labelsOfSegment)
  node.height = highest(node.bodies) + 2
}

/** The labels of a segment, in the order of their numbers. */
export const labelsOfSegment = ({ label, also }: Segment): readonly Label[] =>
  also === undefined ? [label] : [label, ...also]

/** The same statement on other operands. */
export function withArgs<S extends Stmt>(stmt: S, args: readonly Expr[]): S {
  if (isCompound(stmt)) {
    return new CompoundNode(stmt.kind, stmt.at, args, stmt.bodies, stmt.labels, stmt as CompoundFields) as unknown as S
  }
  return new LeafNode(stmt.kind, stmt.at, args, stmt.regs, stmt as LeafFields) as unknown as S
}

/** The same statement with other lists inside. */
export function withBodies<S extends Compound>(stmt: S, bodies: readonly List[]): S {
  const { kind, at, args, labels } = stmt
  switch (stmt.kind) {
    case 'block':
    case 'loop':
    case 'if':
      return compound(kind, at, args, bodies, labels, stmt as CompoundFields) as S
    case 'switch':
      return withCases(
        stmt,
        bodies.map((body, i) => ({ indices: stmt.cases[i]!.indices, body })),
      ) as S
    case 'dispatch':
      return withSegments(
        stmt,
        bodies.map((body, i) => ({ ...stmt.segments[i]!, body })),
      ) as S
    default:
      return stmt satisfies never
  }
}

export const withLabel = (stmt: If, label: Label | undefined): If =>
  choice(stmt.cond, label, stmt.then, stmt.else, stmt.at)

export const withCases = (stmt: Switch, cases: readonly Case[]): Switch => switchOn(stmt.index, cases, stmt.at)

export const withSegments = (stmt: Dispatch, segments: readonly Segment[]): Dispatch =>
  dispatch(stmt.state, segments, stmt.at, stmt)
