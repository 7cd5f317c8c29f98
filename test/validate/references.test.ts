// Rules of typed references, structures, arrays and casts.

import { describe, expect, test } from 'vitest'
import { ins, opcode } from '../binary/code.ts'
import { binary, section } from '../errors/binary.ts'
import { type Body, moduleOf, type Surroundings, verdict } from './module-of.ts'

const I32 = [0x7f]
const I64 = [0x7e]
const FUNCREF = [0x70]
const ANYREF = [0x6e]
const EXTERNREF = [0x6f]
const nullable = (heap: number): number[] => [0x63, heap]
const ref = (heap: number): number[] => [0x64, heap]

const [POINT, SMALL, FUNC, INTS, BYTES, REFS, CLOSED] = [0, 1, 2, 3, 4, 5, 6] as const

const TYPES: Surroundings = {
  types: [
    [0x50, 0, 0x5f, 2, 0x7f, 1, 0x7e, 0], // POINT: an open structure of a variable i32 and a constant i64
    [0x4f, 1, POINT, 0x5f, 3, 0x7f, 1, 0x7e, 0, 0x78, 1], // SMALL: below it, and an i8
    [0x60, 1, 0x7f, 1, 0x7e], // FUNC: from i32 to i64
    [0x5e, 0x7f, 1], // INTS: variable
    [0x5e, 0x78, 1], // BYTES: variable
    [0x5e, 0x64, POINT, 0], // REFS: references that are not null, constant
    [0x5f, 0], // CLOSED: a final structure without fields
  ],
  sections: {
    // One passive element segment of null function references, and one passive data segment.
    9: [1, 5, 0x70, 0],
    12: [0],
  },
}

const check = (body: Body): string => verdict(moduleOf(TYPES, body))

const get = (index: number): number[] => ins('local.get', index)
const HERE = 0x40

const VALID: [string, Body][] = [
  [
    'call_ref',
    { params: [I32, nullable(FUNC)], results: [I64], code: [...get(0), ...get(1), ...ins('call_ref', FUNC)] },
  ],
  [
    'return_call_ref',
    { params: [I32, ref(FUNC)], results: [I64], code: [...get(0), ...get(1), ...ins('return_call_ref', FUNC)] },
  ],
  [
    'ref.as_non_null',
    { params: [nullable(FUNC)], results: [ref(FUNC)], code: [...get(0), ...opcode('ref.as_non_null')] },
  ],
  [
    'br_on_null leaves a reference that is not null',
    { params: [ANYREF], results: [], code: [...get(0), ...ins('br_on_null', 0), ...opcode('drop')] },
  ],
  [
    'br_on_non_null',
    {
      params: [nullable(POINT)],
      results: [ref(POINT)],
      code: [...get(0), ...ins('br_on_non_null', 0), ...opcode('unreachable')],
    },
  ],
  [
    'a subtype where its supertype is expected',
    { params: [ref(SMALL)], results: [I32], code: [...get(0), ...ins('struct.get', POINT, 0)] },
  ],
  ['a packed field', { params: [ref(SMALL)], results: [I32], code: [...get(0), ...ins('struct.get_s', SMALL, 2)] }],
  ['struct.set', { params: [ref(POINT), I32], code: [...get(0), ...get(1), ...ins('struct.set', POINT, 0)] }],
  [
    'struct.new and its default',
    {
      params: [I32, I64],
      results: [ref(POINT), ref(POINT)],
      code: [...get(0), ...get(1), ...ins('struct.new', POINT), ...ins('struct.new_default', POINT)],
    },
  ],
  [
    'array.new_fixed of references',
    { params: [ref(SMALL)], results: [ref(REFS)], code: [...get(0), ...get(0), ...ins('array.new_fixed', REFS, 2)] },
  ],
  [
    'array.copy from small integers to small integers',
    {
      params: [ref(BYTES), I32],
      code: [...get(0), ...get(1), ...get(0), ...get(1), ...get(1), ...ins('array.copy', BYTES, BYTES)],
    },
  ],
  ['array.len of any array', { params: [nullable(REFS)], results: [I32], code: [...get(0), ...opcode('array.len')] }],
  [
    'ref.test and ref.cast from anywhere above',
    {
      params: [ANYREF],
      results: [I32, nullable(SMALL)],
      code: [...get(0), ...ins('ref.test', SMALL), ...get(0), ...ins('ref.cast null', SMALL)],
    },
  ],
  [
    'br_on_cast leaves what it is not, br_on_cast_fail what it is',
    {
      params: [nullable(POINT)],
      results: [ref(SMALL)],
      code: [
        ...[...opcode('block'), ...nullable(POINT), ...get(0)],
        ...[...opcode('br_on_cast'), 3, 0, POINT, SMALL],
        ...[...opcode('br_on_cast_fail'), 0, 0, POINT, SMALL],
        ...[...opcode('return'), ...opcode('end'), ...ins('ref.cast', SMALL)],
      ],
    },
  ],
  [
    'conversions keep null where it may be',
    {
      params: [EXTERNREF, ref(POINT)],
      results: [ANYREF, ref(0x6f)],
      code: [...get(0), ...opcode('any.convert_extern'), ...get(1), ...opcode('extern.convert_any')],
    },
  ],
  ['i31', { params: [I32], results: [I32], code: [...get(0), ...opcode('ref.i31'), ...opcode('i31.get_s')] }],
  [
    'a local that is set before it is read',
    {
      params: [ref(POINT)],
      results: [ref(POINT)],
      locals: [ref(POINT)],
      code: [...get(0), ...ins('local.set', 1), ...get(1)],
    },
  ],
  [
    'an operand of unreachable code is any reference',
    { results: [ref(FUNC)], code: [...opcode('unreachable'), ...opcode('ref.as_non_null')] },
  ],
]

