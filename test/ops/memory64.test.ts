// Each access in a memory with 64-bit addresses does what it does in one with 32-bit addresses, wherever those reach; and traps
// wherever they do not.

import { describe, expect, test } from 'vitest'
import { isCompiled, type Op, ops } from '../../src/0-wasm/ops/index.ts'
import { access, constant, ins, type NumName, opcode } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { type Api, loadEngine } from '../spec/engine.ts'
import { MODES, modeName } from './compare.ts'

const ACCESSES = ops.filter(
  (op) => isCompiled(op) && (op.immediates[0] === 'memarg' || op.immediates[0] === 'atomic') && op.width > 0,
)

const OFFSETS = [0, 3, 0xfff8]
const BYTES = Array.from({ length: 64 }, (_, i) => (i * 37 + 11) & 255)

/** An operand behind the address. */
const operand = (type: string): number[] =>
  type === 'v128'
    ? [...opcode('v128.const'), ...BYTES.slice(0, 16)]
    : constant(type as NumName, type === 'i32' || type === 'f32' ? 0x81c2_8384n : 0x81c2_8384_8586_8788n)

/** A result as an i64. */
const RESULTS: Readonly<Record<string, readonly number[]>> = {
  i32: opcode('i64.extend_i32_u'),
  i64: [],
  f32: [...opcode('i32.reinterpret_f32'), ...opcode('i64.extend_i32_u')],
  f64: opcode('i64.reinterpret_f64'),
  v128: [
    ...ins('local.set', 1),
    ...ins('local.get', 1),
    ...opcode('i64x2.extract_lane'),
    0,
    ...ins('local.get', 1),
    ...opcode('i64x2.extract_lane'),
    1,
    ...opcode('i64.xor'),
  ],
}

/** Exports `f0`, `f1` ..., for each offset; they take an address, and give an i64. */
function moduleOf(op: Op, is64: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const address: NumName = is64 ? 'i64' : 'i32'
  const memory = builder.memory({ min: 1, max: 1, is64 })
  builder.export('memory', 'memory', memory)
  builder.data(BYTES, { memory, offset: constant(address, 0n) })
  const { params, results } = op.type!
  const align = op.immediates[0] === 'atomic' ? Math.log2(op.width) : 0
  const lane = op.lanes > 0 ? [op.lanes - 1] : []
  OFFSETS.forEach((offset, i) => {
    const code = [
      ...ins('local.get', 0),
      ...params.slice(1).flatMap(operand),
      ...[...access(op.name, offset, align), ...lane],
      ...(results.length === 0 ? constant('i64', 0n) : RESULTS[results[0]!]!),
    ]
    const locals = results[0] === 'v128' ? (['v128'] as const) : []
    builder.export(`f${i}`, 'func', builder.func({ params: [address], results: ['i64'] }, [...locals], code))
  })
  return builder.build()
}

const PLACES = [0, 1, 8, 17, 40, 65520, 65532, 65535, 65536, 0xffff_fff0, 0xffff_ffff]
const FAR = [2n ** 32n, 2n ** 32n + 8n, 2n ** 63n, -1n, -8n, -65536n]

/** A number that a change of any word changes. */
function checksum(words: Int32Array): number {
  let sum = 0
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum, 31) ^ Math.imul(words[i]!, 2 * i + 1)
  return sum
}

/** What a call gives and leaves, or the trap. */
function outcome(api: Api, module: WebAssembly.Module, name: string, at: number | bigint): string {
  const exports = new api.Instance(module).exports as Record<string, never>
  const f = exports[name] as (at: number | bigint) => bigint
  const memory = exports['memory'] as WebAssembly.Memory
  try {
    const given = f(at)
    return `${given} ${checksum(new Int32Array(memory.buffer))}`
  } catch (error) {
    if (error instanceof api.RuntimeError) return 'trap'
    throw error
  }
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { api } = await loadEngine(mode)

  test.each(ACCESSES.map((op) => [op.name, op] as const))('%s', (_name, op) => {
    const [narrow, wide] = [false, true].map((is64) => new api.Module(moduleOf(op, is64))) as [
      WebAssembly.Module,
      WebAssembly.Module,
    ]
    OFFSETS.forEach((_offset, i) => {
      const differs = PLACES.filter(
        (at) => outcome(api, wide, `f${i}`, BigInt(at)) !== outcome(api, narrow, `f${i}`, at),
      )
      expect(differs).toEqual([])
      expect(FAR.filter((at) => outcome(api, wide, `f${i}`, at) !== 'trap')).toEqual([])
    })
  })
})

test('all accesses are tried', () => expect(ACCESSES.length).toBeGreaterThan(40))
