// What instructions on references, structures and arrays become: checks are statements before them.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { legalizeToWords } from '../../src/5-optimize/legalize/legalize.ts'
import { constant, ELSE, END, ins, opcode, open as openBlock } from '../binary/code.ts'
import { arrayType, funcType, type GcType, gcModule, open, structType } from '../binary/gc.ts'
import { lower, show } from './ir.ts'

const TYPES = [
  open(structType('i32', ['mut', 'i64'], ['mut', 'i8'])),
  open(structType('i32', ['mut', 'i64'], ['mut', 'i8'], 'f64'), 0),
  arrayType(['mut', 'i16']),
  funcType(['i32'], ['i32']),
]
const [STRUCT, BELOW, ARRAY, FUNC, OWN] = [0, 1, 2, 3, 4]

/** The IR of a function with these parameters. */
function lowered(params: readonly GcType[], results: readonly GcType[], code: readonly number[]) {
  return lower(gcModule({ types: [...TYPES, funcType(params, results)], funcs: [{ type: OWN, code }] }))[0]!
}

const get = (index: number): number[] => ins('local.get', index)
const SOME: GcType = ['ref', STRUCT]
const PERHAPS: GcType = ['ref null', STRUCT]

describe('null is checked where it may be', () => {
  test.each([
    [
      'a field',
      [SOME],
      ['i32'],
      [...get(0), ...ins('struct.get', STRUCT, 0)],
      'return struct.get{pure}[type0 0.0](l0)',
    ],
    [
      'a field of what may be null',
      [PERHAPS],
      ['i32'],
      [...get(0), ...ins('struct.get', STRUCT, 0)],
      'if (ref.is_null(l0)) { trap trap_null }; return struct.get{pure}[type0 0.0](l0)',
    ],
    [
      'a call',
      [['ref null', FUNC]],
      ['i32'],
      [...constant('i32', 5n), ...get(0), ...ins('call_ref', FUNC)],
      'if (ref.is_null(l0)) { trap trap_null }; return ref[l0: type3](5)',
    ],
    [
      'ref.as_non_null',
      [PERHAPS],
      [SOME],
      [...get(0), ...ins('ref.as_non_null')],
      'if (ref.is_null(l0)) { trap trap_null }; return l0',
    ],
    [
      'once, while nobody sets the register',
      [PERHAPS],
      ['i32'],
      [...get(0), ...ins('struct.get', STRUCT, 0), ...get(0), ...ins('struct.get_s', STRUCT, 2), ...ins('i32.add')],
      'if (ref.is_null(l0)) { trap trap_null }; return add(struct.get{pure}[type0 0.0](l0), struct.get[type0 2.0](l0))',
    ],
    ['of what is not null', [SOME], [SOME], [...get(0), ...ins('ref.as_non_null')], 'return l0'],
  ] satisfies [string, GcType[], GcType[], number[], string][])('%s', (_, params, results, code, text) => {
    expect(show(lowered(params, results, code).body)).toBe(text)
  })
})

describe('what is checked is known', () => {
  const read = [...get(0), ...ins('struct.get', STRUCT, 0), ...opcode('drop')]
  /** How many checks there are. */
  const checks = (code: readonly number[], params: readonly GcType[] = [PERHAPS, PERHAPS, 'i32']): number =>
    show(lowered(params, [], code).body).split('trap trap_null').length - 1
  const when = (then: number[], otherwise: number[]): number[] => [
    ...[...get(2), ...openBlock('if', undefined)],
    ...[...then, ELSE, ...otherwise, END],
  ]
  const loop = (body: number[]): number[] => [
    ...openBlock('loop', undefined),
    ...body,
    ...get(2),
    ...ins('br_if', 0),
    END,
  ]
  const block = (body: number[]): number[] => [...openBlock('block', undefined), ...body, END]
  const set = [...get(1), ...ins('local.set', 0)]
  const leave = [...get(2), ...ins('br_if', 0)]

  test.each([
    ['behind it', [...read, ...read], 1],
    ['not once it is set', [...read, ...set, ...read], 2],
    ['in both arms of an if', [...read, ...when(read, read)], 1],
    ['behind an if of which both arms check', [...when(read, read), ...read], 2],
    ['not behind one of which one arm does', [...when(read, []), ...read], 2],
    ['in the other arm, whatever the first sets', [...read, ...when([...set], read)], 1],
    ['not behind an if that sets it', [...read, ...when([...set], []), ...read], 2],
    ['behind an arm that leaves', [...when([0x0f], read), ...read], 1],
    ['not in a loop that sets it', [...read, ...loop([...read, ...set])], 2],
    ['not behind a block that may be left before', [...block([...leave, ...read]), ...read], 2],
    ['behind a branch on null', [...block([...get(0), ...ins('br_on_null', 0), ...opcode('drop'), ...read])], 0],
    ['behind a condition', [...get(0), ...opcode('ref.is_null'), ...openBlock('if', undefined), 0x0f, END, ...read], 0],
    ['behind a test', [...get(0), ...ins('ref.test', BELOW), ...openBlock('if', undefined), ...read, END], 0],
    ['behind a cast', [...get(0), ...ins('ref.cast', BELOW), ...opcode('drop'), ...read], 0],
  ] satisfies [string, number[], number][])('%s', (_, code, count) => expect(checks(code)).toBe(count))
})