test.each(VALID)('valid: %s', (_, body) => expect(check(body)).toBe('valid'))

const INVALID: [string, Body, string][] = [
  [
    'call_ref of a structure',
    { params: [ref(POINT)], code: [...get(0), ...ins('call_ref', POINT)] },
    'type mismatch: type 0 is not a function type',
  ],
  [
    'return_call_ref of another result',
    { params: [I32, ref(FUNC)], results: [I32], code: [...get(0), ...get(1), ...ins('return_call_ref', FUNC)] },
    'type mismatch: a tail call returns [i64], the function [i32]',
  ],
  ['a local that is not set', { results: [ref(POINT)], locals: [ref(POINT)], code: get(0) }, 'uninitialized local 0'],
  [
    'a local that is only set in a block',
    {
      params: [ref(POINT)],
      results: [ref(POINT)],
      locals: [ref(POINT)],
      code: [...opcode('block'), HERE, ...get(0), ...ins('local.set', 1), ...opcode('end'), ...get(1)],
    },
    'uninitialized local 1',
  ],
  [
    'null where it may not be',
    { params: [nullable(POINT)], results: [ref(POINT)], code: get(0) },
    'type mismatch: end expects (ref 0), found (ref null 0)',
  ],
  [
    'a supertype where its subtype is expected',
    { params: [ref(POINT)], results: [ref(SMALL)], code: get(0) },
    'type mismatch: end expects (ref 1), found (ref 0)',
  ],
  [
    'a constant field that is set',
    { params: [ref(POINT), I64], code: [...get(0), ...get(1), ...ins('struct.set', POINT, 1)] },
    'immutable field',
  ],
  [
    'a field that is not there',
    { params: [ref(POINT)], results: [I32], code: [...get(0), ...ins('struct.get', POINT, 2)] },
    'unknown field 2',
  ],
  [
    'a packed field without its sign',
    { params: [ref(SMALL)], results: [I32], code: [...get(0), ...ins('struct.get', SMALL, 2)] },
    'type mismatch: the field is packed',
  ],
  [
    'a field that is not packed, with a sign',
    { params: [ref(POINT)], results: [I32], code: [...get(0), ...ins('struct.get_u', POINT, 0)] },
    'type mismatch: the field is not packed',
  ],
  [
    'an array without defaults',
    { params: [I32], results: [ref(REFS)], code: [...get(0), ...ins('array.new_default', REFS)] },
    'type mismatch: (ref 0) has no default value',
  ],
  [
    'a constant array that is set',
    { params: [ref(REFS), ref(POINT)], code: [...get(0), 0x41, 0, ...get(1), ...ins('array.set', REFS)] },
    'immutable array',
  ],
  [
    'array.copy between different arrays',
    {
      params: [ref(INTS), ref(BYTES)],
      code: [...get(0), 0x41, 0, ...get(1), 0x41, 0, 0x41, 0, ...ins('array.copy', INTS, BYTES)],
    },
    'array types do not match',
  ],
  [
    'an array of references from data',
    { results: [ref(REFS)], code: [0x41, 0, 0x41, 0, ...ins('array.new_data', REFS, 0)] },
    'unknown data segment 0',
  ],
  [
    'an array of numbers from elements',
    { results: [ref(INTS)], code: [0x41, 0, 0x41, 0, ...ins('array.new_elem', INTS, 0)] },
    'type mismatch: array.new_elem expects a segment of i32, found funcref',
  ],
  [
    'a structure where an array is meant',
    { params: [ref(POINT)], results: [I32], code: [...get(0), 0x41, 0, ...ins('array.get', POINT)] },
    'type mismatch: type 0 is not an array type',
  ],
  [
    'an array where a structure is meant',
    { params: [ref(INTS)], results: [I32], code: [...get(0), ...ins('struct.get', INTS, 0)] },
    'type mismatch: type 3 is not a struct type',
  ],
  [
    'too many operands of array.new_fixed',
    { results: [ref(INTS)], code: ins('array.new_fixed', INTS, 10_001) },
    'unsupported',
  ],
  [
    'a cast from another hierarchy',
    { params: [FUNCREF], results: [ref(POINT)], code: [...get(0), ...ins('ref.cast', POINT)] },
    'type mismatch: ref.cast expects anyref, found funcref',
  ],
  [
    'br_on_cast to what is not below',
    { params: [ref(SMALL)], results: [ref(CLOSED)], code: [...get(0), ...opcode('br_on_cast'), 0, 0, SMALL, CLOSED] },
    'type mismatch: br_on_cast expects a type that matches (ref 1), found (ref 6)',
  ],
  [
    'br_on_cast to a label for something else',
    { params: [ref(POINT)], results: [I32], code: [...get(0), ...opcode('br_on_cast'), 0, 0, POINT, SMALL] },
    'type mismatch: br_on_cast expects a label for (ref 1), found i32',
  ],
  [
    'br_on_non_null to a label for nothing',
    { params: [ref(POINT)], code: [...get(0), ...ins('br_on_non_null', 0)] },
    'type mismatch: br_on_non_null expects a label for (ref 0), found one for nothing',
  ],
  [
    'ref.eq of functions',
    { params: [FUNCREF], results: [I32], code: [...get(0), ...get(0), ...opcode('ref.eq')] },
    'type mismatch: ref.eq expects eqref, found funcref',
  ],
  [
    'any reference where a number is expected',
    { results: [I32], code: [...opcode('unreachable'), ...opcode('ref.as_non_null')] },
    'type mismatch: end expects i32, found any reference',
  ],
  [
    'select of any reference without a type',
    {
      results: [ANYREF],
      code: [...opcode('unreachable'), ...opcode('ref.as_non_null'), 0x41, 0, ...opcode('select')],
    },
    'type mismatch: select without a type expects numbers or vectors, found any reference',
  ],
  ['a type that is not there', { results: [ANYREF], code: ins('ref.null', 9) }, 'unknown type 9'],
  ['a local of a type that is not there', { locals: [nullable(9)], code: [] }, 'unknown type 9'],
  [
    'a block of a type that is not there',
    { code: [...opcode('block'), ...nullable(9), ...opcode('unreachable'), ...opcode('end'), ...opcode('drop')] },
    'unknown type 9',
  ],
  [
    'a cast of a type that is not there',
    { params: [ANYREF], code: [...get(0), ...ins('ref.test', 9)] },
    'unknown type 9',
  ],
]

