import { describe, expect, test } from 'vitest'
import { func_refs, func_type, type Raw } from '../../runtime/func.ts'
import {
  call_indirect_trap,
  table_copy,
  table_fill,
  table_get,
  table_grow,
  table_init,
  table_new,
  table_set,
} from '../../runtime/table.ts'

const OUT = 'table index is out of bounds'
const plain = (raw: Raw) => (x: number) => raw(x as never)
const int = func_type('i>i', plain, (fn) => fn as Raw)
const none = func_type('>', plain, (fn) => fn as Raw)

function raws(): [Raw, Raw] {
  const made: [Raw, Raw] = [(x: number) => x, () => undefined]
  func_refs(made, [int, none], [4, 1])
  return made
}

describe('a table of functions', () => {
  test('keeps the id of each element beside it', () => {
    const [f, g] = raws()
    const t = table_new('F', 3, -1, null)
    expect([t.elems, t.ids]).toEqual([
      [null, null, null],
      [-1, -1, -1],
    ])
    const { elems, ids } = t
    table_set(t, 1, f)
    table_set(t, 2, g)
    expect(table_grow(t, g, 2)).toBe(3)
    expect(table_get(t, 4)).toBe(g)
    table_fill(t, 2, f, 2)
    expect(t.ids).toEqual([-1, int.id, int.id, int.id, none.id])
    expect(t.elems).toEqual([null, f, f, f, g])
    expect([t.elems, t.ids]).toEqual([elems, ids])
    expect(t.elems).toBe(elems)
    expect(t.ids).toBe(ids)
    table_set(t, 1, null)
    expect(t.ids[1]).toBe(-1)
  })

  test('init takes from a segment', () => {
    const [f, g] = raws()
    const t = table_new('F', 3, -1, null)
    table_init(t, [f, g, null], 1, 1, 2)
    expect(t.elems).toEqual([null, g, null])
    table_init(t, [], 3, 0, 0)
    for (const [d, s, n] of [
      [2, 0, 2],
      [0, 2, 2],
      [4, 0, 0],
      [0, 4, 0],
      [0, -1, 2],
      [-1, 0, 1],
    ]) {
      expect(() => table_init(t, [f, g, null], d, s, n), `${[d, s, n]}`).toThrow(OUT)
    }
    expect(t.elems[2]).toBe(null)
  })

  test('a failed call says what was wrong', () => {
    const t = table_new('F', 2, -1, null)
    expect(() => call_indirect_trap(t, 1)).toThrow('null function or function signature mismatch')
    expect(() => call_indirect_trap(t, 2)).toThrow(OUT)
    expect(() => call_indirect_trap(t, -1)).toThrow(OUT)
  })
})

describe('a table of references', () => {
  test('holds any value and no ids', () => {
    const t = table_new('x', 2, 4, undefined)
    table_set(t, 0, 'a')
    expect(table_grow(t, 7, 3)).toBe(-1)
    expect(table_grow(t, 7, 2)).toBe(2)
    expect(t.elems).toEqual(['a', undefined, 7, 7])
    expect(t.ids).toEqual([])
  })

  test('copies overlapping ranges, and between tables', () => {
    const digits = () => {
      const t = table_new('x', 5, -1, null)
      for (let i = 0; i < 5; i++) table_set(t, i, i)
      return t
    }
    const up = digits()
    table_copy(up, up, 1, 0, 4)
    expect(up.elems).toEqual([0, 0, 1, 2, 3])
    const down = digits()
    table_copy(down, down, 0, 1, 4)
    expect(down.elems).toEqual([1, 2, 3, 4, 4])
    table_copy(down, up, 3, 3, 2)
    expect(down.elems).toEqual([1, 2, 3, 2, 3])
    for (const [d, s, n] of [
      [2, 0, 4],
      [0, 2, 4],
      [6, 0, 0],
      [0, 6, 0],
      [0, 0, -1],
    ]) {
      expect(() => table_copy(down, up, d, s, n), `${[d, s, n]}`).toThrow(OUT)
    }
    expect(down.elems).toEqual([1, 2, 3, 2, 3])
  })

  test('traps outside', () => {
    const t = table_new('x', 2, -1, null)
    for (const i of [2, -1]) {
      expect(() => table_get(t, i)).toThrow(OUT)
      expect(() => table_set(t, i, 1)).toThrow(OUT)
    }
    expect(() => table_fill(t, 1, 9, 2)).toThrow(OUT)
    expect(t.elems).toEqual([null, null])
  })

  test('has at most 10,000,000 elements', () => {
    const t = table_new('x', 1, -1, null)
    expect(table_grow(t, null, 10_000_000)).toBe(-1)
    expect(table_grow(t, null, -1)).toBe(-1)
    expect(t.elems.length).toBe(1)
    expect(() => table_new('x', 10_000_001, -1, null)).toThrow(RangeError)
  })
})
