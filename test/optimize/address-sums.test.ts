// Addresses that are sums give what native gives, whatever is known of their operands and whether they wrap.

import { expect, test } from 'vitest'
import { bothEngines, errorName, instantiate, modeName } from '../ops/compare.ts'
import { wat } from '../wat.ts'

/** Operands made of a number, by what is known of them. */
const OPERANDS: Readonly<Record<string, (x: string) => string>> = {
  'anything': (x) => x,
  'not negative': (x) => `(i32.shr_u ${x} (i32.const 1))`,
  'a byte': (x) => `(i32.and ${x} (i32.const 255))`,
  'a truth': (x) => `(i32.gt_s ${x} (i32.const 5))`,
  'negative': (x) => `(i32.or (i32.and ${x} (i32.const 255)) (i32.const 0x80000000))`,
  'negative and small': (x) => `(i32.or (i32.and ${x} (i32.const 255)) (i32.const -256))`,
}

const CONSTANTS = [1, 255, 2 ** 30, 2 ** 31 - 1, -1, -256, -(2 ** 31)]
const OFFSETS = [0, 8, 2 ** 30 + 1, 2 ** 32 - 1]
const VALUES = [0, 6, 255, 65_535, 2 ** 31 - 1, -1, -256, -(2 ** 31), -(2 ** 31) + 1]

const X = '(local.get $x)'
const Y = '(local.get $y)'

function sums(): string[] {
  const made = Object.values(OPERANDS)
  return made.flatMap((left) => [
    ...CONSTANTS.flatMap((c) => [`(i32.add ${left(X)} (i32.const ${c}))`, `(i32.sub ${left(X)} (i32.const ${c}))`]),
    ...made.flatMap((right) => [`(i32.add ${left(X)} ${right(Y)})`, `(i32.sub ${left(X)} ${right(Y)})`]),
  ])
}

/** A function that changes a byte at a sum, and gives it. */
const funcOf = (sum: string, offset: number, i: number): string => `(func (export "${i}") (param $x i32) (param $y i32)
  (result i32) (i32.store8 offset=${offset} ${sum} (i32.add (i32.load8_u offset=${offset} ${sum}) (i32.const 3)))
  (i32.load8_u offset=${offset} ${sum}))`

const CASES = sums().flatMap((sum) => OFFSETS.map((offset) => ({ sum, offset })))

test('all of them', async () => {
  const mode = { native: false, engine: 'jit', optimize: 1 } as const
  const { native, ours } = await bothEngines(mode)
  const data = String.fromCharCode(...Array.from({ length: 200 }, (_, i) => 40 + (i % 50)))
    .replaceAll('"', '!')
    .replaceAll('\\', '!')
  const bytes = wat(`(module (memory 1 2) (data (i32.const 0) "${data}") (data (i32.const 65336) "${data}")
    ${CASES.map(({ sum, offset }, i) => funcOf(sum, offset, i)).join('\n')})`)
  const [expected, made] = [native, ours].map((api) => {
    const exports = instantiate(api, bytes) as Record<string, (x: number, y: number) => number>
    return CASES.map((_, i) =>
      VALUES.flatMap((x) =>
        VALUES.map((y) => {
          try {
            return exports[i]!(x, y)
          } catch (error) {
            return errorName(api, error)
          }
        }),
      ),
    )
  })
  const wrong = CASES.filter((_, i) => String(expected![i]) !== String(made![i]))
  expect(wrong, modeName(mode)).toEqual([])
})
