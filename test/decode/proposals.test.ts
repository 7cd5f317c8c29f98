// What decoding makes of what came after the second edition: immediates, limits, imports, hints.

import { describe, expect, test } from 'vitest'
import type { OpName } from '../../src/0-wasm/ops/index.ts'
import { CodeReader } from '../../src/1-decode/code.ts'
import { decode } from '../../src/1-decode/decode.ts'
import type { Instruction } from '../../src/1-decode/instruction.ts'
import { access, ins, opcode } from '../binary/code.ts'
import { uleb, utf8, vec } from '../binary/leb.ts'
import { binary, section, sectionOf, withBody } from '../errors/binary.ts'

/** The only instruction of a function, as the walk gives it. */
function only(code: number[]): Instruction {
  const module = decode(withBody(code))
  const { start, end } = module.funcs[0]!.body!
  const reader = new CodeReader(module, start, end)
  reader.locals()
  reader.next()
  return { ...reader.ins }
}

describe('immediates', () => {
  const sixteen = Array.from({ length: 16 }, (_, i) => i * 16)
  const words = [0x30201000, 0x70605040, 0xb0a09080 | 0, 0xf0e0d0c0 | 0]

  test.each<[OpName, number[], Partial<Instruction>]>([
    ['v128.const', [...opcode('v128.const'), ...sixteen], { words }],
    ['i8x16.shuffle', [...opcode('i8x16.shuffle'), ...sixteen], { words }],
    ['i16x8.replace_lane', [...opcode('i16x8.replace_lane'), 5], { lane: 5 }],
    ['v128.load8_lane', [...access('v128.load8_lane', 1000, 0, 2), 7], { memOffset: 1000, memory: 2, lane: 7 }],
    ['i64.atomic.rmw32.cmpxchg_u', access('i64.atomic.rmw32.cmpxchg_u', 8, 2), { memOffset: 8, align: 2, memory: 0 }],
    ['struct.get_u', ins('struct.get_u', 3, 200), { index: 3, index2: 200 }],
    ['array.new_fixed', ins('array.new_fixed', 1, 300), { index: 1, index2: 300 }],
    ['ref.test null', ins('ref.test null', 0x6b), { heap: 'struct' }],
    ['ref.cast', ins('ref.cast', 2), { heap: 2 }],
    [
      'br_on_cast',
      [...opcode('br_on_cast'), 1, 4, 0x6e, 2],
      { index: 4, from: { nullable: true, heap: 'any' }, to: { nullable: false, heap: 2 } },
    ],
    [
      'br_on_cast_fail',
      [...opcode('br_on_cast_fail'), 2, 0, 0x6d, 0x6c],
      { index: 0, from: { nullable: false, heap: 'eq' }, to: { nullable: true, heap: 'i31' } },
    ],
    [
      'try_table',
      [...opcode('try_table'), 0x7f, 4, 0, 9, 1, 1, 8, 2, 2, 3, 3, 4],
      {
        blockType: { kind: 'func', params: [], results: ['i32'] },
        catches: [
          { tag: 9, isRef: false, label: 1 },
          { tag: 8, isRef: true, label: 2 },
          { tag: undefined, isRef: false, label: 3 },
          { tag: undefined, isRef: true, label: 4 },
        ],
      },
    ],
  ])('of %s', (name, code, fields) => {
    const found = only(code)
    expect(found.op.name).toBe(name)
    expect(found).toMatchObject(fields)
  })

  test('that cannot be', () => {
    expect(() => only([...opcode('br_on_cast'), 4, 0, 0, 0])).toThrow('malformed cast flags')
    expect(() => only(opcode('v128.const'))).toThrow('unexpected end')
    expect(() => only([...opcode('try_table'), 0x40, 100])).toThrow('unexpected end')
  })
})

test('limits beyond 2^53 are kept as they are', () => {
  const [most, pages] = [2n ** 64n - 1n, 2n ** 48n]
  const module = decode(binary(section(5, 2, 13, 0, ...uleb(most), 0, 5, 1, ...uleb(pages))))
  const [small, large] = module.memories.map(({ type }) => type)
  expect(small).toMatchObject({ pageSize: 1, addressType: 'i64', limits: { min: 0, exact: { min: 0n, max: most } } })
  expect(large).toMatchObject({ pageSize: 65_536, limits: { min: 1, max: 2 ** 48 } })
  expect(large!.limits.exact).toBeUndefined()
})

describe('compact imports', () => {
  const TYPE = section(1, 1, 0x60, 0, 0)
  const importsOf = (...entries: number[][]) => {
    const module = decode(binary(TYPE, sectionOf(2, vec(entries))))
    return module.imports.map(({ module: from, name, kind, index }) => `${from} ${name} ${kind} ${index}`)
  }

  test('of several types, and of one', () => {
    const several = [...utf8('m'), 0, 0x7f, 2, ...utf8('a'), 0, 0, ...utf8('b'), 3, 0x7f, 0]
    const alike = [...utf8('n'), 0, 0x7e, 3, 0x7f, 0, 2, ...utf8('c'), ...utf8('d')]
    const plain = [...utf8('o'), ...utf8('e'), 2, 0, 1]
    expect(importsOf(several, alike, plain)).toEqual([
      'm a func 0',
      'm b global 0',
      'n c global 1',
      'n d global 2',
      'o e memory 0',
    ])
  })

  test('an import without a name is none', () => {
    expect(importsOf([...utf8('m'), 0, 0, 0])).toEqual(['m  func 0'])
  })

  test('after a name, the codes are unknown kinds', () => {
    expect(() => importsOf([...utf8('m'), ...utf8('x'), 0x7f, 0])).toThrow('malformed import kind 0x7f')
  })
})

describe('branch hints', () => {
  const hints = (...contents: number[]) => {
    const custom = section(0, ...utf8('metadata.code.branch_hint'), ...contents)
    const module = decode(withBody([0x41, 0, 0x0d, 0, 0x41, 0, 0x04, 0x40, 0x0b], undefined, [custom]))
    const { start } = module.funcs[0]!.body!
    return [...module.branchHints].map(([func, map]) => [func, [...map].map(([at, likely]) => [at - start, likely])])
  }

  test('are kept by the offset of their branch', () => {
    expect(hints(1, 0, 2, 3, 1, 0, 7, 1, 1)).toEqual([
      [
        0,
        [
          [3, false],
          [7, true],
        ],
      ],
    ])
  })

  test.each([
    ['of a function that is not there', [1, 1, 1, 3, 1, 0]],
    ['behind the function', [1, 0, 1, 100, 1, 0]],
    ['of another value', [1, 0, 1, 3, 1, 2]],
    ['of another size', [1, 0, 1, 3, 2, 0, 0]],
    ['cut', [1, 0, 2, 3, 1, 0]],
    ['with something behind', [1, 0, 1, 3, 1, 0, 9]],
  ])('%s: there are none', (_, contents) => expect(hints(...contents)).toEqual([]))
})
