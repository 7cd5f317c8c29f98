// Wide arithmetic on edge values and random ones, with each representation of i64. Engines do not have it: what is right is
// computed with BigInts.

import { describe, expect, test } from 'vitest'
import type { OpName } from '../../src/0-wasm/ops/index.ts'
import { constant, ins, type NumName, opcode } from '../binary/code.ts'
import { EDGES, FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { Random } from '../fuzz/random.ts'
import { type EngineOptions, loadEngine } from '../spec/engine.ts'
import { call, instantiate, MODES, modeName } from './compare.ts'

type WideOp = Extract<OpName, 'i64.add128' | 'i64.sub128' | `i64.mul_wide_${string}`>

const signed = (x: bigint): bigint => BigInt.asIntN(64, x)
const joined = (lo: bigint, hi: bigint): bigint => lo | (hi << 64n)

/** Operands and results are unsigned. */
const MEANINGS: Readonly<Record<WideOp, (...operands: bigint[]) => bigint>> = {
  'i64.add128': (al, ah, bl, bh) => joined(al!, ah!) + joined(bl!, bh!),
  'i64.sub128': (al, ah, bl, bh) => joined(al!, ah!) - joined(bl!, bh!),
  'i64.mul_wide_s': (a, b) => signed(a!) * signed(b!),
  'i64.mul_wide_u': (a, b) => a! * b!,
}

const OPS = Object.keys(MEANINGS) as WideOp[]
const I64: NumName = 'i64'
const longs = (count: number): NumName[] => Array.from({ length: count }, () => I64)
const RESULTS = longs(2)

/** Exports the instruction on parameters as `all`, on a last operand that is a constant as `c0`, `c1`. */
const CONSTANTS = [0n, 0xffff_fffen, 0x8000_0000_0000_0001n]

function moduleOf(op: WideOp): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const count = MEANINGS[op].length
  const get = (n: number): number[] => Array.from({ length: n }, (_, i) => ins('local.get', i)).flat()
  const add = (name: string, n: number, code: number[]): void =>
    builder.export(name, 'func', builder.func({ params: longs(n), results: RESULTS }, [], code))
  add('all', count, [...get(count), ...opcode(op)])
  for (const [i, value] of CONSTANTS.entries()) {
    add(`c${i}`, count - 1, [...get(count - 1), ...constant(I64, value), ...opcode(op)])
  }
  return builder.build()
}

function operandsOf(op: WideOp): bigint[][] {
  const count = MEANINGS[op].length
  const random = new Random(count)
  const any = (): bigint => (random.chance(50) ? random.pick(EDGES.i64) : random.pick(FEW.i64) * BigInt(random.bits()))
  const some = Array.from({ length: 4000 }, () => Array.from({ length: count }, () => BigInt.asUintN(64, any())))
  return count === 2 ? [...EDGES.i64.flatMap((a) => FEW.i64.map((b) => [a, b])), ...some] : some
}

const ALL: readonly EngineOptions[] = [...MODES, { native: false, engine: 'jit', optimize: 2, i64: 'bigint' }]

describe.each(ALL.map((mode) => [`${modeName(mode)} ${mode.i64 ?? ''}`, mode] as const))('%s', async (_, mode) => {
  const { api } = await loadEngine(mode)

  test.each(OPS)('%s', (op) => {
    const exported = instantiate(api, moduleOf(op))
    const meaning = MEANINGS[op]
    const differences: string[] = []
    const check = (name: string, args: readonly bigint[], operands: readonly bigint[]): void => {
      const expected = BigInt.asUintN(128, meaning(...operands))
      const got = call(api, exported[name], longs(args.length), RESULTS, args) as bigint[]
      if (joined(got[0]!, got[1]!) !== expected) differences.push(`${name} ${operands}: ${got}`)
    }
    for (const operands of operandsOf(op)) {
      check('all', operands, operands)
      const rest = operands.slice(0, -1)
      CONSTANTS.forEach((value, i) => check(`c${i}`, rest, [...rest, value]))
    }
    expect(differences.slice(0, 5)).toEqual([])
  })
})
