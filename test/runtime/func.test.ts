import { describe, expect, test, vi } from 'vitest'
import { i64_in, i64_in_plain, i64_out, i64_out_plain, iterate, ref_in_F } from '../../runtime/boundary.ts'
import { func_id, func_object, func_raw, func_refs, func_type, type Raw, type_id } from '../../runtime/func.ts'
import { global_new } from '../../runtime/global.ts'
import { global_type, type_letter } from '../../runtime/global-types.ts'
import { ri } from '../../runtime/results.ts'
import { tail, tail_call, tail_entry, tail_run, tail_target } from '../../runtime/tail.ts'
import { trapped } from '../../runtime/traps.ts'

const wrap = (raw: Raw) => (x: number, y: number) => raw(x as never, y as never)
const type = func_type('id>i', wrap, (fn) => fn as Raw)

describe('functions', () => {
  test('a type has one id, in all copies of the runtime', async () => {
    expect(type_id('id>i')).toBe(type.id)
    expect(type_id('id>I')).not.toBe(type.id)
    vi.resetModules()
    const other = await import('../../runtime/func.ts')
    expect(other.type_id).not.toBe(type_id)
    expect(other.type_id('id>i')).toBe(type.id)
    expect(other.type_id('id>F')).not.toBe(type_id('id>I'))
  })

  test('a new type does not take longer the more there are', () => {
    const keys = vi.spyOn(Object, 'keys')
    const ids = ['dddd>', 'ddddd>', 'dddddd>', 'dddd>'].map(type_id)
    expect(keys).not.toHaveBeenCalled()
    keys.mockRestore()
    expect(ids).toEqual([ids[0], ids[0]! + 1, ids[0]! + 2, ids[0]])
  })

  test('a raw function has one Exported Function, named by its index', () => {
    const raw: Raw = (x: number) => x + 1
    const next: Raw = () => 2
    func_refs([raw, next], [type, type], [12, 1])
    expect([raw.index, next.index]).toEqual([12, 13])
    func_refs([raw], [func_type('>', wrap, (fn) => fn as Raw)], [3])
    expect(func_id(raw)).toBe(type.id)
    expect(func_id(null)).toBe(-1)
    const object = func_object(raw) as (x: number) => number
    expect(func_object(raw)).toBe(object)
    expect([object.name, object.length, object(4)]).toEqual(['12', 2, 5])
    expect(Object.getOwnPropertyNames(object).sort()).toEqual(['length', 'name'])
    expect(func_raw(object)).toBe(raw)
    expect(func_raw(() => 1)).toBe(undefined)
    expect(func_raw(raw)).toBe(undefined)
    expect(func_raw(5)).toBe(undefined)
    expect(func_object(null)).toBe(null)
  })
})

describe('values', () => {
  const cases: [unknown, bigint][] = [
    [0n, 0n],
    [-1n, -1n],
    [2n ** 63n, -(2n ** 63n)],
    [2n ** 64n + 5n, 5n],
    [0x1234_5678_9abc_def0n, 0x1234_5678_9abc_def0n],
    [-0x1_0000_0001n, -0x1_0000_0001n],
    [0xffff_ffffn, 0xffff_ffffn],
    ['12', 12n],
    [true, 1n],
    [{ valueOf: () => 7n }, 7n],
  ]
  test.each([
    [i64_in, i64_out],
    [i64_in_plain, i64_out_plain],
  ])('i64 is BigInt (%o)', (into, out) => {
    for (const [value, expected] of cases) {
      const low = into(value)
      expect([low | 0, ri[0]]).toEqual([low, Number(expected >> 32n)])
      expect(out(low, ri[0])).toBe(expected)
    }
    for (const bad of [1, undefined, null, Symbol.iterator, {}]) expect(() => into(bad), String(bad)).toThrow()
    expect(() => into(1)).toThrow(TypeError)
  })

  test('of globals are read and set by type', () => {
    const global = (name: string, x: unknown) => {
      const letter = type_letter(name)!
      const type = global_type(letter)!
      const g = global_new(letter, true, 0, 0, type.get, type.put)
      g.put!(g, x)
      return g
    }
    const values = (name: string, ...given: unknown[]) => given.map((x) => global(name, x).v)
    expect(values('i32', 2 ** 31, '7', NaN)).toEqual([-(2 ** 31), 7, 0])
    expect([...values('f32', 0.1), ...values('f64', '0.1')]).toEqual([Math.fround(0.1), 0.1])
    for (const name of ['i32', 'f32', 'f64']) expect(() => global(name, 1n), name).toThrow(TypeError)
    const thing = {}
    expect(values('externref', thing, undefined)).toEqual([thing, undefined])
    const wide = global('i64', -2n)
    expect([wide.v, wide.h, wide.get(wide)]).toEqual([-2, -1, -2n])
    const raw: Raw = () => 1
    func_refs([raw], [type], [0])
    const ref = global('anyfunc', func_object(raw))
    expect([ref.v, ref.get(ref)]).toEqual([raw, func_object(raw)])
    expect(global('anyfunc', null).get(global('anyfunc', null))).toBe(null)
    for (const name of ['funcref', 'constructor', '']) expect(type_letter(name)).toBe(undefined)
    expect(global_type(type_letter('v128')!)).toBe(undefined)
  })

  test('a funcref is null or an Exported Function', () => {
    const raw: Raw = () => 1
    func_refs([raw], [type], [0])
    expect(ref_in_F(func_object(raw))).toBe(raw)
    expect(ref_in_F(null)).toBe(null)
    for (const bad of [undefined, 0, {}, () => 1, raw]) expect(() => ref_in_F(bad)).toThrow(TypeError)
  })

  test('several results come from an iterable of that many', () => {
    expect(iterate([1, 2], 2)).toEqual([1, 2])
    expect(iterate(new Set(['a']), 1)).toEqual(['a'])
    expect(iterate('xy', 2)).toEqual(['x', 'y'])
    for (const bad of [5, null, undefined, {}, [1], [1, 2, 3]]) expect(() => iterate(bad, 2)).toThrow(TypeError)
    const broken = { [Symbol.iterator]: () => ({ next: () => 3 }) }
    expect(() => iterate(broken, 2)).toThrow(TypeError)
  })
})

describe('tail calls', () => {
  test('a million deep, through two functions', () => {
    const body = (n: number): unknown => (n === 0 ? 'end' : tail_call(tail_target(odd), [n - 1]))
    const even: Raw = (n: number) => tail_run(body(n))
    const odd: Raw = (n: number) => tail_run(oddBody(n))
    const oddBody = (n: number): unknown => (n === 0 ? 'odd end' : tail_call(tail_target(even), [n - 1]))
    tail_entry(even, body as Raw)
    tail_entry(odd, oddBody as Raw)
    expect(even(1_000_000 as never)).toBe('end')
    expect(even(999_999 as never)).toBe('odd end')
    expect(tail).toEqual({ f: null, a: null })
  })

  test('of a function without tail calls of its own, and of one that makes plain calls meanwhile', () => {
    const leaf: Raw = (x: number) => x * 2
    const driver: Raw = (x: number) => tail_run(tail_call(leaf, [x + 1]))
    const outer = (x: number) => tail_run(tail_call(tail_target(leaf), [(driver(x as never) as number) + 1]))
    expect(tail_target(leaf)).toBe(leaf)
    expect(outer(3)).toBe(18)
  })

  test('an exception leaves no call behind', () => {
    tail_call(() => 1, [])
    const error = new Error('overflow')
    expect(trapped(error)).toBe(error)
    expect(tail_run('r')).toBe('r')
  })
})
