// The objects that statements are. All have one of three shapes, for the reason given in expr-nodes.ts: sets, other
// statements that hold none, and those that hold statements. A shape has the fields of all its kinds. What all have is first,
// and is fields in each: before code is optimised, an accessor of what every walk reads is a call.

import type { Expr, StoreOp } from './expr.ts'
import { NONE } from './expr-nodes.ts'
import type { Arm, Case, Compound, Label, Leaf, List, Reg } from './ir.ts'
import { locateAll } from './positions.ts'

/** What statements have that hold no others. */
abstract class Simple {
  readonly kind: Leaf['kind']
  readonly at: number
  readonly height: 0 = 0
  readonly args: readonly Expr[]
  readonly regs: readonly Reg[]
  readonly bodies: readonly List[] = NONE
  readonly labels: readonly Label[] = NONE

  constructor(kind: Leaf['kind'], at: number, args: readonly Expr[], regs: readonly Reg[]) {
    this.kind = kind
    this.at = at
    this.args = args
    this.regs = regs
    locateAll(args, at)
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
  constructor(at: number, args: readonly Expr[], regs: readonly Reg[]) {
    super('set', at, args, regs)
  }
}

export class LeafNode extends Simple {
  // The fields of single kinds. Who makes a node sets them: handed over in objects, of as many shapes as there are kinds,
  // they would be looked up by name.
  op: StoreOp | undefined = undefined
  memory: number | undefined = undefined
  offset: number | undefined = undefined
  global: number | undefined = undefined
  part: number | undefined = undefined
  message: string | undefined = undefined
  target: Label | undefined = undefined
  results: readonly number[] | undefined = undefined

  /** The same statement on other operands. */
  on(args: readonly Expr[]): LeafNode {
    const made = new LeafNode(this.kind, this.at, args, this.regs)
    made.op = this.op
    made.memory = this.memory
    made.offset = this.offset
    made.global = this.global
    made.part = this.part
    made.message = this.message
    made.target = this.target
    made.results = this.results
    return made
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

export class CompoundNode {
  readonly kind: Compound['kind']
  readonly at: number
  height: number
  readonly args: readonly Expr[]
  readonly regs: readonly Reg[] = NONE
  bodies: readonly List[]
  labels: readonly Label[]
  // The fields of single kinds, as in leaves.
  cases: readonly Case[] | undefined = undefined
  repeats: boolean | undefined = undefined
  arms: readonly Arm[] | undefined = undefined
  state: Reg | undefined = undefined
  first: number | undefined = undefined
  resumes: boolean | undefined = undefined
  again: Label | undefined = undefined

  constructor(
    kind: Compound['kind'],
    at: number,
    args: readonly Expr[],
    bodies: readonly List[],
    labels: readonly Label[],
  ) {
    this.kind = kind
    this.at = at
    // A dispatch is a loop and a switch.
    this.height = highest(bodies) + (kind === 'dispatch' ? 2 : 1)
    this.args = args
    this.bodies = bodies
    this.labels = labels
    locateAll(args, at)
  }

  /** The same statement on other operands, with other lists inside. */
  with(args: readonly Expr[], bodies: readonly List[]): CompoundNode {
    const made = new CompoundNode(this.kind, this.at, args, bodies, this.labels)
    made.cases = this.cases
    made.repeats = this.repeats
    made.arms = this.arms
    made.state = this.state
    made.first = this.first
    made.resumes = this.resumes
    made.again = this.again
    return made
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
