// Shapes of data flow: what lives in locals, on the stack and in globals, and for how long.

import { access, ELSE, END, ins, type NumName, opcode, open, type ValName } from '../../binary/code.ts'
import { ModuleBuilder } from '../../binary/module.ts'
import { Random } from '../../fuzz/random.ts'
import { get, i32, i64, isEqual, join, mix, ofCode, repeat, set } from '../code.ts'
import type { Shapes } from './shape.ts'

const loop = (): number[] => open('loop', undefined)
const again = (i: number): number[] => [...isEqual(-9 - i), ...ins('br_if', 0), END]

/** So many locals, at most as many as a function may have. */
const many = (n: number): number => Math.min(n, 49_000)

const copy = (to: number, from: number): number[] => [...get(from), ...set(to)]

/** x2 = x1; x3 = x2 + ...: locals from 2 on. */
const copies = (count: number): number[] => repeat(count - 1, (i) => copy(count - i + 1, count - i))

/** Sets a local to what only the caller knows. */
const vary = (local: number): number[] => copy(local, 0)
const vary64 = (local: number): number[] => [...get(0), ...opcode('i64.extend_i32_s'), ...set(local)]
const use64 = (local: number): number[] => [...get(local), ...opcode('i32.wrap_i64'), ...set(1)]

const increment = (local: number): number[] => [...get(local), ...i64(1n), ...opcode('i64.add'), ...set(local)]

/** Loops in each other, each of which counts in an i64 of its own. */
function countingLoops(depth: number, body: readonly number[], first: number): number[] {
  return join(
    repeat(depth, (i) => [...i64(0n), ...set(first + i), ...loop()]),
    body,
    repeat(depth, (i) => {
      const counter = first + depth - 1 - i
      return [
        ...increment(counter),
        ...get(counter),
        ...get(0),
        ...opcode('i64.extend_i32_s'),
        ...opcode('i64.lt_s'),
        ...ins('br_if', 0),
        END,
      ]
    }),
  )
}

/** A local of the type is 1 + the last one, all read in the end. */
function allLive(count: number, type: NumName): Uint8Array<ArrayBuffer> {
  const back = {
    i32: [],
    i64: opcode('i32.wrap_i64'),
    f32: opcode('i32.reinterpret_f32'),
    f64: opcode('i32.trunc_sat_f64_s'),
  }
  const from = {
    i32: [],
    i64: opcode('i64.extend_i32_s'),
    f32: opcode('f32.convert_i32_s'),
    f64: opcode('f64.convert_i32_s'),
  }
  return ofCode(
    join(
      repeat(count, (i) => [...get(0), ...i32(i), ...opcode('i32.xor'), ...from[type], ...set(2 + i)]),
      repeat(count, (i) => [...get(2 + i), ...back[type], ...get(1), ...opcode('i32.add'), ...set(1)]),
    ),
    1,
    new Array<ValName>(count).fill(type),
  )
}

const i64s = (count: number): ValName[] => new Array<ValName>(count).fill('i64')

