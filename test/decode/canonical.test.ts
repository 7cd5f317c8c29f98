// When two defined types are the same.

import { describe, expect, test } from 'vitest'
import { typeKey } from '../../src/0-wasm/canonical.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { vec } from '../binary/leb.ts'
import { binary, section } from '../errors/binary.ts'

const I32 = 0x7f
const I64 = 0x7e
const func = (params: number[], results: number[] = []): number[] => [
  0x60,
  params.length,
  ...params,
  results.length,
  ...results,
]
/** A function of one parameter, a nullable reference to a type. */
const taking = (index: number): number[] => [0x60, 1, 0x63, index, 0]
const rec = (...types: number[][]): number[] => [0x4e, ...vec(types)]
const module = (...types: number[][]) => decode(binary(section(1, ...vec(types))))
const key = (index: number, ...types: number[][]): string => typeKey(module(...types), index)

test('a function type without references to others is its letters', () => {
  expect(key(0, func([I32, I64, 0x7d, 0x7c, 0x70, 0x6f], [0x7b]))).toBe('iIfdFx>v')
  expect(key(0, func([]))).toBe('>')
})

test('equal types of one module have one canonical index', () => {
  const { types } = module(func([I32]), func([I64]), func([I32]), rec(func([I32])), taking(0), taking(2), taking(1))
  expect(types.map(({ canonical }) => canonical)).toEqual([0, 1, 0, 0, 4, 4, 6])
})

test('groups are equal as wholes', () => {
  const { types } = module(
    rec(func([I32]), func([I64])),
    rec(func([I32]), func([I64])),
    rec(func([I64]), func([I32])),
    func([I32]),
  )
  expect(types.map(({ canonical }) => canonical)).toEqual([0, 1, 0, 1, 4, 5, 6])
  expect(types.map(({ group }) => group)).toEqual([0, 0, 2, 2, 4, 4, 6])
})

describe('keys of types of different modules', () => {
  test('do not depend on where a type stands', () => {
    expect(key(1, func([I32]), taking(0))).toBe(key(3, func([I64]), func([I64]), func([I32]), taking(2)))
    expect(key(0, taking(0))).toBe(key(1, func([I32]), taking(1)))
  })

  test('tell members of a group apart', () => {
    const pair = rec(func([I32]), func([I32]))
    expect(key(0, pair)).not.toBe(key(1, pair))
    expect(key(0, pair)).not.toBe(key(0, func([I32])))
  })

  test('tell apart a reference to itself and to an equal type before it', () => {
    expect(key(0, taking(0))).not.toBe(key(1, taking(0), taking(0)))
  })

  test('tell finality, supertypes and mutability apart', () => {
    const keys = [
      key(0, [0x50, 0, ...func([])]),
      key(0, func([])),
      key(1, [0x50, 0, ...func([])], [0x4f, 1, 0, ...func([])]),
      key(0, [0x5f, 1, I32, 0]),
      key(0, [0x5f, 1, I32, 1]),
      key(0, [0x5e, I32, 0]),
      key(0, [0x5e, 0x78, 0]),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})

test('a chain in which every type names the one before twice has a key of linear length', () => {
  const twice = (index: number): number[] => [0x60, 2, 0x63, index, 0x63, index, 0]
  const chain = [func([I32]), ...Array.from({ length: 50 }, (_, index) => twice(index))]
  expect(key(50, ...chain).length).toBeLessThan(50 * 20)
})
