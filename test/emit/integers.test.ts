// Raw integers: whatever sums, masks and shifts are built, `int`, `u32` and `truth` give what 32-bit arithmetic gives,
// and the printed text says the same, compact or readable.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IrOp } from '../../src/3-ir/ops/index.ts'
import { bin, id, int, type Node, num, ret, strip, truth, u32 } from '../../src/6-emit/build.ts'
import { lowBits, upToBits } from '../../src/6-emit/low-bits.ts'
import type { CallRuntime, Meaning, Meanings } from '../../src/6-emit/meaning.ts'
import { JIT_MEANINGS, MEANINGS } from '../../src/6-emit/meanings.ts'
import { Printer } from '../../src/6-emit/print.ts'
import { sum } from '../../src/6-emit/sums.ts'

/** A raw node and the i32 it stands for, when a, b and c are the words given. */
interface Made {
  readonly node: Node
  readonly value: (words: readonly number[]) => number
}

const meaning = (meanings: Meanings, op: string, ...args: Node[]): Node => {
  const build = meanings[`i32.${op}` as IrOp] as Exclude<Meaning, string>
  const refuse: CallRuntime = (...[name]) => {
    throw new Error(name)
  }
  return build(refuse, ...args)
}

const OPS: Record<string, (x: number, y: number) => number> = {
  add: (x, y) => (x + y) | 0,
  sub: (x, y) => (x - y) | 0,
  and: (x, y) => x & y,
  or: (x, y) => x | y,
  xor: (x, y) => x ^ y,
  shl: (x, y) => x << y,
  shr_s: (x, y) => x >> y,
  shr_u: (x, y) => (x >>> y) | 0,
  eq: (x, y) => Number(x === y),
  ne: (x, y) => Number(x !== y),
  lt_s: (x, y) => Number(x < y),
  lt_u: (x, y) => Number(x >>> 0 < y >>> 0),
  ge_u: (x, y) => Number(x >>> 0 >= y >>> 0),
}

const EDGES = [0, 1, -1, 2, 31, 32, 0x7fffffff, -0x80000000, 127, 128, 255, -256, 0x8000, 0xffff]
const word = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: -0x80000000, max: 0x7fffffff }))

const leaf: fc.Arbitrary<Made> = fc.oneof(
  fc.nat(2).map((i): Made => ({ node: id('abc'[i]!), value: (words) => words[i]! })),
  word.map((value): Made => ({ node: num(value), value: () => value })),
  fc
    .tuple(fc.nat(2), fc.constantFrom(0xff as const, 0xffff as const))
    .map(([i, mask]): Made => ({ node: lowBits(extended(i, mask), mask), value: (words) => words[i]! & mask })),
)

/** What a load of a signed integer gives. */
function extended(i: number, mask: number): Node {
  const shift = num(Math.clz32(mask))
  return bin('>>', bin('<<', id('abc'[i]!), shift), shift)
}

const meanings = fc.constantFrom(MEANINGS, JIT_MEANINGS)

const { tree } = fc.letrec<{ tree: Made }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7, withCrossShrink: true },
    leaf,
    fc.tuple(meanings, fc.constantFrom(...Object.keys(OPS)), tie('tree'), tie('tree')).map(
      ([table, op, x, y]): Made => ({
        node: meaning(table, op, x.node, y.node),
        value: (words) => OPS[op]!(x.value(words), y.value(words)),
      }),
    ),
    tie('tree').map(
      (x): Made => ({ node: meaning(MEANINGS, 'eqz', x.node), value: (words) => Number(x.value(words) === 0) }),
    ),
  ),
}))

function print(node: Node, readable: boolean): string {
  const printer = new Printer(readable)
  printer.print(ret(node))
  return printer.writer.take()
}

/** What the printed node gives; compact and readable text must agree. */
function evaluate(node: Node, words: readonly number[]): unknown {
  const [compact, readable] = [false, true].map((each) => new Function('a', 'b', 'c', print(node, each))(...words))
  expect(readable).toBe(compact)
  return compact
}

test('are what 32-bit arithmetic gives, wherever they are used', () => {
  fc.assert(
    fc.property(tree, fc.tuple(word, word, word), ({ node, value }, words) => {
      const expected = value(words)
      expect(Object.is(evaluate(int(node), words), expected)).toBe(true)
      expect(evaluate(u32(node), words)).toBe(expected >>> 0)
      expect(Boolean(evaluate(truth(node), words))).toBe(expected !== 0)
      expect((evaluate(strip(node), words) as number) | 0).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})

test('what takes only low bits gets them', () => {
  const narrow = fc.constantFrom(8 as const, 16 as const)
  fc.assert(
    fc.property(tree, fc.tuple(word, word, word), narrow, ({ node, value }, words, width) => {
      const kept = evaluate(upToBits(int(node), width), words) as number
      expect(kept & (2 ** width - 1)).toBe(value(words) & (2 ** width - 1))
    }),
  )
})

test('a mask is left out where its place makes no difference', () => {
  const byte = lowBits(id('a'), 0xff)
  const text = (node: Node): string => print(node, true)
  expect(text(int(meaning(MEANINGS, 'add', byte, num(1))))).toBe('return (a & 255) + 1 | 0;\n')
  expect(text(meaning(MEANINGS, 'eq', byte, num(200)))).toBe('return a == -56;\n')
  expect(text(meaning(MEANINGS, 'ne', byte, lowBits(id('b'), 0xff)))).toBe('return a != b;\n')
  expect(text(meaning(MEANINGS, 'eq', byte, num(256)))).toBe('return (a & 255) == 256;\n')
  expect(text(meaning(MEANINGS, 'eqz', byte))).toBe('return !a;\n')
  expect(text(meaning(MEANINGS, 'and', byte, num(0x10f)))).toBe('return a & 15;\n')
})

test('long sums stay exact', () => {
  let node: Node = id('a')
  let value = -0x80000000
  for (let i = 0; i < 200; i++) {
    const operator = i % 3 === 0 ? '-' : '+'
    const isUnsigned = i % 2 === 1
    node = sum(operator, node, isUnsigned ? u32(id('b')) : id('c'))
    const term = isUnsigned ? 0xffffffff : 7
    value = (operator === '+' ? value + term : value - term) | 0
  }
  expect(evaluate(int(node), [-0x80000000, -1, 7])).toBe(value)
})

test('for JIT compilers no addend is a raw sum', () => {
  const add = (table: typeof MEANINGS) => {
    const two = meaning(table, 'add', id('a'), id('b'))
    return print(int(meaning(table, 'sub', meaning(table, 'add', two, id('c')), id('b'))), true)
  }
  expect(add(MEANINGS)).toBe('return a + b + c - b | 0;\n')
  expect(add(JIT_MEANINGS)).toBe('return ((a + b | 0) + c | 0) - b | 0;\n')
})
