// Shared memories that are not compiled are refused, and never compiled to something that counts their pages wrongly.

import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { ModuleBuilder } from '../binary/module.ts'

test.each([
  { min: 1, max: 2, shared: true, is64: true },
  { min: 1, max: 2, shared: true, page: 0 },
])('%j', (limits) => {
  const builder = new ModuleBuilder()
  builder.memory(limits)
  const bytes = builder.build()
  expect(() => compile(bytes)).toThrow('unsupported: a shared memory with 64-bit addresses or pages of one byte')
  expect(() => compile(bytes, { threads: 'single' })).not.toThrow()
})
