// Which shape each v128 register has: the one that most of what sets and reads it computes in, counted by how often it runs.
// What only moves vectors takes any shape, and registers that are copied to each other have the same one.
//
//   loop ... local.set 0 (f32x4.add (local.get 0) (v128.load (a)))    local 0 is four floats, also where it is returned

import type { Expr, Operation } from '../../../3-ir/expr.ts'
import type { Func, List, Reg, Stmt } from '../../../3-ir/ir.ts'
import { weightInside } from '../../../3-ir/loop-weight.ts'
import type { VectorOp } from '../../../3-ir/ops/index.ts'
import { DOUBLE_RULES, SINGLE_RULES } from './floats.ts'
import { isMove } from './shuffle.ts'
import { SHAPES, type Shape } from './vector.ts'

type Shapes = readonly [operands: Shape, result: Shape]

const FROM_SINGLES: Shapes = ['f32x4', 'i32x4']
const FROM_DOUBLES: Shapes = ['f64x2', 'i32x4']

/** Instructions that take another shape than they give. */
const MIXED: { readonly [Op in VectorOp]?: Shapes } = {
  'f32x4.eq': FROM_SINGLES,
  'f32x4.ne': FROM_SINGLES,
  'f32x4.lt': FROM_SINGLES,
  'f32x4.gt': FROM_SINGLES,
  'f32x4.le': FROM_SINGLES,
  'f32x4.ge': FROM_SINGLES,
  'f64x2.eq': FROM_DOUBLES,
  'f64x2.ne': FROM_DOUBLES,
  'f64x2.lt': FROM_DOUBLES,
  'f64x2.gt': FROM_DOUBLES,
  'f64x2.le': FROM_DOUBLES,
  'f64x2.ge': FROM_DOUBLES,
  'i32x4.trunc_sat_f32x4_s': FROM_SINGLES,
  'i32x4.trunc_sat_f32x4_u': FROM_SINGLES,
  'i32x4.relaxed_trunc_f32x4_s': FROM_SINGLES,
  'i32x4.relaxed_trunc_f32x4_u': FROM_SINGLES,
  'i32x4.trunc_sat_f64x2_s_zero': FROM_DOUBLES,
  'i32x4.trunc_sat_f64x2_u_zero': FROM_DOUBLES,
  'i32x4.relaxed_trunc_f64x2_s_zero': FROM_DOUBLES,
  'i32x4.relaxed_trunc_f64x2_u_zero': FROM_DOUBLES,
  'f32x4.convert_i32x4_s': ['i32x4', 'f32x4'],
  'f32x4.convert_i32x4_u': ['i32x4', 'f32x4'],
  'f32x4.demote_f64x2_zero': ['f64x2', 'f32x4'],
  'f64x2.promote_low_f32x4': ['f32x4', 'f64x2'],
  'f64x2.convert_low_i32x4_s': ['i32x4', 'f64x2'],
  'f64x2.convert_low_i32x4_u': ['i32x4', 'f64x2'],
}

const OF_SINGLES: Shapes = ['f32x4', 'f32x4']
const OF_DOUBLES: Shapes = ['f64x2', 'f64x2']
const OF_WORDS: Shapes = ['i32x4', 'i32x4']

function shapesOf(op: VectorOp): Shapes {
  const mixed = MIXED[op]
  if (mixed !== undefined) return mixed
  return op in SINGLE_RULES ? OF_SINGLES : op in DOUBLE_RULES ? OF_DOUBLES : OF_WORDS
}

/** Whether an op chooses between floats by a comparison. */
function isChoice({ op, args }: Operation): boolean {
  const mask = args[2]
  return op === 'v128.bitselect' && mask!.kind === 'op' && MIXED[mask!.op as VectorOp] === FROM_SINGLES
}

/** The shapes of a function's v128 registers. */
export function chooseShapes(func: Func): (reg: Reg) => Shape {
  const election = new Election()
  for (const reg of func.params) if (reg.type === 'v128') election.vote(reg, 'i32x4', 1)
  election.list(func.body, 1)
  return (reg) => election.shapeOf(reg)
}

