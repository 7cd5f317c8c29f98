// The table of ops: what is known of each, for all who ask below the decoder.

import { type Effect, isCompiled, type Op, ops, table } from '../../0-wasm/ops/index.ts'
import { ARGUMENT, SIZES, WITH_CONSTANT } from '../bytecode-size.ts'
import { TRAP } from '../effects.ts'
import { FACTS, type FactWord, LANE_FACTS, VECTOR_FACTS } from './facts.ts'
import { COMPARISONS, SIGNS, TESTS } from './families.ts'
import { type Fold, RIGHT_IDENTITIES, WORDS } from './folds.ts'
import { ADDED, type IrOp, type OpType } from './rows.ts'

export type { NanMover } from './facts.ts'
export type { I64Op, IrOp, OperandsOf, OpsOfType, SignatureOf, VectorOp } from './rows.ts'

export interface OpFacts {
  readonly op: IrOp
  /** Its name in dumps: without the type if that is i32. */
  readonly text: string
  readonly params: readonly OpType[]
  readonly results: readonly OpType[]
  /** The type of the value: that of the first result. */
  readonly type: OpType
  /** What the op does itself: TRAP or nothing. */
  readonly own: number
  /** Its size as V8 bytecode (bytecode-size.ts), and that with a constant as the right operand. */
  readonly bytes: number
  readonly bytesWithConstant: number
  /** Whether the operands may change places. */
  readonly commutes: boolean
  /** Whether it compares its two operands. */
  readonly isComparison: boolean
  /** The comparison that is true where this one is false. */
  readonly negation: IrOp | undefined
  /** The op that gives the same for the operands in the other order. */
  readonly swapped: IrOp | undefined
  /** The two forms of an op that has a signed and an unsigned one; it is one of them. */
  readonly signed: IrOp | undefined
  readonly unsigned: IrOp | undefined
  /** Whether it gives 0 or 1. */
  readonly isTruth: boolean
  /** What it gives for two constants of type i32, if it takes them and cannot trap, and the right operand with which it gives back the left one. */
  readonly fold: Fold | undefined
  readonly rightIdentity: number | undefined
  /** Numbers of the operands that the JavaScript it becomes has more than once. */
  readonly repeated: readonly number[]
  /** Whether that evaluates the last operand first. */
  readonly isReversed: boolean
  /** Whether the last operand is a constant: always, or once i64 values are BigInts. */
  readonly byConstant: 'never' | 'on BigInts' | 'always'
  /** Whether it changes only the sign of a NaN; looks at the bits of its operands; may give a NaN that is not arithmetic. */
  readonly movesNan: boolean
  readonly readsNan: boolean
  readonly makesNan: boolean
  /** Whether engines may hand a signalling NaN through: with operands that change nothing, or always. */
  readonly passesNan: 'never' | 'with constant' | 'always'
}

/** What facts.ts says. */
function wordsOf(op: IrOp, params: readonly OpType[]): readonly FactWord[] {
  if (op in FACTS) return FACTS[op as keyof typeof FACTS]
  return op in ADDED && params[0] === 'v128' ? LANE_FACTS : VECTOR_FACTS
}

function factsOf(op: IrOp, type: string, effect: Effect): OpFacts {
  const [params, results] = type.split('->').map((side) => side.split(' ').filter((atom) => atom !== '') as OpType[])
  const words = wordsOf(op, params!)
  const has = (word: FactWord): boolean => words.includes(word)
  const [size] = words as readonly [keyof typeof SIZES]
  const bytes = SIZES[size] + (size === 'call' ? params!.length * ARGUMENT : 0)
  const comparison = COMPARISONS.get(op)
  const [signed, unsigned] = SIGNS.find((pair) => pair.includes(op)) ?? []
  const [family, name] = op.split('.') as [string, string]
  return {
    op,
    text: family === 'i32' ? name : op,
    params: params!,
    results: results!,
    type: results![0]!,
    own: effect === 'trap' ? TRAP : 0,
    bytes,
    bytesWithConstant: size === 'call' ? bytes : WITH_CONSTANT,
    commutes: has('commutes'),
    isComparison: comparison !== undefined,
    negation: comparison?.negation,
    swapped: comparison?.swapped ?? (has('commutes') ? op : undefined),
    signed,
    unsigned,
    isTruth: comparison !== undefined || TESTS.has(op),
    fold: WORDS[op as keyof typeof WORDS] as Fold | undefined,
    rightIdentity: RIGHT_IDENTITIES[op as keyof typeof RIGHT_IDENTITIES],
    repeated: [...(has('repeats x') ? [0] : []), ...(has('repeats y') ? [1] : [])],
    isReversed: has('reversed'),
    byConstant: has('by constant') ? 'always' : has('BigInt by constant') ? 'on BigInts' : 'never',
    movesNan: has('moves'),
    readsNan: has('moves') || has('reads') || has('reads makes'),
    makesNan: has('moves') || has('makes') || has('reads makes'),
    passesNan: has('passes') ? 'always' : has('passes with constant') ? 'with constant' : 'never',
  }
}

/** Whether an instruction is an op of the IR: its row has a type, a result, no immediates, and no effect but a trap. */
const isOp = (op: Op): boolean =>
  isCompiled(op) &&
  op.type?.results.length === 1 &&
  op.immediates.length === 0 &&
  (op.effect === 'pure' || op.effect === 'trap')

const rows: OpFacts[] = [
  ...ops.filter(isOp).map(({ name, effect }) => factsOf(name as IrOp, table[name][1], effect)),
  ...Object.entries(ADDED).map(([op, [type, effect]]) => factsOf(op as IrOp, type, effect)),
]

export const OPS = Object.fromEntries(rows.map((facts) => [facts.op, facts])) as Readonly<Record<IrOp, OpFacts>>
