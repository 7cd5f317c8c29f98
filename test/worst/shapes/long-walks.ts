// Shapes where what is asked at each instruction might have to look at all frames around it, or at all that is known there.

import { ELSE, END, ins, opcode, open } from '../../binary/code.ts'
import { get, join, repeat } from '../code.ts'
import { array, body, func, I32, list, moduleOf, ofTypes, refNull, struct } from '../raw.ts'
import type { Shapes } from './shape.ts'

const DROP = opcode('drop')
const many = (n: number): number => Math.min(n, 30_000)

/** Locals from 1 on, each a reference that is found to be not null. */
const checked = (count: number): number[] =>
  repeat(count, (i) => [...get(i + 1), ...opcode('ref.as_non_null'), ...DROP])

const ofChecked = (n: number, code: readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([I32], []), struct([I32])],
    funcs: [{ type: 0, body: body([[many(n), refNull(1)]], join(checked(many(n)), code)) }],
  })

/** Tag 0 carries nothing, and so do others up to `tags`; function 1 is not put where it is called. */
const ofTags = (tags: number, code: readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([I32], []), func([], [])],
    funcs: [
      { type: 0, body: body([], code) },
      { type: 1, body: body([], ins('call', 1)) },
    ],
    tags: list(tags, () => [0, 1]),
  })

const throwIf = (tag: number): number[] => [...get(0), ...open('if', undefined), ...ins('throw', tag), END]

export const LONG_WALKS: Shapes = {
  'if behind if, where references are known': (n) =>
    ofChecked(
      n,
      repeat(n, () => [...get(0), ...open('if', undefined), END]),
    ),
  'if in if, where references are known': (n) =>
    ofChecked(
      n,
      join(
        repeat(n, () => [...get(0), ...open('if', undefined)]),
        repeat(n, () => [END]),
      ),
    ),
  'if and else, where references are known': (n) =>
    ofChecked(
      n,
      repeat(n, () => [...get(0), ...open('if', undefined), ...opcode('nop'), ELSE, ...opcode('nop'), END]),
    ),
  'throw in a nest of blocks': (n) =>
    ofTags(
      1,
      join(
        repeat(n, () => open('block', undefined)),
        repeat(n, () => throwIf(0)),
        repeat(n, () => [...ins('call', 1), END]),
      ),
    ),
  'throw in try_table of many clauses': (n) =>
    ofTags(
      2,
      join(
        open('block', undefined),
        opcode('try_table'),
        [0x40, ...ins('try_table', Math.min(n, 10_000)).slice(1)],
        repeat(Math.min(n, 10_000), () => [0, 0, 0]),
        repeat(n, () => throwIf(1)),
        [END, END],
      ),
    ),
  'throw in nested try_table': (n) =>
    ofTags(
      2,
      join(
        repeat(n, () => [...open('block', undefined), ...opcode('try_table'), 0x40, 1, 0, 0, 0]),
        repeat(n, () => throwIf(1)),
        repeat(n, () => [...ins('call', 1), END, END]),
      ),
    ),
  'delegate in a nest of blocks': (n) =>
    ofTags(
      1,
      join(
        opcode('try'),
        [0x40],
        repeat(n, () => open('block', undefined)),
        repeat(n, () => [...opcode('try'), 0x40, ...ins('call', 1), ...ins('delegate', 0)]),
        repeat(n, () => [...ins('call', 1), END]),
        [...opcode('catch_all'), END],
      ),
    ),
  'rethrow in a nest of handlers': (n) =>
    ofTags(
      1,
      join(
        repeat(n, () => [...opcode('try'), 0x40, ...ins('call', 1), ...opcode('catch_all')]),
        repeat(n, (i) => [...get(0), ...open('if', undefined), ...ins('rethrow', 1 + i), END]),
        repeat(n, () => [END]),
      ),
    ),
  'catch clauses of a try': (n) =>
    ofTags(
      1,
      join(
        [...opcode('try'), 0x40, ...ins('call', 1)],
        repeat(n, () => [...ins('catch', 0), ...ins('call', 1)]),
        [END],
      ),
    ),
  'catch clauses of as many tags': (n) =>
    ofTags(
      Math.min(n, 30_000),
      join(
        [...opcode('try'), 0x40, ...ins('call', 1)],
        repeat(Math.min(n, 30_000), (i) => [...ins('catch', i), ...ins('call', 1)]),
        [END],
      ),
    ),
  'return_call in if of 16 parameters': (n) =>
    moduleOf({
      types: [
        func(
          list(16, () => I32),
          [],
        ),
      ],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            repeat(n, () => [
              ...get(0),
              ...open('if', undefined),
              ...repeat(16, (i) => get((i * 7 + 1) % 16)),
              ...ins('return_call', 0),
              END,
            ]),
          ),
        },
      ],
    }),
  'struct.get of casts, one type in another': (n) =>
    ofTypes(
      [struct(refNull(1)), array(refNull(1))],
      [refNull(1)],
      repeat(n, () => [
        ...get(1),
        ...ins('struct.get', 1, 0),
        ...ins('ref.cast null', 1),
        ...ins('ref.cast null', 1),
        ...DROP,
      ]),
    ),
}
