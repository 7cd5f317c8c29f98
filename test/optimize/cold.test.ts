// What branch hints say is seldom run moves out of functions that are small without it.

import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { access, constant, END, ins, opcode, open } from '../binary/code.ts'
import { uleb, utf8, vec } from '../binary/leb.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { testPass } from '../ir/passes.ts'

/** Copies of words, about 80 bytes of bytecode each. */
const copies = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => 4 * (from + i))
    .map((at) => `i32.store(l0+${at}, i32.load(l1+${at}))`)
    .join('; ')

/** The condition of the instruction at 5 is mostly false, of that at 6 mostly true. */
const hints = new Map([
  [
    0,
    new Map([
      [5, false],
      [6, true],
    ]),
  ],
])

testPass(
  'split',
  {
    'cold code, without which a function is small': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        @5 if (l0) {
          ${copies(0, 8)}
        }
        return l1`,
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        @5 if (l0) {
          f0_1(l0, l1)
        }
        return l1
      f0_1(l0: i32, l1: i32) [words]
        block 1 {
          ${copies(0, 8)}
        }
        return`,
    ],
    'not where it is large without': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        @5 if (l0) {
          ${copies(0, 8)}
        }
        ${copies(8, 8)}
        return l1`,
    ],
    'nor inside of a loop': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        loop 1 {
          @5 if (l0) {
            ${copies(0, 8)}
            br 1
          }
        }
        return l1`,
    ],
    'nor what is not cold': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        @6 if (l0) {
          ${copies(0, 8)}
        }
        return l1`,
    ],
  },
  { limit: 60_000, hints },
)

/** A function whose `if`, at byte 3 of its body, is hinted as unlikely where `hint` is 0, as likely where it is 1. */
function hinted(hint: number | undefined): Uint8Array {
  const builder = new ModuleBuilder()
  builder.memory({ min: 1 })
  const copy = (at: number): number[] => [
    ...ins('local.get', 0),
    ...[...ins('local.get', 1), ...access('i32.load', at, 2), ...constant('i32', BigInt(at)), ...opcode('i32.xor')],
    ...access('i32.store', at + 64, 2),
  ]
  const cold = Array.from({ length: 12 }, (_, i) => copy(4 * i)).flat()
  const code = [
    ...ins('local.get', 0),
    ...open('if', undefined),
    ...cold,
    END,
    ...ins('local.get', 0),
    ...access('i32.load', 68, 2),
  ]
  builder.export('f', 'func', builder.func({ params: ['i32', 'i32'], results: ['i32'] }, [], code))
  const module = builder.build()
  if (hint === undefined) return module
  const payload = [...utf8('metadata.code.branch_hint'), ...vec([[...uleb(0), ...vec([[3, 1, hint]])]])]
  return Uint8Array.from([...module.subarray(0, 8), 0, ...uleb(payload.length), ...payload, ...module.subarray(8)])
}

test('the section of a module says so, to engines with a JIT', () => {
  const codeOf = (hint: number | undefined, options = {}): string =>
    compile(hinted(hint), { format: 'iife', name: 'out', ...options }).code
  const partsIn = (code: string): number => code.match(/function f0_/g)?.length ?? 0
  expect([0, 1, undefined].map((hint) => partsIn(codeOf(hint)))).toEqual([1, 0, 0])
  expect(partsIn(codeOf(0, { engine: 'interpreter' }))).toBe(0)
  for (const hint of [0, 1, undefined]) {
    const { f } = new Function(`${codeOf(hint)}\nreturn out.instantiate()`)().exports
    expect([f(0, 0), f(4, 8), f(0, 0), f(4, 8)]).toEqual([0, 4, 0, 4])
  }
})
