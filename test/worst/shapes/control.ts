// Shapes of control: what is nested, and where branches go.

import { ELSE, END, ins, opcode, open } from '../../binary/code.ts'
import { Random } from '../../fuzz/random.ts'
import { get, i32, isEqual, join, mix, ofCode, repeat, set } from '../code.ts'
import type { Shapes } from './shape.ts'

const block = (): number[] => open('block', undefined)
const brIf = (value: number, depth: number): number[] => [...isEqual(value), ...ins('br_if', depth)]

/** A table of `targets`, the last of which is the default. */
const table = (targets: readonly number[]): number[] => ins('br_table', targets.length - 1, ...targets)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** A nest of this, `count` deep. */
const nest = (count: number, head: (i: number) => number[], foot: (i: number) => number[]): number[] =>
  join(repeat(count, head), repeat(count, foot))

const inBlocks = (count: number, code: readonly number[]): number[] =>
  join(
    repeat(count, block),
    code,
    repeat(count, (i) => [...mix(i), END]),
  )

/** An interpreter: a loop around a table, whose cases choose the next one. */
function interpreter(cases: number, next: (i: number) => number[]): number[] {
  return join(
    open('loop', undefined),
    repeat(cases + 1, block),
    get(2),
    table(upTo(cases + 1)),
    repeat(cases, (i) => [END, ...mix(i), ...next(i), ...set(2), ...ins('br', cases - i)]),
    [END, END],
  )
}

/** Nests of this height, one after the other, with branches to random levels. */
function nests(count: number, height: number, kind: 'block' | 'loop'): number[] {
  const random = new Random(height)
  return repeat(Math.ceil(count / height), () =>
    nest(
      height,
      () => open(kind, undefined),
      (i) => [...mix(i), ...brIf(i, random.below(height - i)), END],
    ),
  )
}