test.each(INVALID)('invalid: %s', (_, body, message) => {
  const expected =
    message === 'unsupported' ? 'unsupported: too many operands: 10001 (limit 10000)' : `invalid: ${message}`
  expect(check(body)).toBe(expected)
})

describe('the type section', () => {
  const OPEN = [0x50, 0, 0x5f, 1, 0x7f, 0]
  const sub = (of: number, ...composite: number[]): number[] => [0x50, 1, of, ...composite]
  const typesOf = (...types: number[][]): string => verdict(moduleOf({ types }, { code: [] }))

  test.each<[string, number[][], string]>([
    ['a field may be more special', [[0x50, 0, 0x5f, 1, 0x6e, 0], sub(0, 0x5f, 1, 0x6d, 0)], 'valid'],
    [
      'a variable field may not',
      [[0x50, 0, 0x5f, 1, 0x6e, 1], sub(0, 0x5f, 1, 0x6d, 1)],
      'invalid: sub type 1 does not match super type 0, which has another form',
    ],
    ['parameters may be more general', [[0x50, 0, 0x60, 1, 0x6d, 0], sub(0, 0x60, 1, 0x6e, 0)], 'valid'],
    [
      'and not more special',
      [[0x50, 0, 0x60, 1, 0x6e, 0], sub(0, 0x60, 1, 0x6d, 0)],
      'invalid: sub type 1 does not match super type 0, which has another form',
    ],
    ['a final type', [[0x5f, 0], sub(0, 0x5f, 0)], 'invalid: sub type 1 does not match super type 0, which is final'],
    [
      'a field less',
      [OPEN, sub(0, 0x5f, 0)],
      'invalid: sub type 1 does not match super type 0, which has another form',
    ],
    ['several supertypes', [OPEN, OPEN, [0x50, 2, 0, 1, 0x5f, 1, 0x7f, 0]], 'invalid: type 2 has several supertypes'],
    ['a supertype behind', [sub(1, 0x5f, 0), [0x50, 0, 0x5f, 0]], 'invalid: unknown type 1, the supertype of type 0'],
    [
      'a type behind the group',
      [
        [0x5f, 1, 0x63, 1, 0],
        [0x5f, 0],
      ],
      'invalid: unknown type 1, in type 0',
    ],
  ])('%s', (_, types, expected) => expect(typesOf(...types)).toBe(expected))

  test('is what segments are checked against before constant expressions use them', () => {
    const fromSegment = [0x41, 0, 0x41, 0, ...ins('array.new_elem', 0, 0), 0x0b]
    const module = binary(
      section(1, 1, 0x5e, ...FUNCREF, 0),
      section(6, 1, ...ref(0), 0, ...fromSegment),
      section(9, 1, 5, ...nullable(9), 0),
    )
    expect(verdict(module)).toBe('invalid: unknown type 9')
  })

  test('types of one group may name each other', () => {
    const group = [0x4e, 2, 0x5f, 1, 0x63, 1, 0, 0x5f, 1, 0x63, 0, 0]
    expect(verdict(moduleOf({ types: [group], typeCount: 2 }, { code: [] }))).toBe('valid')
  })

  test.each([
    [63, 'valid'],
    [64, 'unsupported: type 64 has too many supertypes: 64 (limit 63)'],
  ])('%i supertypes', (count, expected) => {
    const types = Array.from({ length: count + 1 }, (_, i) => (i === 0 ? [0x50, 0, 0x5f, 0] : sub(i - 1, 0x5f, 0)))
    expect(typesOf(...types)).toBe(expected)
  })
})
