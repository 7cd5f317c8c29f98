import { describe, expect, test, vi } from 'vitest'
import { memory_object } from '../../runtime/api-memory.ts'
import { api_constructors } from '../../runtime/constructors.ts'
import { LinkError } from '../../runtime/errors.ts'
import { export_func, export_global, export_memory, export_table } from '../../runtime/exports.ts'
import { func_object, func_refs, func_type, type Raw } from '../../runtime/func.ts'
import { global_new } from '../../runtime/global.ts'
import { global_type } from '../../runtime/global-types.ts'
import { global_get_I, global_get_none, global_put_none } from '../../runtime/global-values.ts'
import { hidden } from '../../runtime/hidden.ts'
import { func_import, global_import, memory_import, table_import } from '../../runtime/imports.ts'
import { memory_grow, memory_new } from '../../runtime/memory.ts'
import { table_new } from '../../runtime/table.ts'
import type { ReferenceLetter, ValueLetter } from '../../runtime/value-types.ts'

const { Memory, Table, Global } = api_constructors()

type Wrapped = (...args: never[]) => unknown
const wrap =
  (raw: Raw): Wrapped =>
  (...args) =>
    raw(...args)
const host =
  (fn: Wrapped): Raw =>
  (...args: never[]) => ['host', fn(...args)]
const type = func_type('i>i', wrap, host)
const other = func_type('d>i', wrap, host)
const imports = (value: unknown) => ({ env: { it: value } })

function exported(): Raw {
  const raw: Raw = (x: number) => x
  func_refs([raw], [type], [0])
  return raw
}

describe('imports', () => {
  test('are read as the API says', () => {
    const read = (object: unknown) => () => func_import(object, 'env', 'it', type)
    for (const bad of [undefined, null, 5, 'x']) expect(read(bad)).toThrow(TypeError)
    for (const bad of [undefined, null, 5, 'x']) expect(read({ env: bad })).toThrow(TypeError)
    for (const bad of [undefined, null, 5, {}]) expect(read(imports(bad))).toThrow(LinkError)
    expect(read(Object.assign(() => {}, { env: Object.assign(() => {}, { it: () => 1 }) }))).not.toThrow()
    expect(read({ env: {} })).toThrow('Import "env" "it": function import requires a callable')
    expect(() => func_import({}, 'a"\n', 'it', type)).toThrow('"a\\"\\n"')
  })

  test('a function of another module is its raw function, of the same type only', () => {
    const raw = exported()
    expect(func_import(imports(func_object(raw)), 'env', 'it', type)).toBe(raw)
    expect(() => func_import(imports(func_object(raw)), 'env', 'it', other)).toThrow(LinkError)
  })

  test('a function of the host gets an adapter', () => {
    const raw = func_import(
      imports((x: number) => x + 1),
      'env',
      'it',
      type,
    )
    expect(raw(1 as never)).toEqual(['host', 2])
    func_refs([raw], [type], [3])
    expect((func_object(raw) as Wrapped).name).toBe('3')
    expect(func_import(imports(func_object(raw)), 'env', 'it', type)).toBe(raw)
  })

  test('a memory must have the size and the maximum', () => {
    const take = (value: unknown, min: number, max: number) => memory_import(imports(value), 'env', 'it', min, max)
    const object = new Memory({ initial: 2, maximum: 5 })
    expect(take(object, 2, 5)).toBe(hidden(object))
    expect(take(object, 0, -1)).toBe(hidden(object))
    expect(take(new Memory({ initial: 2 }), 1, -1).max).toBe(-1)
    expect(() => take(object, 3, 5)).toThrow('size 2, smaller than the declared initial of 3')
    expect(() => take(object, 2, 4)).toThrow('a maximum of 5, above the declared maximum of 4')
    expect(() => take(new Memory({ initial: 2 }), 2, 4)).toThrow('no maximum limit, expected at most 4')
    object.grow(1)
    expect(object.buffer).toBe(take(object, 3, 5).bytes.buffer)
    for (const bad of [undefined, {}, new Table({ element: 'anyfunc', initial: 2 }), Memory.prototype]) {
      expect(() => take(bad, 0, -1)).toThrow(LinkError)
    }
  })

  test('a table must have the type, the size and the maximum', () => {
    const take = (value: unknown, letter: ReferenceLetter, min: number, max: number) =>
      table_import(imports(value), 'env', 'it', letter, min, max)
    const object = new Table({ element: 'externref', initial: 2, maximum: 5 })
    expect(take(object, 'x', 2, 5)).toBe(hidden(object))
    for (const run of [
      () => take(object, 'F', 2, 5),
      () => take(object, 'x', 3, 5),
      () => take(object, 'x', 2, 4),
      () => take(new Table({ element: 'externref', initial: 2 }), 'x', 2, 4),
      () => take({}, 'x', 0, -1),
      () => take(new Memory({ initial: 2, maximum: 5 }), 'x', 0, -1),
    ])
      expect(run).toThrow(LinkError)
  })

  test('a global is a Global of the type, or a value if it is immutable', () => {
    const take = (value: unknown, letter: ValueLetter, mutable: boolean) => {
      const { get, put } = global_type(letter) ?? { get: global_get_none, put: global_put_none }
      return global_import(imports(value), 'env', 'it', letter, mutable, get, put)
    }
    const object = new Global({ value: 'i32', mutable: true })
    expect(take(object, 'i', true)).toBe(hidden(object))
    expect([take(2 ** 31, 'i', false).v, take(0.1, 'f', false).v, take(0.1, 'd', false).v]).toEqual([
      -(2 ** 31),
      Math.fround(0.1),
      0.1,
    ])
    const wide = take(-2n, 'I', false)
    expect([wide.v, wide.h, wide.mutable]).toEqual([-2, -1, false])
    const raw = exported()
    expect([take(func_object(raw), 'F', false).v, take(null, 'F', false).v, take(undefined, 'x', false).v]).toEqual([
      raw,
      null,
      undefined,
    ])
    for (const [value, letter, mutable] of [
      [object, 'i', false],
      [object, 'd', true],
      [1, 'i', true],
      [1n, 'i', false],
      [1, 'I', false],
      ['1', 'i', false],
      [undefined, 'F', false],
      [() => 1, 'F', false],
      [undefined, 'd', false],
      [{}, 'f', false],
      [0, 'v', false],
      [{}, 'v', false],
    ] as const)
      expect(() => take(value, letter, mutable)).toThrow(LinkError)
  })
})

