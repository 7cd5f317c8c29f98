// Shapes of exceptions: bodies in each other, what is thrown in them, and what handlers read.

import { END, ins, opcode, open, VAL_TYPES } from '../../binary/code.ts'
import { ModuleBuilder } from '../../binary/module.ts'
import { get, i32, isEqual, join, mix, repeat, set, TO_I32 } from '../code.ts'
import type { Shapes } from './shape.ts'

const NOTHING = 0x40
const begin = (type: number = NOTHING): number[] => [...opcode('try'), type]
const catchAll = (): number[] => opcode('catch_all')
const throwIf = (value: number): number[] => [...isEqual(value), ...open('if', undefined), ...ins('throw', 0), END]

/** A module whose function `f` gives local 1, a checksum; function 0 is imported and may throw, and so may it with tag 0. */
function ofTries(code: readonly number[], locals = 1): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  builder.importFunc('m', 'f', { params: [], results: [] })
  builder.tag({ params: [], results: [] })
  const types = new Array<'i32'>(locals).fill('i32')
  builder.export('f', 'func', builder.func(TO_I32, types, join(code, get(1))))
  return builder.build()
}

/** So many locals, at most as many as a function may have. */
const many = (n: number): number => Math.min(n, 49_000)

export const TRIES: Shapes = {
  'try in try': (n) =>
    ofTries(
      join(
        repeat(n, () => begin()),
        repeat(n, (i) => [...throwIf(i), ...catchAll(), ...mix(i), END]),
      ),
    ),
  'try in try, each gives a value': (n) =>
    ofTries(
      join(
        repeat(n, () => begin(VAL_TYPES.i32)),
        get(0),
        repeat(n, (i) => [...ins('call', 0), ...catchAll(), ...i32(i), END]),
        set(1),
      ),
    ),
  'try in the handler of try': (n) =>
    ofTries(
      join(
        repeat(n, (i) => [...begin(), ...throwIf(i), ...catchAll(), ...mix(i)]),
        repeat(n, () => [END]),
      ),
    ),
  'try behind try': (n) => ofTries(repeat(n, (i) => [...begin(), ...throwIf(i), ...catchAll(), ...mix(i), END])),
  'try in try, delegated to the outermost': (n) =>
    ofTries(
      join(
        begin(),
        repeat(n, () => begin()),
        repeat(n, (i) => [...mix(i), ...ins('call', 0), ...ins('delegate', n - 1 - i)]),
        [...catchAll(), END],
      ),
    ),
  'calls in one try, a local set before each': (n) =>
    ofTries(
      join(
        begin(),
        repeat(many(n), (i) => [...get(0), ...set(i + 2), ...ins('call', 0)]),
        catchAll(),
        repeat(many(n), (i) => [...get(i + 2), ...get(1), ...opcode('i32.add'), ...set(1)]),
        [END],
      ),
      many(n) + 1,
    ),
  'calls in tries in each other, a local set in each': (n) =>
    ofTries(
      join(
        repeat(many(n), (i) => [...begin(), ...get(0), ...set(i + 2), ...ins('call', 0)]),
        repeat(many(n), (i) => [...catchAll(), ...get(i + 2), ...get(1), ...opcode('i32.add'), ...set(1), END]),
      ),
      many(n) + 1,
    ),
}
