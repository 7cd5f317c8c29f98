import { expect, test, vi } from 'vitest'
import { view_new } from '../../runtime/view.ts'
import type { Watcher } from '../../runtime/watchers.ts'

test('short names are the functions of the engine themselves', () => {
  const view = view_new(new Uint8Array(16), 0) as unknown as Record<string, unknown>
  const types = { a: 'Int8', g: 'Int16', i: 'Int32', f: 'Float32', d: 'Float64' }
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

/** Views of so many bytes, as an output makes them. */
const views = (bytes: Uint8Array) => ({ v: view_new(bytes, 0), e: view_new(bytes, 4) })

/** Makes views and puts them to use. */
const renew = (watcher: Watcher, length: number) => {
  const bytes = new Uint8Array(length)
  watcher(bytes, watcher(bytes))
}

/** Another copy of the runtime, as each output has one. */
const freshRuntime = async () => {
  vi.resetModules()
  return await import('../../runtime/view.ts')
}

test('views of the first instance are properties of a prototype that growth replaces', async () => {
  const { views_keep, views_new } = await freshRuntime()
  const holder = views_new(0)
  const watcher = views_keep(holder, views)
  renew(watcher, 16)
  const before = Object.getPrototypeOf(holder)
  renew(watcher, 32)
  expect(Object.keys(holder)).toEqual([])
  expect(Object.getPrototypeOf(holder)).not.toBe(before)
  expect([before.v.byteLength, holder.v!.byteLength, holder.e!.byteLength]).toEqual([16, 32, 28])
})

test('a memory that grows again and again keeps its prototype', async () => {
  const { views_keep, views_new } = await freshRuntime()
  const holder = views_new(0)
  const watcher = views_keep(holder, views)
  const prototypes = new Set()
  for (let length = 1000; length < 3000; length++) {
    renew(watcher, length)
    expect(holder.v!.byteLength).toBe(length)
    prototypes.add(Object.getPrototypeOf(holder))
  }
  expect(prototypes.size).toBe(2)
})

test('views of further instances are properties of their own, for each memory', async () => {
  const { views_keep, views_new } = await freshRuntime()
  views_new(0)
  const second = views_new(0)
  renew(views_keep(second, views), 16)
  expect(Object.keys(second)).toEqual(['v', 'e'])
  expect(second.v!.byteLength).toBe(16)
  expect(Object.getPrototypeOf(second)).toBe(Object.prototype)
  expect(Object.keys(views_new(1))).toEqual([])
})
