import { expect, test } from 'vitest'
import { view_new } from '../../runtime/view.ts'

test('short names are the functions of the engine themselves', () => {
  const view = view_new(new Uint8Array(16), 0) as unknown as Record<string, unknown>
  const types = { a: 'Int8', b: 'Uint8', g: 'Int16', h: 'Uint16', i: 'Int32', f: 'Float32', d: 'Float64' }
  for (const [letter, type] of Object.entries(types)) {
    expect(view[letter]).toBe(view[`get${type}`])
    expect(view[letter.toUpperCase()]).toBe(view[`set${type}`])
    expect(typeof view[letter]).toBe('function')
  }
})

test('a view ends as many bytes early as it is told, and is empty where there are fewer', () => {
  expect(view_new(new Uint8Array(16), 0).byteLength).toBe(16)
  expect(view_new(new Uint8Array(16), 4).byteLength).toBe(12)
  expect(view_new(new Uint8Array(0), 4).byteLength).toBe(0)
})

test('the prototype that all DataViews share stays as it is', () => {
  const before = Object.getOwnPropertyNames(DataView.prototype)
  const view = view_new(new Uint8Array(8), 0)
  expect(view).toBeInstanceOf(DataView)
  expect(Object.getOwnPropertyNames(DataView.prototype)).toEqual(before)
  expect('i' in DataView.prototype).toBe(false)
})
