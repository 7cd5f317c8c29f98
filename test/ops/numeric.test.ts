// Each plain numeric instruction in a module of its own: the host's engine against ours, on edge values.

import { describe, expect, test } from 'vitest'
import { carrier, fromBits, toBits } from '../binary/bits.ts'
import { constant, ELSE, END, ins, type NumName, opcode, open } from '../binary/code.ts'
import { EDGES, FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { bothEngines, call, instantiate, MODES, modeName, type Result, sameArithmetic, show } from './compare.ts'
import { type PlainNumeric, plainNumeric } from './plain.ts'

const either = [...open('if', 'i32'), ...constant('i32', 1n), ELSE, ...constant('i32', 2n), END]

/** What follows the instruction, by the type of its result: as a condition, or with one half of it not needed. */
const USES: Partial<Record<NumName, Record<string, readonly number[]>>> = {
  i32: { condition: either, 'negated condition': [...opcode('i32.eqz'), ...either] },
  i64: {
    'high word': [...constant('i64', 0xffff_ffff_0000_0000n), ...opcode('i64.and')],
    'low word': [...constant('i64', 0xffff_ffffn), ...opcode('i64.and')],
    'high word, shifted': [...constant('i64', 32n), ...opcode('i64.shr_u')],
    'low word, shifted': [...constant('i64', 32n), ...opcode('i64.shl')],
    'low word, wrapped': [...opcode('i32.wrap_i64'), ...opcode('i64.extend_i32_s')],
  },
}

/** Exports `value`, the other uses of it, and for an i32 a branch on it. */
function moduleOf({ name, params, result }: PlainNumeric): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const signature = { params: params.map(carrier), results: [carrier(result)] }
  const operands = params.flatMap((type, i) => [...ins('local.get', i), ...fromBits(type)])
  const add = (shape: string, code: number[]): void => builder.export(shape, 'func', builder.func(signature, [], code))
  const code = [...operands, ...opcode(name)]
  add('value', [...code, ...toBits(result)])
  for (const [shape, after] of Object.entries(USES[result] ?? {})) add(shape, [...code, ...after])
  if (result !== 'i32') return builder.build()
  add('branch', [...open('block', undefined), ...code, 0x0d, 0, 0x41, 7, 0x0f, END, 0x41, 8])
  return builder.build()
}

const pairs = (first: readonly bigint[], second: readonly bigint[]): bigint[][] =>
  first.flatMap((a) => second.map((b) => [a, b]))

/** @returns operands: every pair of edge values, or the single ones. */
const operandsOf = ({ params: [a, b] }: PlainNumeric): bigint[][] =>
  b === undefined ? EDGES[a].map((bits) => [bits]) : [...pairs(EDGES[a], FEW[b]), ...pairs(FEW[a], EDGES[b])]

function same(op: PlainNumeric, args: readonly bigint[], native: Result, ours: Result): boolean {
  if (typeof native === 'string' || typeof ours === 'string') return native === ours
  if (!op.arithmetic) return native[0] === ours[0]
  return sameArithmetic(
    op.result,
    native[0],
    ours[0],
    args.map((bits, i) => [op.params[i], bits]),
  )
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const engines = await bothEngines(mode)

  test.each(plainNumeric.map((op) => [op.name, op] as const))('%s', (_name, op) => {
    const bytes = moduleOf(op)
    const native = instantiate(engines.native, bytes)
    const ours = instantiate(engines.ours, bytes)
    const differences: string[] = []
    for (const shape of Object.keys(native)) {
      for (const args of operandsOf(op)) {
        const expected = call(engines.native, native[shape], op.params, [op.result], args)
        const got = call(engines.ours, ours[shape], op.params, [op.result], args)
        if (!same(op, args, expected, got)) {
          differences.push(`${shape} ${show(args)}: native ${show(expected)}, ours ${show(got)}`)
        }
      }
    }
    expect(differences.slice(0, 10)).toEqual([])
  })
})

test('the table gives the instructions', () => {
  expect(plainNumeric.length).toBeGreaterThanOrEqual(136)
})
