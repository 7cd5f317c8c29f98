import { afterEach, beforeAll, expect, test, vi } from 'vitest'

const own = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')!
afterEach(() => {
  Object.defineProperty(globalThis, 'WebAssembly', own)
  vi.resetModules()
})

// Loaded here, so that tests need not wait for it.
beforeAll(() => import('../../src/webassembly.ts'))

const ours = async () => (await import('../../src/webassembly.ts')).WebAssembly

const INSTALLED = { writable: true, enumerable: false, configurable: true }

test('the polyfill gives an engine without WebAssembly one', async () => {
  delete (globalThis as { WebAssembly?: object }).WebAssembly
  await import('../../src/polyfill.ts')
  expect(Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')).toEqual({ value: await ours(), ...INSTALLED })
})

test('and leaves others alone', async () => {
  await import('../../src/polyfill.ts')
  expect(Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')).toEqual(own)
})

test('unless it is told to', async () => {
  await import('../../src/polyfill/force.ts')
  expect(Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')).toEqual({ value: await ours(), ...INSTALLED })
})