describe('small integers have their sign', () => {
  test('when they are put into a structure', () => {
    const code = [...get(0), ...get(1), ...ins('struct.set', STRUCT, 2)]
    expect(show(lowered([SOME, 'i32'], [], code).body)).toBe('struct.set[type0 2.0](l0, extend8_s(l1)); return')
  })

  test('and lose it where they are read without', () => {
    const code = [...get(0), ...ins('struct.get_u', STRUCT, 2)]
    expect(show(lowered([SOME], ['i32'], code).body)).toBe('return and(struct.get[type0 2.0](l0), 255)')
  })
})

test('a number is asked for whether it is there', () => {
  const code = [...get(0), ...get(1), ...ins('array.get_s', ARRAY)]
  expect(show(lowered([['ref', ARRAY], 'i32'], ['i32'], code).body)).toBe(
    't2 = array.get[type2 0.0](l0, l1); if (is_missing(t2)) { trap trap_array }; return t2',
  )
})

describe('types', () => {
  // The bits: 1 null is of the type, 2 it may be null, 4 it may be an i31.
  test.each([
    ['ref.test', ['anyref'], 'return ref.test[type1 6.0](l0)'],
    ['ref.test null', ['anyref'], 'return ref.test[type1 7.0](l0)'],
    ['ref.test', [SOME], 'return ref.test[type1 0.0](l0)'],
    ['ref.test', [PERHAPS], 'return ref.test[type1 2.0](l0)'],
  ] satisfies [string, GcType[], string][])('%s of %j', (name, params, text) => {
    const code = [...get(0), ...ins(name as 'ref.test', BELOW)]
    expect(show(lowered(params, ['i32'], code).body)).toBe(text)
  })

  test('a cast traps', () => {
    expect(show(lowered([SOME], [['ref', BELOW]], [...get(0), ...ins('ref.cast', BELOW)]).body)).toBe(
      'if (eqz(ref.test[type1 0.0](l0))) { trap trap_cast }; return l0',
    )
  })
})

test('a cast to the type that a reference was found to be of does nothing', () => {
  const cast = [...get(0), ...ins('ref.cast', BELOW), ...opcode('drop')]
  const code = [...get(0), ...ins('ref.test', BELOW), ...openBlock('if', undefined), ...cast, ELSE, ...cast, END]
  expect(show(lowered([SOME], [], code).body)).toBe(
    'if (ref.test[type1 0.0](l0)) {} else { if (eqz(ref.test[type1 0.0](l0))) { trap trap_cast } }; return',
  )
})

test('an i64 field is two words', () => {
  const func = lowered([SOME], ['i64'], [...get(0), ...ins('struct.get', STRUCT, 1)])
  expect(show(func.body)).toBe('return struct.get:i64[type0 1.0](l0)')
  expect(show(legalizeToWords(func).body)).toBe('return struct.get[type0 1.0](l0), struct.get[type0 1.1](l0)')
})

test('a store comes before a later load of the same field, and not before that of one that never changes', () => {
  const code = [
    ...[...get(0), ...ins('struct.get', STRUCT, 0), ...get(0), ...ins('struct.get_s', STRUCT, 2)],
    ...[...get(0), ...constant('i32', 7n), ...ins('struct.set', STRUCT, 2), ...ins('i32.add')],
  ]
  expect(show(lowered([SOME], ['i32'], code).body)).toBe(
    't1 = struct.get[type0 2.0](l0); struct.set[type0 2.0](l0, extend8_s(7)); return add(struct.get{pure}[type0 0.0](l0), t1)',
  )
})

test('the text is read again', () => {
  const func = lowered([SOME], ['i64'], [...get(0), ...ins('struct.get', STRUCT, 1)])
  expect(funcText(parse(funcText(func)))).toBe(funcText(func))
})