const ALL = Object.keys(SHAPES) as Shape[]

class Election {
  /** By register id: that of another register with the same shape. */
  readonly #same: number[] = []
  /** By register id. */
  readonly #votes: Partial<Record<Shape, number>>[] = []
  #weight = 1

  list(list: List, weight: number): void {
    for (const stmt of list) {
      this.#weight = weight
      this.#stmt(stmt)
      const inner = weightInside(stmt, weight)
      for (const body of stmt.bodies) this.list(body, inner)
    }
  }

  /** The shape with the most votes of all registers with the same: words if there are none. */
  shapeOf(reg: Reg): Shape {
    const votes = this.#votes[this.#rootOf(reg.id)] ?? {}
    return ALL.reduce((most, shape) => ((votes[shape] ?? 0) > (votes[most] ?? 0) ? shape : most))
  }

  vote(reg: Reg, shape: Shape, weight: number): void {
    const root = this.#rootOf(reg.id)
    const votes = this.#votesFor(root)
    votes[shape] = (votes[shape] ?? 0) + weight
  }

  #votesFor(root: number): Partial<Record<Shape, number>> {
    this.#votes[root] ??= {}
    return this.#votes[root]
  }

  #rootOf(id: number): number {
    let root = id
    while (this.#same[root] !== undefined) root = this.#same[root]!
    while (this.#same[id] !== undefined) {
      const next = this.#same[id]!
      this.#same[id] = root
      id = next
    }
    return root
  }

  #join(a: Reg, b: Reg): void {
    const [from, to] = [this.#rootOf(a.id), this.#rootOf(b.id)]
    if (from === to) return
    this.#same[from] = to
    const votes = this.#votesFor(to)
    for (const shape of ALL) votes[shape] = (votes[shape] ?? 0) + (this.#votes[from]?.[shape] ?? 0)
  }

  #stmt({ kind, args, regs }: Stmt): void {
    const [reg] = regs
    if (kind === 'set' && reg!.type === 'v128') return this.#taken(args[0]!, reg!)
    for (const each of regs) if (each.type === 'v128') this.vote(each, 'i32x4', this.#weight)
    for (const arg of args) this.#taken(arg, kind === 'store' ? undefined : 'i32x4')
  }

  /** An expression that is taken in a shape, in any, or into a register. */
  #taken(e: Expr, by: Shape | Reg | undefined): void {
    if (e.type !== 'v128') return e.args.forEach((arg) => this.#taken(arg, this.#operandsOf(e)))
    switch (e.kind) {
      case 'reg':
        if (typeof by === 'string') this.vote(e.reg, by, this.#weight)
        else if (by !== undefined) this.#join(e.reg, by)
        return
      case 'select':
        return e.args.forEach((arg) => this.#taken(arg, by))
      case 'op':
        if (e.op === 'v128.join') return e.args.forEach((arg) => this.#taken(arg, undefined))
        if (isChoice(e)) {
          e.args.forEach((arg, i) => this.#taken(arg, i < 2 ? by : 'i32x4'))
          return
        }
        if (isMove(e)) return e.args.forEach((arg) => this.#taken(arg, by))
        this.#set(by, shapesOf(e.op as VectorOp)[1])
        return e.args.forEach((arg) => this.#taken(arg, this.#operandsOf(e)))
      case 'load':
        return e.args.forEach((arg) => this.#taken(arg, undefined))
      default:
        this.#set(by, 'i32x4')
        return e.args.forEach((arg) => this.#taken(arg, 'i32x4'))
    }
  }

  #operandsOf(e: Expr): Shape {
    return e.kind === 'op' ? shapesOf(e.op as VectorOp)[0] : 'i32x4'
  }

  /** A register is set to what has this shape. */
  #set(by: Shape | Reg | undefined, shape: Shape): void {
    if (typeof by === 'object') this.vote(by, shape, this.#weight)
  }
}
