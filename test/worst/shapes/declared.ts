// Shapes of what a module declares with few bytes, and of features that have one or two instructions.

import { access, END, ins, opcode, open } from '../../binary/code.ts'
import { get, i32, i64, isEqual, join, repeat, set } from '../code.ts'
import { ANY, body, F64, func, I32, I64, list, moduleOf, ofTypes, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

const many = (n: number): number => Math.min(n, 49_000)

/** Functions that declare as many locals as they may. */
const ofLocals = (type: readonly number[]) => (n: number) =>
  moduleOf({ types: [func([], [])], funcs: list(n, () => ({ type: 0, body: body([[50_000, type]], []) })) })

export const DECLARED: Shapes = {
  'a table of very many entries': (n) =>
    ofTypes(
      [],
      [],
      join(
        open('block', undefined),
        open('block', undefined),
        get(0),
        ins('br_table', Math.min(n, 65_000)),
        repeat(Math.min(n, 65_000), (i) => [(i * i * 7) % 3]),
        [0, END, END],
      ),
    ),
  'i64.add128': (n) =>
    moduleOf({
      types: [func([I64, I64], [I64])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            join(
              repeat(n, () => [
                ...get(0),
                ...get(1),
                ...get(1),
                ...get(0),
                ...opcode('i64.add128'),
                ...set(1),
                ...set(0),
              ]),
              get(0),
            ),
          ),
        },
      ],
    }),
  'i64.mul_wide_s': (n) =>
    moduleOf({
      types: [func([I64, I64], [I64])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            join(
              repeat(n, () => [...get(0), ...get(1), ...opcode('i64.mul_wide_s'), ...set(1), ...set(0)]),
              get(0),
            ),
          ),
        },
      ],
    }),
  'loads with 64-bit addresses': (n) =>
    moduleOf({
      types: [func([I64], [I64])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            join(
              get(0),
              repeat(n, (i) => access('i64.load', i)),
            ),
          ),
        },
      ],
      memories: [[4, 1]],
    }),
  'atomic operations': (n) =>
    moduleOf({
      types: [func([I32], [])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            repeat(n, () => [...get(0), ...i64(1n), ...access('i64.atomic.rmw.add', 0, 3), ...opcode('drop')]),
          ),
        },
      ],
      memories: [[3, 1, 1]],
    }),
  'memory.init of as many segments': (n) =>
    moduleOf({
      types: [func([I32], [])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            repeat(many(n), (i) => [
              ...get(0),
              ...i32(0),
              ...i32(1),
              ...ins('memory.init', i, 0),
              ...ins('data.drop', i),
            ]),
          ),
        },
      ],
      memories: [[0, 1]],
      data: list(many(n), (i) => [1, 1, i & 255]),
    }),
  'table.init of as many segments': (n) =>
    moduleOf({
      types: [func([I32], [])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            repeat(many(n), (i) => [
              ...get(0),
              ...i32(0),
              ...i32(1),
              ...ins('table.init', i, 0),
              ...ins('elem.drop', i),
            ]),
          ),
        },
      ],
      tables: [[0x70, 0, 1]],
      elements: list(many(n), () => [1, 0, 1, 0]),
    }),
  'tail calls in if': (n) =>
    moduleOf({
      types: [func([I32], [I32])],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            join(
              repeat(n, (i) => [...isEqual(i), ...open('if', undefined), ...get(0), ...ins('return_call', 0), END]),
              get(0),
            ),
          ),
        },
      ],
    }),
  'functions of 50,000 locals of i32': ofLocals([I32]),
  'functions of 50,000 locals of i64': ofLocals([I64]),
  'functions of 50,000 locals of f64': ofLocals([F64]),
  'functions of 50,000 locals of v128': ofLocals([V128]),
  'functions of 50,000 locals of anyref': ofLocals([ANY]),
  'functions of 8 parameters, called on a tuple': (n) =>
    moduleOf({
      types: [
        func(
          list(8, () => I64),
          [],
        ),
        func(
          [],
          list(1000, () => I64),
        ),
      ],
      funcs: [
        {
          type: 0,
          body: body(
            [],
            join(
              repeat(8, (i) => get(i)),
              ins('call', 0),
            ),
          ),
        },
        { type: 1, body: body([], ins('call', 1)) },
        {
          type: 0,
          body: body(
            [],
            repeat(Math.ceil(n / 125), () =>
              join(
                ins('call', 1),
                repeat(125, () => ins('call', 0)),
              ),
            ),
          ),
        },
      ],
    }),
}