export const CONTROL: Shapes = {
  'blocks, branches to the outermost': (n) => ofCode(nest(n, block, (i) => [...brIf(i, n - 1 - i), ...mix(i), END])),
  'blocks, branches to random levels': (n) => {
    const random = new Random(1)
    return ofCode(nest(n, block, (i) => [...brIf(i, random.below(n - i)), ...mix(i), END]))
  },
  'blocks, branches from the innermost': (n) =>
    ofCode(
      inBlocks(
        n,
        repeat(n, (i) => [...brIf(i, i), ...mix(i)]),
      ),
    ),
  'blocks, branches from each two levels out': (n) =>
    ofCode(nest(n, block, (i) => [...brIf(i, Math.min(2, n - 1 - i)), ...mix(i), END])),
  'blocks, br at each end': (n) => ofCode(nest(n, block, (i) => [...mix(i), ...ins('br', (n - 1 - i) >> 1), END])),
  'blocks, one after the other': (n) => ofCode(repeat(n, (i) => [...block(), ...brIf(i, 0), ...mix(i), END])),
  'loops, branches out of the outermost': (n) =>
    ofCode(
      join(
        block(),
        nest(
          n,
          () => open('loop', undefined),
          (i) => [...brIf(i, n - i), ...mix(i), END],
        ),
        [END],
      ),
    ),
  'loops, branches to random levels': (n) => {
    const random = new Random(2)
    return ofCode(
      nest(
        n,
        () => open('loop', undefined),
        (i) => [...mix(i), ...brIf(-i, random.below(n - i)), END],
      ),
    )
  },
  'loops, one after the other': (n) =>
    ofCode(repeat(n, (i) => [...open('loop', undefined), ...mix(i), ...brIf(-i, 0), END])),
  'loops and blocks in turn, random levels': (n) => {
    const random = new Random(3)
    return ofCode(
      nest(
        n,
        (i) => open(i % 2 === 0 ? 'loop' : 'block', undefined),
        (i) => [...mix(i), ...brIf(-i, random.below(n - i)), END],
      ),
    )
  },
  'if in if': (n) =>
    ofCode(
      nest(
        n,
        (i) => [...get(0), ...i32(i), ...opcode('i32.ne'), ...open('if', undefined)],
        (i) => [...mix(i), END],
      ),
    ),
  'if in if, branches to random levels': (n) => {
    const random = new Random(4)
    return ofCode(
      nest(
        n,
        (i) => [...get(0), ...i32(i), ...opcode('i32.ne'), ...open('if', undefined)],
        (i) => [...mix(i), ...brIf(i, random.below(n - i)), END],
      ),
    )
  },
  'else if chain': (n) =>
    ofCode(
      nest(
        n,
        (i) => [...isEqual(i), ...open('if', undefined), ...mix(i), ELSE],
        () => [END],
      ),
    ),
  'else if chain of values': (n) =>
    ofCode(
      join(
        nest(
          n,
          (i) => [...isEqual(i), ...open('if', 'i32'), ...i32(i), ELSE],
          (i) => (i === 0 ? [...i32(7), END] : [END]),
        ),
        set(1),
      ),
    ),
  'if in the condition of if': (n) =>
    ofCode(
      join(
        get(0),
        repeat(n, (i) => [...open('if', 'i32'), ...get(0), ...i32(i), ...opcode('i32.ne'), ELSE, ...get(1), END]),
        set(1),
      ),
    ),
  'blocks of values as operands': (n) =>
    ofCode(
      join(
        repeat(n, () => [...get(0), ...open('block', 'i32')]),
        get(0),
        repeat(n, (i) => [...isEqual(i), ...ins('br_if', 0), END, ...opcode('i32.add')]),
        set(1),
      ),
    ),
  'blocks of values, branches to random levels': (n) => {
    const random = new Random(5)
    return ofCode(
      join(
        repeat(n, () => open('block', 'i32')),
        get(0),
        repeat(n, (i) => [...isEqual(i), ...ins('br_if', random.below(n - i)), ...get(1), ...opcode('i32.add'), END]),
        set(1),
      ),
    )
  },
  'diamonds that set a local': (n) =>
    ofCode(repeat(n, (i) => [...isEqual(i), ...open('if', undefined), ...i32(i), ...set(1), ELSE, ...mix(i), END])),
  'branches of one block': (n) =>
    ofCode(
      join(
        block(),
        repeat(n, (i) => brIf(i, 0)),
        mix(1),
        [END],
      ),
    ),
  'branches of a hundred blocks in turn': (n) =>
    ofCode(
      inBlocks(
        100,
        repeat(n, (i) => brIf(i, i % 100)),
      ),
    ),
  'a table to as many blocks': (n) => ofCode(inBlocks(n, [...get(0), ...table(upTo(n).slice(0, 65_520))])),
  'a table to as many loops': (n) =>
    ofCode(
      join(
        repeat(n, (i) => [...open('loop', undefined), ...brIf(i, 0)]),
        get(0),
        table(upTo(n).slice(0, 65_520)),
        repeat(n, () => [END]),
      ),
    ),
  'tables of a thousand to a thousand blocks': (n) =>
    ofCode(
      inBlocks(
        1000,
        repeat(Math.ceil(n / 1000), () => [...block(), ...get(0), ...table(upTo(1000)), END]),
      ),
    ),
  'tables of two in turn': (n) =>
    ofCode(
      join(
        repeat(3, block),
        repeat(n >> 8, () => [...block(), ...get(0), ...table(repeat(256, (i) => [(i * 7) % 3])), END]),
        repeat(3, (i) => [...mix(i), END]),
      ),
    ),
  'small tables in a nest': (n) => {
    const random = new Random(6)
    const to = (i: number): number => random.below(Math.min(n - i, 1000))
    return ofCode(
      nest(n, block, (i) => [...block(), ...get(0), ...table([to(i), to(i), to(i), 0]), END, ...mix(i), END]),
    )
  },
  'switches in first cases': (n) =>
    ofCode(
      nest(
        n,
        () => [...repeat(3, block), ...get(0), ...table([0, 1, 2]), END],
        (i) => [...ins('br', 0), END, ...mix(i), END],
      ),
    ),
  'switches in last cases': (n) =>
    ofCode(
      nest(
        n,
        (i) => [...repeat(3, block), ...get(0), ...table([0, 1, 2]), END, ...mix(i), ...ins('br', 1), END],
        () => [END],
      ),
    ),
  'switches, one after the other': (n) =>
    ofCode(
      repeat(n, (i) => [
        ...repeat(3, block),
        ...get(0),
        ...table([1, 0, 2]),
        END,
        ...mix(i),
        ...ins('br', 1),
        END,
        ...mix(i),
        END,
      ]),
    ),
  'interpreter': (n) =>
    ofCode(
      interpreter(n, (i) => [...get(0), ...i32(i), ...opcode('i32.add')]),
      3,
    ),
  'interpreter of known states': (n) =>
    ofCode(
      interpreter(n, (i) => i32((i * 7919) % n)),
      3,
    ),
  'interpreters in a loop': (n) =>
    ofCode(
      repeat(Math.ceil(n / 50), () => interpreter(50, (i) => i32((i * 31) % 50))),
      3,
    ),
  'interpreter of conditions': (n) =>
    ofCode(
      join(
        open('loop', undefined),
        repeat(n + 1, block),
        get(2),
        table(upTo(n + 1)),
        repeat(n, (i) => [
          END,
          ...isEqual(i),
          ...open('if', undefined),
          ...i32((i * 31) % n),
          ...set(2),
          ...ins('br', n - i + 1),
          END,
          ...mix(i),
          ...i32((i * 37) % n),
          ...set(2),
          ...ins('br', n - i),
        ]),
        [END, END],
      ),
      3,
    ),
  'nests of 99 blocks': (n) => ofCode(nests(n, 99, 'block')),
  'nests of 110 blocks': (n) => ofCode(nests(n, 110, 'block')),
  'nests of 110 loops': (n) => ofCode(nests(n, 110, 'loop')),
  'nests of 1000 loops': (n) => ofCode(nests(n, 1000, 'loop')),
  'code behind unreachable': (n) =>
    ofCode(
      join(
        block(),
        ins('br', 0),
        nest(n, block, (i) => [...mix(i), ...brIf(i, n - 1 - i), ...opcode('unreachable'), END]),
        [END],
      ),
    ),
  'returns': (n) => ofCode(repeat(n, (i) => [...isEqual(i), ...open('if', undefined), ...get(1), 0x0f, END])),
}
