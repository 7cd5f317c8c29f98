// Functions on memories that may be shared: atomic instructions among plain accesses, loops and growth, at addresses that are
// aligned most of the time.

import { type Op, ops } from '../../../src/0-wasm/ops/index.ts'
import { access, constant, ins, type NumName, opcode } from '../../binary/code.ts'
import type { StatementRule, ValueRule, Writer } from '../writer.ts'
import { address, offset, pointers } from './pointers.ts'
import type { Style } from './shell.ts'

/** Waiting is left out: behind it V8 11.3's baseline compiler takes other values for operands, in native code. */
const isWait = ({ name }: Op): boolean => name.startsWith('memory.atomic.wait')
const accesses = ops.filter((op) => op.immediates[0] === 'atomic' && !isWait(op))

/** By what they give. */
const GIVING: Readonly<Record<NumName, readonly Op[]>> = {
  i32: accesses.filter(({ type }) => type!.results[0] === 'i32'),
  i64: accesses.filter(({ type }) => type!.results[0] === 'i64'),
  f32: [],
  f64: [],
}
const STORES = accesses.filter(({ type }) => type!.results.length === 0)

/** Of 3 in 4 addresses the low bits are cleared; what they point to is near the beginning then. */
function aligned(w: Writer): number[] {
  if (w.random.chance(25)) return address(w)
  return [...w.value('i32'), ...constant('i32', w.random.chance(80) ? 0xf8n : 0x1fff8n), ...opcode('i32.and')]
}

function operate(w: Writer, op: Op): number[] {
  const [, ...values] = op.type!.params as NumName[]
  const at = w.random.chance(70) ? w.random.below(4) * 8 : offset(w)
  return [...aligned(w), ...w.values(values), ...access(op.name, at, Math.log2(op.width))]
}

const atomic: ValueRule = (w, type) => {
  const giving = GIVING[type]
  return giving.length === 0 ? undefined : operate(w, w.random.pick(giving))
}

const store: StatementRule = (w) => operate(w, w.random.pick(STORES))

const fence: StatementRule = () => ins('atomic.fence', 0)

export const atomics: Style = {
  ...pointers,
  memories: [
    { min: 1, max: 1, shared: true },
    { min: 1, max: 3, shared: true },
    { min: 1, max: 2 },
  ],
  rules: {
    ...pointers.rules,
    values: [...pointers.rules.values, [16, atomic]],
    statements: [...pointers.rules.statements, [8, store], [1, fence]],
  },
}
