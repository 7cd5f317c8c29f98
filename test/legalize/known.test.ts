// What is claimed of the results of vector instructions holds for those that the host's engine computes.

import { describe, expect, test } from 'vitest'
import { type Op, ops } from '../../src/0-wasm/ops/index.ts'
import type { Operation } from '../../src/3-ir/expr.ts'
import { anyOperation, i32, regRead, vector } from '../../src/3-ir/expressions.ts'
import type { Reg } from '../../src/3-ir/ir.ts'
import type { IrOp, VectorOp } from '../../src/3-ir/ops/index.ts'
import { applied, BYTEWISE } from '../../src/5-optimize/legalize/vectors/byte-functions.ts'
import { type Known, knownOf, UNKNOWN } from '../../src/5-optimize/legalize/vectors/known.ts'
import { access, ins, opcode } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { Random } from '../fuzz/random.ts'

const computing = ops.filter(
  ({ feature, immediates, type }) =>
    feature === 'simd' &&
    (immediates.length === 0 || immediates[0] === 'lanes') &&
    type!.results[0] === 'v128' &&
    type!.params.every((param) => param === 'v128' || param === 'i32'),
)

const MASKS = [-1, 0, 1, 0xff, 0xffff, 0x00ff00ff, 0x0f0f0f0f, 0x01010101, 0x7fff7fff, 0x80808080 | 0, 0x12345678]

/** Any word. */
const word = (random: Random): number => random.bits() | 0

const inBytes = (byte: number): number => Math.imul(byte, 0x01010101)

const randomKnown = (random: Random): Known => ({
  bits: random.chance(20) ? word(random) : random.pick(MASKS),
  hasEqualBytes: random.chance(40),
})

/** Words of which that is known. */
function sample({ bits, hasEqualBytes }: Known, random: Random): number[] {
  const ofBytes = bits & (bits >>> 8) & (bits >>> 16) & (bits >>> 24) & 0xff
  return Array.from({ length: 4 }, () => {
    const any = random.pick([word(random), -1, 0, word(random) & word(random)])
    return hasEqualBytes ? inBytes(any & ofBytes) : any & bits
  })
}

const holds = ({ bits, hasEqualBytes }: Known, word: number): boolean =>
  (word & ~bits) === 0 && (!hasEqualBytes || word === inBytes(word & 0xff))

/** A function of a number that does the instruction on the vectors at 0, 16 and 32; the result is at 48. */
function native(
  { name, type }: Op,
  immediates: readonly number[],
): { run: (count: number) => void; words: Int32Array } {
  const builder = new ModuleBuilder()
  builder.export('memory', 'memory', builder.memory({ min: 1, max: 1 }))
  const operands = type!.params.flatMap((param, i) =>
    param === 'i32' ? ins('local.get', 0) : [...ins('i32.const', 0), ...access('v128.load', 16 * i)],
  )
  const code = [
    ...[...operands, ...opcode(name), ...immediates, ...ins('local.set', 1)],
    ...[...ins('i32.const', 0), ...ins('local.get', 1), ...access('v128.store', 48)],
  ]
  builder.export('run', 'func', builder.func({ params: ['i32'], results: [] }, ['v128'], code))
  const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(builder.build())).exports
  const { buffer } = memory as WebAssembly.Memory
  return { run: run as (count: number) => void, words: new Int32Array(buffer, 0, 16) }
}

/**
 * The instruction as lowering makes it: numbers are constant, the lanes of a shuffle are words of four.
 * @param second the words of the second vector, if that is constant
 */
function operationOf({ name, type }: Op, lanes: readonly number[], count: number, second?: Int32Array): Operation {
  const args = type!.params.map((param, id) => {
    if (param === 'i32') return i32(count)
    return id === 1 && second !== undefined ? vector([...second]) : regRead({ id, type: 'v128' } as Reg)
  })
  const words = [...new Int32Array(Uint8Array.from(lanes).buffer)].map((word) => i32(word))
  return anyOperation(name as IrOp, [...args, ...words]) as Operation
}

const lanesOf = ({ immediates }: Op, random: Random): number[] => {
  if (immediates.length === 0) return []
  const size = random.pick([1, 4])
  const lanes = Array.from({ length: 16 }, () => random.below(32))
  return lanes.map((_, i) => lanes[i - (i % size)]!)
}

const claimed = new Set<string>()

describe('what is known of the result holds', () => {
  test.each(computing.map((op) => [op.name, op] as const))('%s', (name, op) => {
    const random = new Random(41)
    for (let round = 0; round < (op.immediates.length > 0 ? 30 : 3); round++) {
      const lanes = lanesOf(op, random)
      const { run, words } = native(op, lanes)
      for (let i = 0; i < 200; i++) {
        const operands = op.type!.params.map((param) => (param === 'i32' ? UNKNOWN : randomKnown(random)))
        const count = random.pick([random.below(40), word(random), 0, 8, 255])
        operands.forEach((operand, at) => {
          words.set(sample(operand, random), 4 * at)
        })
        const second = random.chance(40) && op.type!.params[1] === 'v128' ? words.slice(4, 8) : undefined
        const known = knownOf(operationOf(op, lanes, count, second), operands)
        if (known.bits !== -1 || known.hasEqualBytes) claimed.add(name)
        for (let again = 0; again < 4; again++) {
          operands.forEach((operand, at) => {
            if (at !== 1 || second === undefined) words.set(sample(operand, random), 4 * at)
          })
          run(count)
          const wrong = words.subarray(12, 16).find((result) => !holds(known, result))
          if (wrong !== undefined)
            expect.fail(`${wrong >>> 0} of ${[...words]} contradicts ${JSON.stringify({ known, operands })}`)
        }
      }
    }
  })

  test('something is known of many', () => {
    expect(claimed.size).toBeGreaterThan(30)
  })
})

test('tables of functions of a byte are what the instructions give', () => {
  const random = new Random(43)
  const table = (): Uint8Array => Uint8Array.from({ length: 64 }, () => random.bits())
  const names = ops.filter(({ name }) => BYTEWISE.has(name as VectorOp))
  expect(names.length).toBe(BYTEWISE.size)
  for (const op of names.filter(({ feature }) => feature === 'simd')) {
    const { run, words } = native(op, [])
    for (let round = 0; round < 10; round++) {
      const count = random.below(12)
      const operands = op.type!.params.map((param) => (param === 'i32' ? i32(count) : { results: table() }))
      const results = applied(op.name as VectorOp, operands)
      for (let part = 0; part < 4; part++) {
        const bytes = new Uint8Array(words.buffer)
        operands.forEach((operand, at) => {
          if ('results' in operand) bytes.set(operand.results.subarray(16 * part, 16 * part + 16), 16 * at)
        })
        run(count)
        expect([op.name, ...results.subarray(16 * part, 16 * part + 16)]).toEqual([op.name, ...bytes.slice(48, 64)])
      }
    }
  }
})
