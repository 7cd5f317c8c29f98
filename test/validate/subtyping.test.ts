// Matching of types.

import { expect, test } from 'vitest'
import { matches } from '../../src/0-wasm/subtyping.ts'
import type { HeapType, ValType } from '../../src/0-wasm/types.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { vec } from '../binary/leb.ts'
import { binary, section } from '../errors/binary.ts'

/** 0: an open struct, 1: a struct below it, 2: a function type, 3: the same function type. */
const module = decode(
  binary(
    section(
      1,
      ...vec([
        [0x50, 0, 0x5f, 0],
        [0x4f, 1, 0, 0x5f, 1, 0x7f, 0],
        [0x60, 0, 0],
        [0x60, 0, 0],
      ]),
    ),
  ),
)

const ref = (heap: HeapType): ValType => ({ nullable: false, heap })
const nullable = (heap: HeapType): ValType => ({ nullable: true, heap })

test.each<[ValType, ValType]>([
  ['i32', 'i32'],
  [nullable('func'), nullable('func')],
  [ref('func'), nullable('func')],
  [ref(2), nullable('func')],
  [ref(2), ref(3)],
  [ref(1), ref(0)],
  [ref(1), ref('struct')],
  [ref('i31'), nullable('any')],
  [ref('none'), ref(0)],
  [nullable('nofunc'), nullable(2)],
  [nullable('noextern'), nullable('extern')],
  [ref('array'), ref('eq')],
])('%j matches %j', (sub, sup) => {
  expect(matches(module, sub, sup)).toBe(true)
})

test.each<[ValType, ValType]>([
  ['i32', 'i64'],
  ['i32', nullable('func')],
  [nullable('func'), ref('func')],
  [nullable('func'), nullable('extern')],
  [nullable('func'), nullable(2)],
  [ref(0), ref(1)],
  [ref(2), ref('any')],
  [ref('none'), ref('func')],
  [ref('none'), ref(2)],
  [ref('nofunc'), ref(0)],
  [ref('exn'), ref('any')],
  [ref('eq'), ref('struct')],
])('%j does not match %j', (sub, sup) => {
  expect(matches(module, sub, sup)).toBe(false)
})
