// Rules of memories and tables with 64-bit addresses, shared memories, custom page sizes, and of immediates of vectors.

import { expect, test } from 'vitest'
import { access, constant, ins, opcode } from '../binary/code.ts'
import { uleb } from '../binary/leb.ts'
import { binary, section } from '../errors/binary.ts'
import { type Body, moduleOf, verdict } from './module-of.ts'

const I32 = [0x7f]
const I64 = [0x7e]
const V128 = [0x7b]
const FUNCREF = [0x70]

const memoryOf = (...limits: number[]): string => verdict(binary(section(5, 1, ...limits)))
const tableOf = (...type: number[]): string => verdict(binary(section(4, 1, ...type)))

const [SHARED, SHARED_MAX, LONG, LONG_MAX, PAGES, LONG_PAGES] = [2, 3, 4, 5, 8, 12]
const MOST_64 = 2n ** 64n - 1n

test.each<[string, string, string]>([
  ['2^16 pages', memoryOf(0, ...uleb(2 ** 16)), 'valid'],
  ['more', memoryOf(0, ...uleb(2 ** 16 + 1)), 'invalid: memory size must be at most 65536 pages (4GiB)'],
  ['2^48 pages', memoryOf(LONG, ...uleb(2n ** 48n)), 'valid'],
  [
    'more of 64 bits',
    memoryOf(LONG, ...uleb(2n ** 48n + 1n)),
    'invalid: memory size must be at most 281474976710656 pages (16EiB)',
  ],
  ['small pages', memoryOf(PAGES, ...uleb(2 ** 32 - 1), 0), 'valid'],
  [
    'more small pages',
    memoryOf(PAGES, ...uleb(2 ** 32), 0),
    'invalid: memory size must be at most 4294967295 pages (4GiB)',
  ],
  ['small pages of 64 bits', memoryOf(LONG_PAGES, ...uleb(MOST_64), 0), 'valid'],
  ['pages of another size', memoryOf(PAGES, 0, 15), 'invalid: invalid custom page size, of memory 0: 1 or 65536'],
  ['pages of no size', memoryOf(PAGES, 0, 65), 'malformed: malformed page size'],
  [
    'a maximum below the minimum, both beyond doubles',
    memoryOf(LONG_PAGES | 1, ...uleb(MOST_64), ...uleb(MOST_64 - 1n), 0),
    'invalid: size minimum must not be greater than maximum: 18446744073709551615 > 18446744073709551614',
  ],
  ['a shared memory', memoryOf(SHARED_MAX, 1, 1), 'valid'],
  ['a shared memory without a maximum', memoryOf(SHARED, 1), 'invalid: shared memory must have maximum'],
  ['a table of 64 bits', tableOf(0x70, LONG_MAX, 0, ...uleb(MOST_64)), 'valid'],
  ['a table of more than 32', tableOf(0x70, 0, ...uleb(2 ** 32)), 'invalid: table size must be at most 2^32-1'],
  [
    'a table of what has no default',
    tableOf(0x64, 0x70, 0, 1),
    'invalid: type mismatch: table 0 of (ref func) needs an initial value',
  ],
  ['a shared table', tableOf(0x70, SHARED_MAX, 0, 1), 'malformed: malformed limits flags 0x03'],
])('%s', (_, found, expected) => expect(found).toBe(expected))

/** Memory 0 and table 0 have 32-bit addresses, memory 1 and table 1 64-bit ones. */
const BOTH = {
  types: [[0x60, 0, 0]],
  sections: { 4: [2, ...FUNCREF, 0, 1, ...FUNCREF, LONG, 1], 5: [2, 0, 1, LONG, 1], 12: [0] },
}
const check = (body: Body): string => verdict(moduleOf(BOTH, body))

const get = (index: number): number[] => ins('local.get', index)

test.each<[string, Body, string]>([
  [
    'a load from either memory',
    {
      params: [I32, I64],
      results: [I32, I32],
      code: [...get(0), ...access('i32.load'), ...get(1), ...access('i32.load', 2n ** 64n - 1n, 0, 1)],
    },
    'valid',
  ],
  [
    'an address of the other kind',
    { params: [I32], results: [I32], code: [...get(0), ...access('i32.load', 0, 0, 1)] },
    'invalid: type mismatch: i32.load expects i64, found i32',
  ],
  [
    'an offset of more than 32 bits',
    { params: [I32], results: [I32], code: [...get(0), ...access('i32.load', 2 ** 32)] },
    'invalid: offset out of range',
  ],
  [
    'a copy between them counts in 32 bits',
    { params: [I32, I64], code: [...get(0), ...get(1), ...get(0), ...ins('memory.copy', 0, 1)] },
    'valid',
  ],
  ['a call through a table of 64 bits', { params: [I64], code: [...get(0), ...ins('call_indirect', 0, 1)] }, 'valid'],
  ['growth in its own type', { params: [I64], results: [I64], code: [...get(0), ...ins('memory.grow', 1)] }, 'valid'],
  [
    'an atomic access says its alignment',
    { params: [I32], results: [I32], code: [...get(0), ...access('i32.atomic.load', 0, 2)] },
    'valid',
  ],
  [
    'and no smaller one',
    { params: [I32], results: [I32], code: [...get(0), ...access('i32.atomic.load', 0, 1)] },
    'invalid: atomic alignment must be natural: i32.atomic.load has 2, natural is 4',
  ],
  ['a fence', { code: [...opcode('atomic.fence'), 0] }, 'valid'],
  ['a fence of something', { code: [...opcode('atomic.fence'), 1] }, 'malformed: zero byte expected'],
  [
    'the last lane',
    { params: [V128], results: [I32], code: [...get(0), ...opcode('i16x8.extract_lane_s'), 7] },
    'valid',
  ],
  [
    'the lane behind it',
    { params: [V128], results: [I32], code: [...get(0), ...opcode('i16x8.extract_lane_s'), 8] },
    'invalid: invalid lane index 8: there are 8',
  ],
  [
    'a lane of a load',
    { params: [I32, V128], results: [V128], code: [...get(0), ...get(1), ...access('v128.load64_lane'), 2] },
    'invalid: invalid lane index 2: there are 2',
  ],
  [
    'a shuffle of a lane that is not there',
    {
      params: [V128],
      results: [V128],
      code: [...get(0), ...get(0), ...opcode('i8x16.shuffle'), ...Array.from({ length: 15 }, () => 31), 32],
    },
    'invalid: invalid lane index: there are 32',
  ],
  [
    'select of vectors',
    { params: [V128], results: [V128], code: [...get(0), ...get(0), ...constant('i32', 1n), ...opcode('select')] },
    'valid',
  ],
  [
    'wide arithmetic has two results',
    { params: [I64], results: [I64, I64], code: [...get(0), ...get(0), ...opcode('i64.mul_wide_u')] },
    'valid',
  ],
])('%s', (_, body, expected) => expect(check(body)).toBe(expected))
