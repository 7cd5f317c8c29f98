// Rules of exceptions, and of those of old.

import { expect, test } from 'vitest'
import { ins, opcode } from '../binary/code.ts'
import { binary, section } from '../errors/binary.ts'
import { type Body, moduleOf, type Surroundings, verdict } from './module-of.ts'

const I32 = [0x7f]
const EXNREF = [0x69]
const EXN = [0x64, 0x69]
const HERE = 0x40
const END = 0x0b

/** Tag 0 carries an i32, tag 1 nothing. */
const TAGS: Surroundings = {
  types: [
    [0x60, 1, 0x7f, 0],
    [0x60, 0, 0],
  ],
  sections: { 13: [2, 0, 0, 0, 1] },
}

const check = (body: Body): string => verdict(moduleOf(TAGS, body))

/** Clauses of `try_table`. */
const CATCH = (tag: number, label: number): number[] => [0, tag, label]
const CATCH_REF = (tag: number, label: number): number[] => [1, tag, label]
const CATCH_ALL = (label: number): number[] => [2, label]
const CATCH_ALL_REF = (label: number): number[] => [3, label]

const tryTable = (...clauses: number[][]): number[] => [...opcode('try_table'), HERE, clauses.length, ...clauses.flat()]
const legacy = opcode('try')

test.each<[string, Body]>([
  ['throw ends what follows', { results: [I32], code: [0x41, 0, ...ins('throw', 0)] }],
  ['throw_ref', { params: [EXNREF], results: [I32], code: [0x20, 0, ...opcode('throw_ref')] }],
  ['a clause branches out of the block', { results: [I32], code: [...tryTable(CATCH(0, 0)), END, 0x41, 0] }],
  [
    'a clause with the exception carries one that is not null',
    {
      results: [EXN],
      code: [...tryTable(CATCH_REF(1, 0), CATCH_ALL_REF(0)), ...ins('throw', 1), END, ...opcode('unreachable')],
    },
  ],
  ['catch_all', { code: [...tryTable(CATCH_ALL(0)), END] }],
  [
    'legacy: handlers start with what the exception carries',
    {
      results: [I32],
      code: [...legacy, 0x7f, 0x41, 0, ...ins('catch', 0), ...opcode('catch_all'), 0x41, 1, END],
    },
  ],
  [
    'legacy: rethrow out of a block in a handler',
    {
      code: [...legacy, HERE, ...opcode('catch_all'), ...opcode('block'), HERE, ...ins('rethrow', 1), END, END],
    },
  ],
  ['legacy: delegate to the function', { code: [...legacy, HERE, ...legacy, HERE, ...ins('delegate', 1), END] }],
  ['legacy: try without handlers', { code: [...legacy, HERE, END] }],
])('valid: %s', (_, body) => expect(check(body)).toBe('valid'))

test.each<[string, Body, string]>([
  ['a tag that is not there', { code: ins('throw', 2) }, 'invalid: unknown tag 2'],
  ['nothing to carry', { code: ins('throw', 0) }, 'invalid: type mismatch: throw expects i32, found nothing'],
  [
    'throw_ref of something else',
    { params: [I32], code: [0x20, 0, ...opcode('throw_ref')] },
    'invalid: type mismatch: throw_ref expects exnref, found i32',
  ],
  [
    'a clause to a label that expects nothing',
    { code: [...tryTable(CATCH(0, 0)), END] },
    'invalid: type mismatch: a catch clause carries [i32], its label expects []',
  ],
  [
    'a clause whose own block is no label',
    { code: [...opcode('try_table'), 0x7f, 1, ...CATCH(0, 0), 0x41, 0, END, 0x1a] },
    'invalid: type mismatch: a catch clause carries [i32], its label expects []',
  ],
  [
    'a clause without the exception to a label that expects it',
    { results: [EXNREF], code: [...tryTable(CATCH_ALL(0)), END, ...ins('ref.null', 0x69)] },
    'invalid: type mismatch: a catch clause carries [], its label expects [exnref]',
  ],
  ['a clause for a tag that is not there', { code: [...tryTable(CATCH(2, 0)), END] }, 'invalid: unknown tag 2'],
  ['a clause to a label that is not there', { code: [...tryTable(CATCH_ALL(1)), END] }, 'invalid: unknown label 1'],
  ['a clause of an unknown kind', { code: [...tryTable([4, 0]), END] }, 'malformed: malformed catch clause'],
  ['legacy: catch outside of try', { code: ins('catch', 0) }, 'malformed: END opcode expected: catch without try'],
  [
    'legacy: catch after catch_all',
    { code: [...legacy, HERE, ...opcode('catch_all'), ...ins('catch', 1), END] },
    'malformed: END opcode expected: catch without try',
  ],
  [
    'legacy: rethrow in the try itself',
    { code: [...legacy, HERE, ...ins('rethrow', 0), ...opcode('catch_all'), END] },
    'invalid: invalid rethrow label 0',
  ],
  [
    'legacy: delegate after a handler',
    { code: [...legacy, HERE, ...opcode('catch_all'), ...ins('delegate', 0)] },
    'malformed: END opcode expected: delegate without try',
  ],
  [
    'legacy: delegate to a label that is not there',
    { code: [...legacy, HERE, ...ins('delegate', 1)] },
    'invalid: unknown label 1',
  ],
  [
    'legacy: else without if',
    { code: [...legacy, HERE, ...opcode('else'), END] },
    'malformed: END opcode expected: else without if',
  ],
])('refused: %s', (_, body, message) => expect(check(body)).toBe(message))

test('a tag has no results', () => {
  const module = binary(section(1, 1, 0x60, 0, 1, 0x7f), section(13, 1, 0, 0))
  expect(verdict(module)).toBe('invalid: non-empty tag result type, of tag 0')
})

test('a tag has a function type', () => {
  const module = binary(section(1, 1, 0x5f, 0), section(13, 1, 0, 0))
  expect(verdict(module)).toBe('invalid: unknown type 0, of tag 0')
})
