// Functions of wide arithmetic among that of 64 bits: sums, differences and products of 128 bits, whole and in part, on
// registers, constants and what carries from one to the next.

import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { ins, opcode } from '../../binary/code.ts'
import type { StatementRule, ValueRule, Writer } from '../writer.ts'
import type { Style } from './shell.ts'
import { words } from './words.ts'

const SUMS: readonly OpName[] = ['i64.add128', 'i64.sub128']
const PRODUCTS: readonly OpName[] = ['i64.mul_wide_s', 'i64.mul_wide_u']

/** A value, or that of an i32 without sign or with it: its high word is known. */
const operand = (w: Writer): number[] =>
  w.random.chance(70)
    ? w.value('i64')
    : [...w.value('i32'), ...opcode(w.random.chance(50) ? 'i64.extend_i32_u' : 'i64.extend_i32_s')]

/** Pushes both halves, the low one first. */
function pair(w: Writer): number[] {
  const isSum = w.random.chance(60)
  const operands = Array.from({ length: isSum ? 4 : 2 }, () => operand(w))
  return [...operands.flat(), ...opcode(w.random.pick(isSum ? SUMS : PRODUCTS))]
}

/** Sums and differences of a pair, as of numbers longer than 128 bits. */
function chain(w: Writer): number[] {
  const code = pair(w)
  for (let i = w.random.below(3); i > 0; i--) code.push(...operand(w), ...operand(w), ...opcode(w.random.pick(SUMS)))
  return code
}

const half: ValueRule = (w, type) => {
  if (type !== 'i64') return undefined
  // The low half, or what both make.
  return [...pair(w), ...opcode(w.random.pick(['drop', 'i64.xor', 'i64.add', 'i64.or']))]
}

const setBoth: StatementRule = (w) => {
  const [low, high] = [w.local('i64'), w.local('i64')]
  if (low === undefined || high === undefined) return undefined
  return [...chain(w), ...ins('local.set', high), ...ins('local.set', low)]
}

export const wides: Style = {
  ...words,
  rules: {
    ...words.rules,
    values: [...words.rules.values, [10, half]],
    statements: [...words.rules.statements, [25, setBoth]],
  },
}