describe('exports', () => {
  test('are properties, whatever the names', () => {
    const e = Object.create(null)
    const names = ['b', '__proto__', 'constructor', '', 'a', '\u2028']
    const raw = exported()
    for (const name of names) export_func(e, name, raw)
    expect(Object.keys(e)).toEqual(names)
    expect(Object.getOwnPropertyDescriptor(e, '__proto__')!.value).toBe(func_object(raw))
  })

  test('give the same object for the same instance', () => {
    const m = memory_new(1, -1)
    const t = table_new('F', 1, -1, null)
    const g = global_new('I', true, -2, -1, global_get_I)
    const [first, second] = [Object.create(null), Object.create(null)]
    for (const e of [first, second]) {
      export_memory(e, 'm', m)
      export_table(e, 't', t)
      export_global(e, 'g', g)
    }
    expect(first).toEqual(second)
    for (const name of ['m', 't', 'g']) expect(first[name]).toBe(second[name])
    expect(first['m']).toBeInstanceOf(Memory)
    expect(first['t']).toBeInstanceOf(Table)
    expect(first['g']).toBeInstanceOf(Global)
    expect((first['g'] as InstanceType<typeof Global>).value).toBe(-2n)
    expect(memory_import(imports(first['m']), 'env', 'it', 1, -1)).toBe(m)
  })

  test('an object of the API is what is exported again', () => {
    const object = new Memory({ initial: 1 })
    const m = memory_import(imports(object), 'env', 'it', 1, -1)
    expect(memory_object(m)).toBe(object)
    expect(memory_grow(m, 1)).toBe(1)
    expect(object.buffer).toBe(m.bytes.buffer)
  })

  test('another copy of the runtime knows them', async () => {
    const object = new Memory({ initial: 1 })
    const raw = exported()
    vi.resetModules()
    const copy = await import('../../runtime/imports.ts')
    const api = await import('../../runtime/api-memory.ts')
    expect(copy.memory_import).not.toBe(memory_import)
    expect(api.Memory).toBe(Memory)
    const m = copy.memory_import(imports(object), 'env', 'it', 1, -1)
    expect(api.memory_object(m)).toBe(object)
    expect(object.grow(2)).toBe(1)
    expect(object.buffer).toBe(m.bytes.buffer)
    expect(copy.func_import(imports(func_object(raw)), 'env', 'it', type)).toBe(raw)
  })
})
