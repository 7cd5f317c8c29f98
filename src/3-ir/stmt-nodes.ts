// The objects that statements are. All have one of three shapes, for the reason given in expr-nodes.ts: sets, other
// statements that hold none, and those that hold statements. A shape has the fields of all its kinds.

import type { Expr, StoreOp } from './expr.ts'
import { NONE } from './expr-nodes.ts'
import type { Arm, Case, Compound, Label, Leaf, List, Reg } from './ir.ts'
import { locateAll } from './positions.ts'

/** The fields of single kinds. */
export interface LeafFields {
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

/** What statements have that hold no others. */
abstract class Simple {
  readonly at: number
  readonly args: readonly Expr[]
  readonly regs: readonly Reg[]

  constructor(at: number, args: readonly Expr[], regs: readonly Reg[]) {
    this.at = at
    this.args = args
    this.regs = regs
    locateAll(args, at)
  }

  get height(): 0 {
    return 0
  }

  get bodies(): readonly List[] {
    return NONE
  }

  get labels(): readonly Label[] {
    return NONE
  }

  get reg(): Reg {
    return this.regs[0]!
  }

  /** What is set, stored or evaluated: the last operand. */
  get value(): Expr {
    return this.args[this.args.length - 1]!
  }
}

/** Half of all statements. */
export class SetNode extends Simple {
  get kind(): 'set' {
    return 'set'
  }
}

export class LeafNode extends Simple {
  readonly kind: Exclude<Leaf['kind'], 'set'>
  readonly op: StoreOp | undefined
  readonly memory: number | undefined
  readonly offset: number | undefined
  readonly global: number | undefined
  readonly part: number | undefined
  readonly message: string | undefined
  readonly target: Label | undefined
  readonly results: readonly number[] | undefined

  constructor(
    kind: Exclude<Leaf['kind'], 'set'>,
    at: number,
    args: readonly Expr[],
    regs: readonly Reg[],
    fields = NO_FIELDS,
  ) {
    super(at, args, regs)
    this.kind = kind
    this.op = fields.op
    this.memory = fields.memory
    this.offset = fields.offset
    this.global = fields.global
    this.part = fields.part
    this.message = fields.message
    this.target = fields.target
    this.results = fields.results
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

export interface CompoundFields {
  readonly cases?: readonly Case[]
  readonly repeats?: boolean
  readonly arms?: readonly Arm[]
  readonly state?: Reg
  readonly first?: number | undefined
  readonly resumes?: boolean | undefined
  readonly again?: Label | undefined
}

const NO_COMPOUND_FIELDS: CompoundFields = {}

export class CompoundNode {
  readonly kind: Compound['kind']
  readonly at: number
  height: number
  readonly args: readonly Expr[]
  readonly regs: readonly Reg[] = NONE
  bodies: readonly List[]
  labels: readonly Label[]
  readonly cases: readonly Case[] | undefined
  readonly repeats: boolean | undefined
  arms: readonly Arm[] | undefined
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
    this.arms = fields.arms
    this.state = fields.state
    this.first = fields.first
    this.resumes = fields.resumes
    this.again = fields.again
    locateAll(args, at)
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

  get handler(): List {
    return this.bodies[1]!
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
function heightOf(list: List): number {
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
