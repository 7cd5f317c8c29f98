// What is known of the integer that an expression is.

import type { Expr, Operation } from '../expr.ts'
import type { RegType } from '../ir.ts'
import { ACCESSES, type AccessFacts } from '../ops/accesses.ts'
import { OPS } from '../ops/index.ts'
import { anyOf, constant32, constant64, join, type KnownBits, TRUTH, type Width, withZeros } from './known-bits.ts'
import { OF_LONGS, OF_WORDS, type Rule } from './rules.ts'

/** By register id, what is known of registers; undefined: nothing has been set there yet. */
export type KnownRegs = readonly (KnownBits | undefined)[]

/** Without knowledge of registers, what lies deeper in a tree is not looked at. */
const MAX_DEPTH = 6

/** More levels than trees have. */
const ALL = 1 << 30

const isLong = (type: RegType): boolean => type === 'i64' || type === 'i64cell'

export const widthOf = (type: RegType): Width => (isLong(type) ? 64 : 32)

/** Of a load of less than its type, the other bits are zeros or copies of the sign. */
function loadedBits({ type, bytes, isSigned }: AccessFacts): KnownBits {
  const width = widthOf(type)
  if (isSigned === undefined) return anyOf(width)
  const others = width - 8 * bytes
  return isSigned ? withZeros(width, 0, 0, others + 1) : withZeros(width, others, 0)
}

const LOADS = new Map(Object.values(ACCESSES).map((facts) => [facts.op, loadedBits(facts)]))

/** What is known whatever registers hold. Only for integers: of others, the answer has no meaning. */
export const bitsOf = (e: Expr): KnownBits => find(e, undefined, MAX_DEPTH)!

/** What is known as registers are known; undefined: it is made of a register that nothing is known to have been set to. */
export const bitsIn = (e: Expr, regs: KnownRegs): KnownBits | undefined => find(e, regs, ALL)

function find(e: Expr, regs: KnownRegs | undefined, depth: number): KnownBits | undefined {
  switch (e.kind) {
    case 'const':
      return isLong(e.type) ? constant64(e.lo, e.hi) : constant32(e.value)
    case 'reg':
      return regs === undefined ? anyOf(widthOf(e.type)) : regs[e.reg.id]
    case 'load':
      return LOADS.get(e.op)!
    case 'op':
      return depth === 0 ? anyOf(widthOf(e.type)) : ofOperation(e, regs, depth - 1)
    case 'select':
      return depth === 0 ? anyOf(widthOf(e.type)) : ofSelect(e.args, regs, depth - 1)
    case 'call':
    case 'call_indirect':
    case 'global.get':
    case 'ref.func':
    case 'gc':
    case 'runtime':
    case 'tuple':
      return anyOf(widthOf(e.type))
    default:
      return e satisfies never
  }
}

function ofOperation(e: Operation, regs: KnownRegs | undefined, depth: number): KnownBits | undefined {
  const { args } = e
  const rule = ruleOf(e)
  if (rule === undefined) return withoutRule(e)
  const a = find(args[0]!, regs, depth)
  if (a === undefined || args.length === 1) return a && rule(a, a)
  const b = find(args[1]!, regs, depth)
  return b && rule(a, b)
}

/** The rule of an instruction whose first operand is an integer. */
function ruleOf({ op, args }: Operation): Rule | undefined {
  switch (args[0]!.type) {
    case 'i32':
      return OF_WORDS.get(op)
    case 'i64':
    case 'i64cell':
      return OF_LONGS.get(op)
    default:
      return undefined
  }
}

const withoutRule = ({ op, type }: Operation): KnownBits => (OPS[op].isTruth ? TRUTH : anyOf(widthOf(type)))

function ofSelect(args: readonly Expr[], regs: KnownRegs | undefined, depth: number): KnownBits | undefined {
  const cond = find(args[0]!, regs, depth)
  if (cond === undefined) return undefined
  if (cond.isNotZero) return find(args[1]!, regs, depth)
  const otherwise = find(args[2]!, regs, depth)
  if (cond.isZero) return otherwise
  const then = find(args[1]!, regs, depth)
  return then && otherwise && join(then, otherwise)
}
