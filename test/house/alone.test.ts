// Tests share the modules of their process, but for those that change what a module is.

import { expect, test } from 'vitest'
import { ALONE } from '../../vitest.config.ts'
import { textOf, trackedFiles } from './tree.ts'

const tests = trackedFiles().filter((path) => path.endsWith('.test.ts'))

test('what puts its own in place of a module, or loads modules again, runs alone', () => {
  const changing = tests.filter((path) => /^\s*(await )?vi\.(mock|doMock|resetModules)\(/m.test(textOf(path)))
  expect(changing).not.toEqual([])
  expect(changing.filter((path) => !ALONE.includes(path))).toEqual([])
})

test('what runs alone is there', () => expect(ALONE.filter((path) => !tests.includes(path))).toEqual([]))
