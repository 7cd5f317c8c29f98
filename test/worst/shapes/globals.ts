// Shapes of what functions do with globals.

import { constant, END, ins, type NumName, opcode, open } from '../../binary/code.ts'
import { ModuleBuilder } from '../../binary/module.ts'
import { get, i64, isEqual, join, repeat } from '../code.ts'
import type { Shapes } from './shape.ts'

const loop = (): number[] => open('loop', undefined)
const again = (i: number): number[] => [...isEqual(-9 - i), ...ins('br_if', 0), END]

/** A module with this many mutable globals of a type and functions of these codes. */
function ofGlobals(count: number, type: NumName, codes: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  for (let i = 0; i < count; i++) builder.global(type, true, constant(type, 0n))
  for (const code of codes) builder.func({ params: ['i32'], results: [] }, [type], code)
  builder.export('f', 'func', codes.length - 1)
  return builder.build()
}

export const GLOBALS: Shapes = {
  'globals set once each': (n) => ofGlobals(n, 'i32', [repeat(n, (i) => [...get(0), ...ins('global.set', i)])]),
  'globals of i64 counted': (n) =>
    ofGlobals(n, 'i64', [
      repeat(n, (i) => [...ins('global.get', i), ...i64(1n), ...opcode('i64.add'), ...ins('global.set', i)]),
    ]),
  'globals in a loop, between calls': (n) =>
    ofGlobals(n, 'i32', [
      [],
      join(
        loop(),
        repeat(n, (i) => [
          ...ins('global.get', i),
          ...ins('global.set', (i * 7) % n),
          ...(i % 16 === 0 ? [...get(0), ...ins('call', 0)] : []),
        ]),
        again(1),
      ),
    ]),
  'globals in loops, one in each': (n) =>
    ofGlobals(n, 'i32', [
      join(
        repeat(n, (i) => [...loop(), ...get(0), ...ins('global.set', i)]),
        repeat(n, (i) => again(i)),
      ),
    ]),
  'one global, in many loops': (n) =>
    ofGlobals(1, 'i32', [repeat(n, (i) => [...loop(), ...ins('global.get', 0), ...ins('global.set', 0), ...again(i)])]),
  'many functions, many globals': (n) =>
    ofGlobals(
      n,
      'i32',
      Array.from({ length: n }, (_, i) => [...ins('global.get', i), ...ins('global.set', (i * 31) % n)]),
    ),
}
