// Binaryen's tool in this process, where its package is installed.

import fs from 'node:fs'
import { expect, test, vi } from 'vitest'
import { wat } from '../../wat.ts'
import { binaryenPasses } from '../reduce/passes.ts'
import { packageFile } from '../tools/install.ts'
import { WasmOpt } from './wasm-opt.ts'

const isHere = packageFile('binaryen') !== undefined
const TAG = '(module (tag $t (param i32)) (func (export "f") (throw $t (i32.const 5))) (func (drop (i32.const 1))))'

test.skipIf(!isHere)('what it complains of is in the error, and not printed', async () => {
  const tool = await WasmOpt.load()
  const write = vi.spyOn(fs, 'writeSync')
  await expect(tool.transform(wat(TAG), [])).rejects.toThrow(/exception-handling/)
  expect(write.mock.calls.filter(([fd]) => fd === 1 || fd === 2)).toEqual([])
  write.mockRestore()
})

test.skipIf(!isHere)('modules with any of the features are made smaller', async () => {
  const [first] = await binaryenPasses()
  const made = await first!(wat(TAG))
  expect(made!.length).toBeLessThan(wat(TAG).length)
})
