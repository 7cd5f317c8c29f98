// The instruction table has one row for each instruction, and every row can be read.

import { describe, expect, it } from 'vitest'
import type { Feature } from '../../src/0-wasm/features.ts'
import { opOf, ops, table } from '../../src/0-wasm/ops/index.ts'

const duplicates = <T>(values: readonly T[]): T[] => values.filter((value, i) => values.indexOf(value) !== i)

describe('the instruction table', () => {
  it('names each instruction once', () => {
    expect(duplicates(ops.map((op) => op.name))).toEqual([])
    expect(ops.map((op) => op.name).sort()).toEqual(Object.keys(table).sort())
  })

  it('gives each instruction an opcode of its own', () => {
    expect(duplicates(ops.map((op) => op.opcode))).toEqual([])
    expect(ops.filter((op) => opOf(op.opcode) !== op)).toEqual([])
  })

  it('holds the whole MVP opcode space', () => {
    const mvp = [
      [0x00, 0x05],
      [0x0b, 0x11],
      [0x1a, 0x1b],
      [0x20, 0x24],
      [0x28, 0xbf],
    ].flatMap(([first, last]) => Array.from({ length: last! - first! + 1 }, (_, i) => first! + i))
    expect(mvp.filter((opcode) => opOf(opcode) === undefined)).toEqual([])
    expect(mvp.length).toBe(172)
  })

  it('spells types with known atoms only', () => {
    const known = new Set(['i32', 'i64', 'f32', 'f64', 'v128', 'addr'])
    const wrong = ops.filter(({ type }) => type && [...type.params, ...type.results].some((atom) => !known.has(atom)))
    expect(wrong.map((op) => op.name)).toEqual([])
  })

  it('gives memory accesses, and nothing else, a width', () => {
    const accesses = ops.filter(({ immediates }) => immediates.includes('memarg') || immediates.includes('atomic'))
    expect(accesses.filter((op) => ![1, 2, 4, 8, 16].includes(op.width)).map((op) => op.name)).toEqual([])
    expect(ops.filter((op) => op.width !== 0 && !accesses.includes(op)).map((op) => op.name)).toEqual([])
    expect(accesses.filter((op) => op.name.startsWith('i32.load8')).map((op) => op.width)).toEqual([1, 1])
  })

  it('gives lanes, and nothing else, their number', () => {
    const lanes = ops.filter((op) => op.immediates.includes('lane'))
    expect(lanes.map((op) => op.lanes).filter((count) => ![2, 4, 8, 16].includes(count))).toEqual([])
    expect(ops.filter((op) => op.lanes !== 0 && !lanes.includes(op))).toEqual([])
    expect(lanes.filter(({ width, lanes: count }) => width !== 0 && width * count !== 16)).toEqual([])
  })

  it('has as many instructions as each proposal says', () => {
    const count = (feature: Feature): number => ops.filter((op) => op.feature === feature).length
    const counts = { 'simd': 236, 'relaxed-simd': 20, 'threads': 67, 'gc': 32, 'function-references': 5 } as const
    for (const [feature, expected] of Object.entries(counts)) {
      expect([feature, count(feature as Feature)]).toEqual([feature, expected])
    }
  })
})
