// What the search for the hardest modules has found: that none of it comes back.

import { expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import type { Func } from '../../src/3-ir/ir.ts'
import { forEachStmt } from '../../src/3-ir/walk.ts'
import { splitLanes } from '../../src/4-lower/lane-loops.ts'
import { lowerFunction } from '../../src/4-lower/lower.ts'
import { LiveRanges } from '../../src/5-optimize/allocate/live-ranges.ts'
import { legalizeToBigInts } from '../../src/5-optimize/legalize/legalize.ts'
import { runUntil } from '../../src/5-optimize/passes.ts'
import { emitContext } from '../../src/6-emit/module.ts'
import { surroundings } from '../../src/functions.ts'
import { compile } from '../../src/index.ts'
import { completeOptions } from '../../src/options.ts'
import { SHAPES } from './shapes/index.ts'
import { ofSize } from './size.ts'

const module = (shape: string, bytes: number): Uint8Array<ArrayBuffer> => ofSize(SHAPES[shape]!, bytes)
const lowered = (bytes: Uint8Array, index = 0): Func => lowerFunction(decode(bytes), index).func

function countStatements(func: Func): number {
  let count = 0
  forEachStmt(func.body, () => count++)
  return count
}

test('no part of a function is but the call of another', () => {
  const { code } = compile(module('interpreter', 30_000))
  expect(code).not.toMatch(/\{var c;b=f0_\d+\(a,b\)\|0;c=ri\[0\];ri\[0\]=c;return b\}/)
  expect(code.length).toBeLessThan(4 * 30_000)
})

// As the square of the loops, or for each of them all that the function has, it would not end in this time.
test('each loop that hands vectors on is looked at by itself', { timeout: 10_000 }, () => {
  const func = lowered(SHAPES['loops that hand vectors on']!(6000))
  expect(countStatements(splitLanes(func))).toBeGreaterThan(4 * countStatements(func))
})

test('registers that come and go everywhere have no more intervals than there is code', () => {
  const func = lowered(module('else if chain of values', 60_000))
  expect(LiveRanges.of(func).intervals.count).toBeLessThan(50 * countStatements(func))
})

test('cells that are kept around calls are no more than there is code', () => {
  const func = lowered(SHAPES['calls between i64s in a loop']!(3000), 1)
  expect(legalizeToBigInts(func)).toBeUndefined()
  expect(legalizeToBigInts(lowered(SHAPES['calls between i64s in a loop']!(3), 1))).toBeDefined()
})

test('a function far too large to stay whole has no version on BigInts', () => {
  const versions = (n: number): number => {
    const read = decode(SHAPES['i64.mul, set']!(n))
    const options = completeOptions({ i64: 'both' })
    const known = surroundings(emitContext(read, options), options)
    return runUntil('legalize', lowerFunction(read, 0).func, known).length
  }
  expect([versions(100), versions(20_000)]).toEqual([2, 1])
})

test.each(['i8x16.popcnt', 'i8x16.narrow_i16x8_s', 'i8x16.sub_sat_u', 'i16x8.add_sat_s', 'i64x2.abs'])(
  'rows of %s take as much text as calls do',
  (name) => {
    const { code } = compile(module(`${name}, left`, 20_000))
    expect(code.length).toBeLessThan(40 * 20_000)
    expect(code).toContain('packed_')
    expect(compile(SHAPES[`${name}, left`]!(100)).code).not.toContain('packed_')
  },
)

test.each([
  'calls of 10 results',
  'calls of 1000 results',
  'br_if with 1000 values',
  'br_if in loops with 1000 values',
  'if with 1000 values',
  'br_table with 1000 values',
  'nested loops of 1000 results',
  'return in if with 1000 values',
  'calls of 4 i64 results',
  'calls of 1000 mixed results',
  'if and else of 1000 values',
  'nested if of 1000 values',
  'functions of 1000 parameters that use the last one',
  'structures of 10,000 fields',
  'structures of 64 vectors',
  'arrays of 1000 f64 of a tuple',
  'structures of 1000 f64 of a tuple',
  'calls of 8 f64 of a tuple',
  'indirect calls of 8 f64 of a tuple',
  'throw of 1000 f64 of a tuple',
  'catch of 1000 f64',
  'br_on_null to blocks of 1000 values',
])('text of %s is linear in the code', (shape) => {
  const made = (n: number): { input: number; output: number } => {
    const bytes = SHAPES[shape]!(n)
    return { input: bytes.length, output: compile(bytes).code.length }
  }
  // What is there once, such as types and wrappers, is long too.
  const [few, many] = [made(100), made(1100)] as const
  expect((many.output - few.output) / (many.input - few.input)).toBeLessThan(25)
})
