// A table that bytes are looked up in can hold all that is computed of them on the way to it and behind it. Where bytes of one
// vector are below 64, and what is computed of each by itself has a swizzle of a known vector in it, that is one look-up:
//
//   i8x16.add(l1, i8x16.swizzle(C, i8x16.sub_sat_u(l1, 51 51 51 ...)))    i8x16.lookup(T0, T1, T2, T3, l1)
//
// The table is what the rules make of constants. Sixty-four bytes are few enough that two are looked up at once
// (6-emit/swizzle.ts).

import type { Expr, Operation } from '../../../3-ir/expr.ts'
import { i32, operation, regRead, vector, withOperands } from '../../../3-ir/expressions.ts'
import type { Func, Reg } from '../../../3-ir/ir.ts'
import { OperandStack } from '../../../3-ir/operands.ts'
import type { VectorOp } from '../../../3-ir/ops/index.ts'
import { located, NOWHERE } from '../../../3-ir/positions.ts'
import { forEachReadIn, forEachStmt, someStmt } from '../../../3-ir/walk.ts'
import type { Facts } from '../../facts/sparse.ts'
import { type Known, knownIn } from './known.ts'
import { RULES } from './rules.ts'
import { BELOW_16 } from './shuffle.ts'
import { StraightRewriter } from './straight.ts'
import { lanesAs, ofWords, type Vector } from './vector.ts'

/** Instructions that compute each byte of their result of the same bytes of their operands. */
export const BYTEWISE: ReadonlySet<VectorOp> = new Set<VectorOp>([
  'v128.and',
  'v128.or',
  'v128.xor',
  'v128.andnot',
  'v128.not',
  'v128.bitselect',
  'i8x16.relaxed_laneselect',
  'i8x16.eq',
  'i8x16.ne',
  'i8x16.lt_s',
  'i8x16.lt_u',
  'i8x16.gt_s',
  'i8x16.gt_u',
  'i8x16.le_s',
  'i8x16.le_u',
  'i8x16.ge_s',
  'i8x16.ge_u',
  'i8x16.abs',
  'i8x16.neg',
  'i8x16.popcnt',
  'i8x16.shl',
  'i8x16.shr_s',
  'i8x16.shr_u',
  'i8x16.add',
  'i8x16.add_sat_s',
  'i8x16.add_sat_u',
  'i8x16.sub',
  'i8x16.sub_sat_s',
  'i8x16.sub_sat_u',
  'i8x16.min_s',
  'i8x16.min_u',
  'i8x16.max_s',
  'i8x16.max_u',
  'i8x16.avgr_u',
])

/** How many bytes a table has, and what may be set of bytes that are below that. */
const COUNT = 64
const BELOW_COUNT = 0x3f3f3f3f

/** What each byte of a vector becomes. */
interface ByteFunction {
  /** The vector, whose bytes are below 64; undefined: it is the same for all. */
  readonly of: Expr | undefined
  /** By byte. */
  readonly results: Uint8Array
  /** How many instructions compute it, and whether one is a swizzle. */
  readonly steps: number
  readonly looksUp: boolean
}

/** Less is what a swizzle does. */
const LEAST_STEPS = 2

/** @param known what is known of the v128 registers of the function; nothing else is in them afterwards */
export function findLookups(func: Func, known: Facts<Known>): Func {
  if (!someStmt(func.body, ({ args }) => args.some(hasTable))) return func
  const body = new ByteFunctions(func, known).list(func.body)
  return body === func.body ? func : { ...func, body }
}

const hasTable = (e: Expr): boolean => isLookup(e) || e.args.some(hasTable)

const isLookup = (e: Expr): boolean =>
  e.kind === 'op' && (e.op === 'i8x16.swizzle' || e.op === 'i8x16.relaxed_swizzle') && isConstant(e.args[0]!)

const isConstant = (e: Expr): boolean => e.kind === 'op' && e.args.every(({ kind }) => kind === 'const')

class ByteFunctions extends StraightRewriter<ByteFunction> {
  readonly #known: Facts<Known>
  /** By register id. */
  readonly #reads = new Map<number, number>()

  constructor(func: Func, known: Facts<Known>) {
    super()
    this.#known = known
    const count = ({ id }: Reg): unknown => this.#reads.set(id, (this.#reads.get(id) ?? 0) + 1)
    forEachStmt(func.body, (stmt) => forEachReadIn(stmt, count))
  }

  /** What is looked up is looked up once. */
  protected factOf(reg: Reg, value: Expr): ByteFunction | undefined {
    const found = this.#functionOf(value)
    if (found?.of?.kind !== 'reg') return undefined
    return found.looksUp && this.#reads.get(reg.id) !== 1 ? undefined : found
  }

  protected isAbout({ of }: ByteFunction, reg: Reg): boolean {
    return of?.kind === 'reg' && of.reg === reg
  }

