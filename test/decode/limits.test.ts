// Counts that no module may have, and counts that the bytes after them belie.

import { describe, expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import { compile } from '../../src/index.ts'
import { uleb } from '../binary/leb.ts'
import { binary, section, sectionOf, withBody } from '../errors/binary.ts'

const check = (bytes: Uint8Array): void => validate(decode(bytes))
const repeat = (count: number, ...bytes: number[]): number[] => Array.from({ length: count }, () => bytes).flat()
const params = (count: number): Uint8Array => binary(section(1, 1, 0x60, ...uleb(count), ...repeat(count, 0x7f), 0))
const results = (count: number): Uint8Array => binary(section(1, 1, 0x60, 0, ...uleb(count), ...repeat(count, 0x7f)))
const memories = (count: number): Uint8Array => binary(section(5, ...uleb(count), ...repeat(count, 0, 0)))
const data = (count: number): Uint8Array => binary(sectionOf(11, [...uleb(count), ...repeat(count, 1, 0)]))
const FUNC = [section(1, 1, 0x60, 0, 0), section(3, 1, 0)]
const body = (bytes: number[]): Uint8Array => {
  const head = binary(...FUNC)
  const size = uleb(bytes.length)
  const code = [10, ...uleb(1 + size.length + bytes.length), 1, ...size]
  const module = new Uint8Array(head.length + code.length + bytes.length)
  module.set(head)
  module.set(code, head.length)
  module.set(bytes, head.length + code.length)
  return module
}
const locals = (count: number): Uint8Array => body([1, ...uleb(count), 0x7f, 0x0b])
const size = (count: number): Uint8Array => body([0, ...Array<number>(count - 2).fill(1), 0x0b])
const targets = (count: number): Uint8Array => withBody([0x41, 0, 0x0e, ...uleb(count), ...repeat(count + 1, 0)])

describe.each([
  ['parameters', params, 1000],
  ['results', results, 1000],
  ['memories', memories, 100],
  ['data segments', data, 100_000],
  ['locals', locals, 50_000],
  ['branch targets', targets, 65_520],
] as const)('%s', (what, module, limit) => {
  test(`${limit} are accepted`, () => {
    expect(() => check(module(limit))).not.toThrow()
  })

  test('one more is refused', () => {
    expect(() => check(module(limit + 1))).toThrow(`unsupported: too many ${what}: ${limit + 1} (limit ${limit})`)
  })
})

test('a function may have 7,654,321 bytes', () => {
  expect(() => decode(size(7_654_321))).not.toThrow()
  expect(() => decode(size(7_654_322))).toThrow('unsupported: function 0 is too long: 7654322 bytes (limit 7654321)')
})

test('locals of several groups are counted together', () => {
  expect(() => check(body([2, ...uleb(30_000), 0x7f, ...uleb(30_000), 0x7e, 0x0b]))).toThrow('too many locals: 60000')
  expect(() => check(body([2, ...uleb(0xffff_ffff), 0x7f, 1, 0x7e, 0x0b]))).toThrow('malformed: too many locals')
})

test.each([
  [1, 49_999, true],
  [1, 50_000, false],
  [1000, 49_000, true],
  [1000, 49_001, false],
])('%i parameters are among the locals: %i more', (count, more, fits) => {
  const type = section(1, 1, 0x60, ...uleb(count), ...repeat(count, 0x7f), 0)
  const code = [1, ...uleb(more), 0x7f, 0x0b]
  const bytes = binary(type, section(3, 1, 0), sectionOf(10, [1, ...uleb(code.length), ...code]))
  expect(WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)).toBe(fits)
  const refusal = `too many locals: ${count + more} (limit 50000)`
  for (const attempt of [() => check(bytes), () => compile(bytes)]) {
    if (fits) expect(attempt).not.toThrow()
    else expect(attempt).toThrow(refusal)
  }
})

test('a size that the runtime may refuse is still valid', () => {
  expect(() => check(binary(section(4, 1, 0x70, 0, ...uleb(0xffff_ffff))))).not.toThrow()
  expect(() => check(binary(section(5, 1, 0, ...uleb(65_536))))).not.toThrow()
})

/** Counts just within their limits, followed by almost nothing: refused before anything is allocated for them. */
describe('a count that the section cannot hold', () => {
  test.each([
    ['types', section(1, ...uleb(1_000_000))],
    ['imports', section(2, ...uleb(1_000_000))],
    ['functions', section(3, ...uleb(1_000_000))],
    ['tables', section(4, ...uleb(100_000))],
    ['globals', section(6, ...uleb(1_000_000))],
    ['exports', section(7, ...uleb(1_000_000))],
    ['element segments', section(9, ...uleb(10_000_000))],
    ['elements', section(9, 1, 1, 0, ...uleb(10_000_000))],
    ['data segments', section(11, ...uleb(100_000))],
  ])('%s', (what, bytes) => {
    expect(() => decode(binary(bytes))).toThrow(
      new RegExp(`^malformed: unexpected end of the .* section: \\d+ ${what} in`),
    )
  })

  test('branch targets', () => {
    expect(() => check(withBody([0x41, 0, 0x0e, ...uleb(65_000)]))).toThrow('unexpected end of section or function')
  })

  test('more than 32 bits of bytes', () => {
    expect(() => decode(binary(section(11, 1, 1, ...uleb(0xffff_ffff))))).toThrow('4294967295 bytes expected, 0 left')
  })
})
