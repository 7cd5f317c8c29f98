// Source maps, read by Mozilla's library and by our own reader, and what `nowasm symbolize` makes of stack traces.

import { type RawSourceMap, SourceMapConsumer } from 'source-map'
import { describe, expect, test } from 'vitest'
import { readSourceMap } from '../../src/7-link/read-source-map.ts'
import { readVlqs, vlq } from '../../src/7-link/vlq.ts'
import { compile, type Options } from '../../src/index.ts'
import { generate } from '../fuzz/generate.ts'
import { instructionsOf } from '../ir/instructions.ts'
import { wat } from '../wat.ts'

const LEAF = wat(`(module
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (func $leaf (param i32) (result i32) (call $log (i32.const 1)) (i32.load offset=8 (local.get 0)))
  (func $other (export "other") (param i32) (result i32) (i32.mul (call $leaf (local.get 0)) (i32.const 3)))
  (func (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
  (export "third" (func 3)))`)

const mapOf = (bytes: Uint8Array, options: Partial<Options>): { code: string; map: string } => {
  const { code, map } = compile(bytes, { sourceMap: true, ...options })
  return { code, map: map! }
}

test.each([0, 1, -1, 15, 16, -16, 1023, -65536, 2 ** 29])('%i as a VLQ and back', (value) => {
  expect(readVlqs(vlq(value) + vlq(-7))).toEqual([value, -7])
})

describe('a source map', () => {
  const WAYS: Partial<Options>[] = [
    {},
    { optimize: 0, format: 'cjs' },
    { names: true, format: 'iife' },
    { engine: 'interpreter', target: 'es5', format: 'cjs' },
  ]

  test.each(WAYS)('%j says what Mozilla reads too, of every character', async (options) => {
    for (const bytes of [LEAF, generate(7, 60).bytes]) {
      const { code, map } = mapOf(bytes, options)
      const instructions = instructionsOf(bytes)
      const own = readSourceMap(map)
      let mapped = 0
      await SourceMapConsumer.with(JSON.parse(map) as RawSourceMap, null, (consumer) => {
        for (const [row, text] of code.split('\n').entries())
          for (let column = 0; column < text.length; column++) {
            const { line, column: offset } = consumer.originalPositionFor({ line: row + 1, column })
            const found = own.find(row + 1, column + 1)
            expect(found?.offset ?? null).toBe(offset)
            if (found === undefined) continue
            expect(line).toBe(1)
            expect(instructions.get(found.offset)).toBeDefined()
            mapped++
          }
      })
      expect(mapped).toBeGreaterThan(50)
    }
  })

  test('changes nothing about the output', () => {
    for (const options of WAYS) expect(mapOf(LEAF, options).code).toBe(compile(LEAF, options).code)
  })

  test('names files, and functions where they are called', async () => {
    const { code, map } = mapOf(LEAF, { optimize: 0, name: 'app' })
    expect(JSON.parse(map)).toMatchObject({ version: 3, file: 'app.mjs', sources: ['app.wasm'] })
    expect((JSON.parse(map) as { names: string[] }).names).toEqual(['leaf', 'other', 'third'])
    const lines = code.split('\n')
    const row = lines.findIndex((line) => line.startsWith('function f2('))
    const position = { line: row + 1, column: lines[row]!.indexOf('f1(') }
    await SourceMapConsumer.with(JSON.parse(map) as RawSourceMap, null, (consumer) => {
      expect(consumer.originalPositionFor(position).name).toBe('leaf')
    })
  })

  test('is there only if it is asked for', () => {
    expect(compile(LEAF).map).toBeUndefined()
  })
})
