import { afterAll, expect, test } from 'vitest'

const own = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')
afterAll(() => {
  if (own) Object.defineProperty(globalThis, 'WebAssembly', own)
})

test('the polyfill replaces the global object', async () => {
  const { WebAssembly: ours } = await import('../../src/webassembly.ts')
  await import('../../src/polyfill.ts')
  expect(globalThis.WebAssembly).toBe(ours)
  expect(Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')).toMatchObject({
    writable: true,
    enumerable: false,
    configurable: true,
  })
})
