// Texts of functions that threads share.

import { expect, test, vi } from 'vitest'
import { FunctionTexts, isStore } from '../../src/webassembly/function-texts.ts'

const size = { functions: 4, bytes: 10 }

test('nothing is shared that nobody asks for', () => {
  const compile = vi.fn((index: number) => `f${index}`)
  const texts = new FunctionTexts(compile, size)
  expect([texts.text(1), texts.text(1)]).toEqual(['f1', 'f1'])
  expect(compile).toHaveBeenCalledTimes(2)
})

test('what one thread has made, before or after it shares, no other makes', () => {
  const texts = new FunctionTexts((index) => `f${index}`.repeat(9000), size)
  texts.text(2)
  const store = texts.share()
  expect(texts.share()).toBe(store)
  expect(isStore(store)).toBe(true)
  texts.text(0)
  const compile = vi.fn(() => 'own')
  const other = new FunctionTexts(compile, size, store)
  expect([0, 1, 2].map(other.text)).toEqual(['f0'.repeat(9000), 'own', 'f2'.repeat(9000)])
  expect(compile).toHaveBeenCalledTimes(1)
  expect(texts.text(1)).toBe('own')
})

test('a text without room, or of other characters, is made by each', () => {
  const store = new FunctionTexts(() => '', size).share()
  const made = ['x'.repeat(70_000), 'é', '…', 'last']
  const texts = new FunctionTexts((index) => made[index]!, size, store)
  expect([0, 1, 2, 3].map(texts.text)).toEqual(made)
  const other = new FunctionTexts(() => 'own', size, store)
  expect([0, 1, 2, 3].map(other.text)).toEqual(['own', 'é', 'own', 'last'])
})

test('an array that is not shared is no store', () => {
  expect(isStore({ places: new Int32Array(9), characters: new Uint8Array(9) })).toBe(false)
  expect(isStore({})).toBe(false)
})
