// Which accesses may take their address as a signed number.

import { expect, test } from 'vitest'
import { Facts, NOT_NEGATIVE, UNKNOWN } from '../../src/5-optimize/addresses/facts.ts'
import { findPlainAddresses } from '../../src/5-optimize/addresses.ts'
import { structure } from '../../src/5-optimize/structure.ts'
import { legalBody } from '../lower/ir.ts'

/** Offsets of the accesses that may, in the order of the code. */
function plain(locals: string, body: string, isSmall = true): number[] {
  const found = findPlainAddresses(structure(legalBody(locals, body)), () => isSmall)
  return [...found].map(({ offset }) => offset)
}

const at = (offset: number): string => `(i32.store offset=${offset} (local.get 0) (i32.const 7))`

test('a register that was an address before', () => {
  expect(plain('(param i32)', at(1) + at(2) + at(3))).toEqual([2, 3])
})

test('none if the memory may be large', () => {
  expect(plain('(param i32)', at(1) + at(2), false)).toEqual([])
})

test('not once the register is set again', () => {
  const set = '(local.set 0 (i32.load offset=2 (local.get 0)))'
  expect(plain('(param i32)', at(1) + set + at(3) + at(4))).toEqual([2, 4])
})

test('a value that cannot be negative', () => {
  const set = '(local.set 0 (i32.shr_u (local.get 0) (i32.const 1)))'
  expect(plain('(param i32)', set + at(1))).toEqual([1])
})

test('an access under a condition says nothing of what comes behind, both alternatives do', () => {
  const locals = '(param i32 i32)'
  expect(plain(locals, `(if (local.get 1) (then ${at(1)}))${at(2)}`)).toEqual([])
  expect(plain(locals, `(if (local.get 1) (then ${at(1)}) (else ${at(2)}))${at(3)}`)).toEqual([3])
  expect(plain(locals, `(if (local.get 1) (then (return)) (else ${at(2)}))${at(3)}`)).toEqual([3])
})

test('a register that a loop sets is unknown at its start, others stay known', () => {
  const step = '(local.set 0 (i32.add (local.get 0) (i32.const 4)))'
  expect(plain('(param i32 i32)', `${at(1)}(loop ${at(2)}${at(3)}${step}(br_if 0 (local.get 1)))`)).toEqual([3])
  expect(plain('(param i32 i32)', `${at(1)}(loop ${at(2)}(br_if 0 (local.get 1)))`)).toEqual([2])
})

test('sums of which one side is not negative, unless an offset could bring them back into bounds', () => {
  const index = '(i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2)))'
  expect(plain('(param i32 i32)', `${at(1)}(i32.store ${index} (i32.const 7))`)).toEqual([0])
  expect(plain('(param i32 i32)', `${at(1)}(i32.store offset=4 ${index} (i32.const 7))`)).toEqual([])
})

test('where ways meet, what all of them know', () => {
  const locals = '(param i32 i32)'
  const out = (first: number): string =>
    `(block (br_if 0 (local.get 1)) ${at(first)} (br_if 0 (local.get 1)) ${at(first + 1)})`
  expect(plain(locals, `${out(1)}${at(3)}`)).toEqual([2])
  expect(plain(locals, `(block ${at(1)}(br_if 0 (local.get 1))${at(2)})${at(3)}`)).toEqual([2, 3])
  const set = '(local.set 0 (i32.load offset=9 (local.get 0)))'
  expect(plain(locals, `${at(1)}(block (br_if 0 (local.get 1)) ${set} ${at(2)})${at(3)}`)).toEqual([9, 3])
  expect(plain(locals, `${at(1)}(block (br_if 0 (local.get 1)) ${set})${at(3)}`)).toEqual([9])
})

test('a register that was an address, and some more: it wraps far away from zero', () => {
  const step = (n: number): string => `(local.set 0 (i32.add (local.get 0) (i32.const ${n})))`
  expect(plain('(param i32)', at(1) + step(4) + at(2))).toEqual([2])
  expect(plain('(param i32)', at(1) + step(4) + at(2 ** 30) + step(4) + at(3))).toEqual([2 ** 30, 3])
  expect(plain('(param i32)', at(1) + step(4) + at(2 ** 30 + 1))).toEqual([])
  expect(plain('(param i32)', at(1) + step(4) + step(4) + at(3))).toEqual([])
  expect(plain('(param i32)', at(1) + step(-4) + at(3))).toEqual([])
  expect(plain('(param i32)', at(1) + step(2 ** 30 + 1) + at(3))).toEqual([])
})

test('after too many ways nothing is known', () => {
  const facts = new Facts(2000)
  facts.put(0, NOT_NEGATIVE)
  const meeting = facts.meeting()
  for (let id = 1; id < 2000; id++) facts.put(id, NOT_NEGATIVE)
  facts.arrive(meeting)
  facts.meet(meeting)
  expect([facts.get(0), facts.get(1999)]).toEqual([NOT_NEGATIVE, NOT_NEGATIVE])
  for (let way = 0; way < 600; way++) facts.arrive({ mark: 0, ways: meeting.ways })
  facts.put(1, UNKNOWN)
  facts.back(meeting)
  facts.meet(meeting)
  expect([facts.get(0), facts.get(1), facts.get(1999)]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN])
})
