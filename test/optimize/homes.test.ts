// The registers of a function as they occur: how often, in which order, and which of them only one list knows of.

import { expect, test } from 'vitest'
import { regText } from '../../src/3-ir/notation.ts'
import { Homes } from '../../src/5-optimize/homes.ts'
import { read } from '../ir/read.ts'

const homesOf = (text: string): Homes => new Homes(read(text).func)
const namesOf = (homes: Homes, numbers: readonly number[]): string =>
  numbers.map((n) => regText(homes.regs[n]!)).join(' ')

const TEXT = `f0(l0: i32, l1: i32) -> i32 [words]
  t2 = add(l1, l1)
  if (t2) {
    t3 = 5
    f1(t3)
    t4 = 1
  } else {
    t4 = 2
  }
  return t4`

test('how often and in which order they occur', () => {
  const homes = homesOf(TEXT)
  expect(namesOf(homes, homes.order)).toBe('l1 t2 t3 t4')
  expect(homes.order.map((number) => homes.counts[number])).toEqual([2, 2, 2, 3])
})

test('what only one list knows of has no bit', () => {
  const homes = homesOf(TEXT)
  expect(namesOf(homes, homes.bits().ofBit)).toBe('l0 l1 t4')
})

test('what each statement reads, and how many that are', () => {
  const { reads } = homesOf('f0(l0: i32, l1: i32) [words]\n f1(l1, l0)\n f1()')
  expect(reads).toEqual([2, 1, 2, 0])
})

test.each([
  ['a branch to a loop', 'loop 1 { if (l0) { br 1 } }', true],
  ['a loop that repeats', 'loop 1 repeats { f1() }', true],
  ['a branch to an arm', 'dispatch t9 { 1: if (l0) { br 1 } }', true],
  ['branches forwards', 'block 1 { if (l0) { br 1 }; f1() }', false],
])('control goes back: %s', (_, body, expected) => {
  expect(homesOf(`f0(l0: i32) [words]\n  ${body}`).goesBack).toBe(expected)
})