  protected rewritten(e: Expr): Expr {
    if (e.args.length === 0) return e
    if (e.type === 'v128') {
      const found = this.#functionOf(e)
      if (found?.of !== undefined && found.looksUp && found.steps >= LEAST_STEPS)
        return located(this.#lookup(found.of, found.results), e.at)
    }
    const args = e.args.map((arg) => this.rewritten(arg))
    return args.every((arg, i) => arg === e.args[i]) ? e : withOperands(e, args)
  }

  #lookup(of: Expr, table: Uint8Array): Operation {
    const [a, b, c, d] = [0, 1, 2, 3].map((part) => vector(wordsOf(table, part)))
    return this.#isBelow(of, BELOW_16)
      ? operation('i8x16.swizzle', [a!, of])
      : operation('i8x16.lookup', [a!, b!, c!, d!, of])
  }

  #isBelow(e: Expr, limit: number): boolean {
    const known = knownIn(e, this.#known)
    return known !== undefined && (known.bits & ~limit) === 0
  }

  /** What an expression is, of the bytes of one vector, if it is that. */
  #functionOf(e: Expr): ByteFunction | undefined {
    return (e.kind === 'reg' ? this.heldIn(e.reg) : this.#computed(e)) ?? this.#itself(e)
  }

  #itself(e: Expr): ByteFunction | undefined {
    if (e.type !== 'v128' || isConstant(e) || !this.#isBelow(e, BELOW_COUNT)) return undefined
    return { of: e.kind === 'reg' ? regRead(e.reg) : e, results: IDENTITY, steps: 0, looksUp: false }
  }

  #computed(e: Expr): ByteFunction | undefined {
    if (e.kind !== 'op') return undefined
    if (isConstant(e)) return sameForAll(constantOf(e))
    if (isLookup(e)) {
      const order = this.#functionOf(e.args[1]!)
      const bytes = bytesOf(constantOf(e.args[0] as Operation))
      return (
        order && {
          ...order,
          results: order.results.map((byte) => bytes[byte] ?? 0),
          steps: order.steps + 1,
          looksUp: true,
        }
      )
    }
    if (!BYTEWISE.has(e.op as VectorOp)) return undefined
    const operands: (ByteFunction | Expr)[] = []
    for (const arg of e.args) {
      const operand = arg.type === 'v128' ? this.#functionOf(arg) : arg.kind === 'const' ? arg : undefined
      if (operand === undefined) return undefined
      operands.push(operand)
    }
    const functions = operands.filter((operand) => 'results' in operand)
    const vectors = functions.flatMap(({ of }) => of ?? [])
    const of = vectors[0]
    if (of === undefined || !vectors.every((each) => each === of || isSameRegister(each, of))) return undefined
    return {
      of,
      results: applied(e.op as VectorOp, operands),
      steps: functions.reduce((sum, { steps }) => sum + steps, 1),
      looksUp: functions.some(({ looksUp }) => looksUp),
    }
  }
}

const isSameRegister = (a: Expr, b: Expr): boolean => a.kind === 'reg' && b.kind === 'reg' && a.reg === b.reg

const IDENTITY = Uint8Array.from({ length: COUNT }, (_, byte) => byte)

/** Rules make nothing but constants of constants. */
const NO_STACK = new OperandStack({
  temp: () => {
    throw new Error('a function of constants needs a register')
  },
  emit: () => {
    throw new Error('a function of constants needs a statement')
  },
  at: NOWHERE,
})

type AnyRule = (s: OperandStack, ...operands: readonly (Vector | Expr)[]) => Vector

/** The words that an op gives for constants. */
function wordsFor(op: VectorOp, operands: readonly (Vector | Expr)[]): number[] {
  const made = (RULES[op] as AnyRule)(NO_STACK, ...operands)
  return lanesAs(NO_STACK, made, 'i32x4').map((e) => {
    if (e.kind !== 'const') throw new Error(`${op} of constants is none`)
    return e.value
  })
}

const constantOf = (e: Operation): number[] => wordsFor(e.op as VectorOp, e.args)

/** What an op makes of operands that are tables of functions, or constants. */
export function applied(op: VectorOp, operands: readonly (Pick<ByteFunction, 'results'> | Expr)[]): Uint8Array {
  const parts = [0, 1, 2, 3].flatMap((part) =>
    wordsFor(
      op,
      operands.map((operand) => ('results' in operand ? ofWords(wordsOf(operand.results, part).map(i32)) : operand)),
    ),
  )
  return bytesOf(parts)
}

function sameForAll(words: readonly number[]): ByteFunction | undefined {
  const [first] = words
  if (words.some((word) => word !== Math.imul(first! & 0xff, 0x01010101))) return undefined
  return { of: undefined, results: new Uint8Array(COUNT).fill(first!), steps: 0, looksUp: false }
}

const bytesOf = (words: readonly number[]): Uint8Array =>
  Uint8Array.from(words.flatMap((word) => [word, word >>> 8, word >>> 16, word >>> 24]))

/** The four words of sixteen bytes of a table. */
const wordsOf = (table: Uint8Array, part: number): number[] =>
  [0, 4, 8, 12].map((at) => [3, 2, 1, 0].reduce((word, byte) => (word << 8) | table[16 * part + at + byte]!, 0))
