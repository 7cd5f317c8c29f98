// compileAsync: as compile, in slices.

import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { CompileError, compile, compileAsync, OptionsError } from '../../src/index.ts'
import { wat } from '../wat.ts'

/** Enough code for several slices. */
const large = wat(
  `(module ${Array.from(
    { length: 3000 },
    (_, i) => `(func (export "f${i}") (param i32) (result i32)
  ${'(local.get 0) (i32.const 7) i32.mul (local.set 0)'.repeat(12)} local.get 0)`,
  ).join('\n')})`,
)

describe('compileAsync', () => {
  test('gives what compile gives, and lets others work meanwhile', async () => {
    let turns = 0
    const timer = setInterval(() => turns++)
    const seen: number[][] = []
    const output = await compileAsync(large, { format: 'cjs', jobs: 1, onProgress: (...step) => seen.push(step) })
    clearInterval(timer)
    expect(output).toEqual(compile(large, { format: 'cjs' }))
    expect(turns).toBeGreaterThan(0)
    expect(seen.at(-1)!.slice(0, 2)).toEqual([3000, 3000])
  })

  test('ends when it is told to', async () => {
    const controller = new AbortController()
    const compiling = compileAsync(large, { jobs: 1, signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(compiling).rejects.toThrow('enough')
    await expect(compileAsync(large, { signal: controller.signal })).rejects.toThrow('enough')
  })

  test('ends when what it tells of its progress throws', async () => {
    const onProgress = (): void => {
      throw new Error('no more')
    }
    await expect(compileAsync(large, { jobs: 2, onProgress })).rejects.toThrow('no more')
  })

  test('takes the bytes as they are when it is called', async () => {
    const bytes = large.slice()
    const compiling = compileAsync(bytes, { jobs: 1 })
    bytes.fill(0)
    expect((await compiling).exports).toHaveLength(3000)
  })

  test('rejects as compile throws', async () => {
    await expect(compileAsync(large.slice(0, 100))).rejects.toThrow(CompileError)
    await expect(compileAsync(large, { jobs: 0 })).rejects.toThrow(OptionsError)
    for (const bad of ['no bytes', {}, [0, 97, 115, 109], new SharedArrayBuffer(8)])
      await expect(compileAsync(bad as never)).rejects.toThrow(TypeError)
  })

  test('takes an ArrayBuffer of another realm', async () => {
    const buffer = runInNewContext('new ArrayBuffer(8)') as ArrayBuffer
    new Uint8Array(buffer).set([0, 97, 115, 109, 1])
    expect((await compileAsync(buffer)).exports).toEqual([])
  })
})
