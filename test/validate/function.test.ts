// Bodies of unusual size and shape, and what the validator tells the pass that walks beside it.

import { expect, test } from 'vitest'
import { Locals } from '../../src/0-wasm/locals.ts'
import { CodeReader } from '../../src/1-decode/code.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { FunctionValidator } from '../../src/2-validate/function.ts'
import { validate } from '../../src/2-validate/index.ts'
import { uleb } from '../binary/leb.ts'
import { withBody } from '../errors/binary.ts'

const check = (code: number[]): void => validate(decode(withBody(code)))
const repeat = (count: number, ...bytes: number[]): number[] => Array.from({ length: count }, () => bytes).flat()

const DEEP = 100_000

test.each([
  ['blocks', [2, 0x40], [0x0b]],
  ['loops', [3, 0x40], [0x0b]],
  ['ifs', [0x41, 0, 4, 0x40], [0x0b]],
  ['ifs within else', [0x41, 0, 4, 0x40, 5], [0x0b]],
])(`${DEEP} nested %s`, (_, open, close) => {
  expect(() => check([...repeat(DEEP, ...open), ...repeat(DEEP, ...close)])).not.toThrow()
})

test('a branch out of the deepest nesting', () => {
  const out = (label: number) => [...repeat(DEEP, 2, 0x40), 0x0c, ...uleb(label), ...repeat(DEEP, 0x0b)]
  expect(() => check(out(DEEP))).not.toThrow()
  expect(() => check(out(DEEP + 1))).toThrow(`unknown label ${DEEP + 1}`)
})

test('many long branch tables over deep nesting', () => {
  const labels = Array.from({ length: 2001 }, (_, label) => uleb(label)).flat()
  const table = [2, 0x40, 0x41, 0, 0x0e, ...uleb(2000), ...labels, 0x0b]
  expect(() => check([...repeat(2000, 2, 0x40), ...repeat(50, ...table), ...repeat(2000, 0x0b)])).not.toThrow()
})

test('unreachable code is checked, with operands of any type where none were pushed', () => {
  expect(() => check([0, 0x6a, 0x1a])).not.toThrow()
  expect(() => check([0, 0x1b, 0x45, 0x1a])).not.toThrow()
  expect(() => check([0, 0x42, 0, 0x6a, 0x1a])).toThrow('i32.add expects i32, found i64')
  expect(() => check([0, 2, 0x40, 0x6a, 0x1a, 0x0b])).toThrow('i32.add expects i32, found nothing')
})

/** The names of a body's instructions, those that cannot execute in brackets. */
function reachable(code: number[]): string {
  const module = decode(withBody(code))
  const { start, end } = module.funcs[0]!.body!
  const reader = new CodeReader(module, start, end)
  const validator = new FunctionValidator(module, 0, new Locals([], reader.locals()))
  const names: string[] = []
  while (reader.next()) {
    const { name } = reader.ins.op
    names.push(validator.reachable ? name : `(${name})`)
    validator.step(reader.ins)
  }
  validator.finish()
  return names.join(' ')
}

test('reachability is asked of the validator', () => {
  expect(reachable([2, 0x40, 0x0c, 0, 1, 0x0b, 1])).toBe('block br (nop) (end) nop end')
  expect(reachable([0x0f, 2, 0x40, 1, 0x0b, 1])).toBe('return (block) (nop) (end) (nop) (end)')
  expect(reachable([0x41, 0, 4, 0x40, 0, 1, 5, 1, 0x0b])).toBe('i32.const if unreachable (nop) (else) nop end end')
})

test('operations between blocks do not see the operands outside', () => {
  expect(() => check([0x41, 0, 2, 0x40, 0x1a, 0x0b, 0x1a])).toThrow('drop expects a value, found nothing')
})