export const LOCALS: Shapes = {
  'all locals live, i32': (n) => allLive(many(n), 'i32'),
  'all locals live, i64': (n) => allLive(many(n), 'i64'),
  'all locals live, f64': (n) => allLive(many(n), 'f64'),
  'all locals live across loops': (n) =>
    ofCode(
      join(
        repeat(many(n), (i) => copy(i + 2, 0)),
        repeat(n, (i) => [...loop(), ...mix(i), ...again(i)]),
        repeat(many(n), (i) => [...get(i + 2), ...get(1), ...opcode('i32.add'), ...set(1)]),
      ),
      many(n) + 2,
    ),
  'all locals live across branches': (n) =>
    ofCode(
      join(
        repeat(many(n), (i) => copy(i + 2, 0)),
        repeat(n, (i) => [...isEqual(i), ...open('if', undefined), ...mix(i), ELSE, ...mix(i + 1), END]),
        repeat(many(n), (i) => [...get(i + 2), ...get(1), ...opcode('i32.add'), ...set(1)]),
      ),
      many(n) + 2,
    ),
  'all locals live across nested loops': (n) =>
    ofCode(
      join(
        repeat(n, (i) => [...copy(many(n - i) + 1, 0), ...loop()]),
        repeat(n, (i) => [...get(many(i) + 2), ...get(1), ...opcode('i32.add'), ...set(1), ...again(i)]),
      ),
      many(n) + 4,
    ),
  'locals that swap in a loop': (n) =>
    ofCode(
      join(
        repeat(many(n), (i) => [...get(0), ...i32(i), ...opcode('i32.mul'), ...set(i + 2)]),
        loop(),
        repeat(many(n), (i) => get(i + 2)),
        repeat(many(n), (i) => set(i + 2)),
        again(1),
        copy(1, 2),
      ),
      many(n) + 2,
    ),
  'locals rotated on the stack, a few at a time': (n) =>
    ofCode(
      join(
        repeat(8, (i) => [...get(0), ...i32(i), ...opcode('i32.mul'), ...set(i + 2)]),
        repeat(Math.ceil(n / 8), () => [...repeat(8, (i) => get(i + 2)), ...repeat(8, (i) => set(((i * 3) % 8) + 2))]),
        copy(1, 2),
      ),
      11,
    ),
  'locals copied in a chain, in a loop': (n) =>
    ofCode(join(vary(2), loop(), copies(many(n)), again(1), copy(1, many(n) + 1)), many(n) + 2),
  'chains of copies in nested loops': (n) => {
    const count = many(n)
    return ofCode(
      join(
        vary(2),
        repeat(100, () => loop()),
        copies(count),
        repeat(100, (i) => again(i)),
        copy(1, count + 1),
      ),
      count + 2,
    )
  },
  'chains of i64 in nested loops': (n) => {
    const count = many(n)
    const chain = repeat(count - 1, (i) => copy(count - i + 101, count - i + 100))
    return ofCode(join(countingLoops(100, chain, 2), use64(count + 101)), 1, i64s(count + 110))
  },
  'chains of i64 in nested loops, one in each': (n) => {
    const count = many(n >> 1)
    return ofCode(
      join(
        repeat(count, (i) => [...i64(BigInt(i)), ...set(2 + i), ...loop()]),
        repeat(count, (i) => [...copy(2 + ((i + 1) % count), 2 + i), ...increment(2 + i), ...again(i)]),
        use64(2),
      ),
      1,
      i64s(count),
    )
  },
  'chains of i64 through one bit each': (n) => {
    const count = many(n)
    return ofCode(
      join(
        vary64(2),
        loop(),
        repeat(count - 1, (i) => [...get(count - i + 1), ...i64(1n), ...opcode('i64.shr_u'), ...set(count - i + 2)]),
        again(1),
        use64(count + 1),
      ),
      1,
      i64s(count + 4),
    )
  },
  'chains of i32 through one bit each': (n) => {
    const count = many(n)
    return ofCode(
      join(
        vary(2),
        loop(),
        repeat(count - 1, (i) => [...get(count - i + 1), ...i32(1), ...opcode('i32.shr_u'), ...set(count - i + 2)]),
        again(1),
        copy(1, count + 1),
      ),
      count + 4,
    )
  },
  'phis of i64 at random': (n) => {
    const random = new Random(7)
    const local = (): number => 2 + random.below(500)
    return ofCode(
      join(
        repeat(20, () => vary64(local())),
        loop(),
        repeat(n, (i) => [
          ...isEqual(i),
          ...open('if', undefined),
          ...copy(local(), local()),
          ELSE,
          ...get(local()),
          ...get(local()),
          ...opcode('i64.mul'),
          ...set(local()),
          END,
        ]),
        again(1),
        use64(2),
      ),
      1,
      i64s(510),
    )
  },
  'phis of i32 at random, nested loops': (n) => {
    const random = new Random(8)
    const local = (): number => 1 + random.below(many(n))
    return ofCode(
      join(
        repeat(n, () => [...copy(local(), 0), ...loop(), ...copy(local(), local())]),
        repeat(n, (i) => [...copy(local(), local()), ...again(i)]),
      ),
      many(n) + 2,
    )
  },
  'random locals in straight code': (n) => {
    const random = new Random(9)
    const local = (): number => 1 + random.below(many(n))
    return ofCode(
      join(
        repeat(n >> 2, () => vary(local())),
        repeat(n, () => [...get(local()), ...get(local()), ...opcode('i32.xor'), ...set(local())]),
        repeat(n >> 2, () => [...get(local()), ...get(1), ...opcode('i32.add'), ...set(1)]),
      ),
      many(n) + 2,
    )
  },
  'stack of so many locals': (n) =>
    ofCode(
      join(
        repeat(many(n), (i) => [...get(0), ...i32(i), ...opcode('i32.mul'), ...set(i + 1)]),
        repeat(many(n), (i) => get(i + 1)),
        repeat(many(n), (i) => set(i + 1)),
        repeat(many(n), (i) => [...get(1), ...get(i + 1), ...opcode('i32.sub'), ...set(1)]),
      ),
      many(n) + 2,
    ),
  'a high stack across blocks': (n) =>
    ofCode(
      join(
        repeat(n, (i) => [...get(0), ...i32(i), ...opcode('i32.add')]),
        repeat(n, (i) => [...open('block', undefined), ...isEqual(i), ...ins('br_if', 0), END]),
        repeat(n, () => [...get(1), ...opcode('i32.add'), ...set(1)]),
      ),
    ),
  'a high stack of loads across stores': (n) =>
    (() => {
      const builder = new ModuleBuilder()
      builder.memory({ min: 1 })
      const code = join(
        repeat(n, () => [...get(0), ...access('i32.load', 0, 2)]),
        repeat(n, (i) => [...get(0), ...i32(i), ...access('i32.store', 0, 2)]),
        repeat(n, () => [...get(1), ...opcode('i32.add'), ...set(1)]),
      )
      builder.export('f', 'func', builder.func({ params: ['i32'], results: [] }, ['i32'], code))
      return builder.build()
    })(),
  'a high stack of a local that is set in between': (n) =>
    ofCode(
      join(
        repeat(n, (i) => [...get(0), ...i32(i), ...set(0)]),
        repeat(n, () => [...get(1), ...opcode('i32.add'), ...set(1)]),
      ),
    ),
  'a high stack below calls': (n) => {
    const builder = new ModuleBuilder()
    const type = { params: ['i32'], results: ['i32'] } as const
    const f = builder.importFunc('m', 'f', type)
    const code = join(
      repeat(n, () => [...get(0), ...ins('call', f)]),
      repeat(n, () => [...get(1), ...opcode('i32.add'), ...set(1)]),
      get(0),
    )
    builder.export('f', 'func', builder.func(type, ['i32'], code))
    return builder.build()
  },
  'calls between i64s in a loop': (n) => {
    const builder = new ModuleBuilder()
    const f = builder.importFunc('m', 'f', { params: [], results: [] })
    const step = (i: number): number[] => [...get(i), ...get(i), ...opcode('i64.mul'), ...set(i)]
    const code = join(
      loop(),
      repeat(60, (i) => step(i + 1)),
      repeat(n, () => ins('call', f)),
      again(1),
    )
    builder.export('f', 'func', builder.func({ params: ['i32'], results: [] }, i64s(60), code))
    return builder.build()
  },
}
