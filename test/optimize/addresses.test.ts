// Which accesses may take their address as a signed number.

import { expect, test } from 'vitest'
import { Facts, NOT_NEGATIVE, UNKNOWN } from '../../src/5-optimize/addresses/facts.ts'
import { findSignedAddresses } from '../../src/5-optimize/addresses.ts'
import { read } from '../ir/read.ts'

/** Offsets of the accesses that may, in the order of the code. */
function accesses(body: string, isSmall = true): number[] {
  const { func } = read(`f0(l0: i32, l1: i32) [words]\n ${body}`)
  return [...findSignedAddresses(func, () => isSmall).keys()].map(({ offset }) => offset)
}

/** An access at l0. */
const at = (offset: number): string => `i32.store(l0+${offset}, 7); `

test('a register that was an address before', () => {
  expect(accesses(at(1) + at(2) + at(3))).toEqual([2, 3])
})

test('none if the memory may be large', () => {
  expect(accesses(at(1) + at(2), false)).toEqual([])
})

test('not once the register is set again', () => {
  expect(accesses(`${at(1)} l0 = i32.load(l0+2); ${at(3)} ${at(4)}`)).toEqual([2, 4])
})

test('a value that cannot be negative', () => {
  expect(accesses(`l0 = shr_u(l0, 1); ${at(1)}`)).toEqual([1])
})

test('an access under a condition says nothing of what comes behind, both alternatives do', () => {
  expect(accesses(`if (l1) { ${at(1)} }; ${at(2)}`)).toEqual([])
  expect(accesses(`if (l1) { ${at(1)} } else { ${at(2)} }; ${at(3)}`)).toEqual([3])
  expect(accesses(`if (l1) { return } else { ${at(2)} }; ${at(3)}`)).toEqual([3])
})

test('a register that a loop sets is unknown at its start, others stay known', () => {
  const loop = (step: string): string => `${at(1)} loop 1 { ${at(2)} ${at(3)} ${step} if (l1) { br 1 } }`
  expect(accesses(loop('l0 = add(l0, 4);'))).toEqual([3])
  expect(accesses(loop(''))).toEqual([2, 3])
})

test('arms of a dispatch know nothing of each other', () => {
  expect(accesses(`${at(1)} dispatch t9 { 1: ${at(2)} l0 = f1(); ${at(3)} br 2 | 2: ${at(4)} ${at(5)} }`)).toEqual([5])
})

test('sums of which one side is not negative, unless an offset could bring them back into bounds', () => {
  const sum = 'add(l0, shl(l1, 2))'
  expect(accesses(`${at(1)} i32.store(${sum}+0, 7)`)).toEqual([0])
  expect(accesses(`${at(1)} i32.store(${sum}+4, 7)`)).toEqual([])
})

test('a sum of operands whose signs are known need not wrap; one that only is not negative must', () => {
  const how = (sum: string): unknown[] => {
    const { func } = read(`f0(l0: i32, l1: i32) [words]\n i32.store(${sum}+8, 7)`)
    return [...findSignedAddresses(func, () => true).values()]
  }
  const low = (reg: string): string => `and(${reg}, 255)`
  const negative = (reg: string): string => `or(${low(reg)}, -2147483648)`
  expect(how(`add(${low('l0')}, ${low('l1')})`)).toEqual(['sum'])
  expect(how(low('l0'))).toEqual(['word'])
  expect(how(`add(${negative('l0')}, ${negative('l1')})`)).not.toContain('sum')
  expect(how(`sub(${low('l0')}, ${low('l1')})`)).toEqual([])
})

test('where control flow joins, what all ways know', () => {
  const out = 'if (l1) { br 1 }; '
  expect(accesses(`block 1 { ${out} ${at(1)} ${out} ${at(2)} }; ${at(3)}`)).toEqual([2])
  expect(accesses(`block 1 { ${at(1)} ${out} ${at(2)} }; ${at(3)}`)).toEqual([2, 3])
  expect(accesses(`${at(1)} block 1 { ${out} l0 = i32.load(l0+9); ${at(2)} }; ${at(3)}`)).toEqual([9, 3])
  expect(accesses(`${at(1)} block 1 { ${out} l0 = i32.load(l0+9) }; ${at(3)}`)).toEqual([9])
})

test('a register that was an address, and some more: it wraps far away from zero', () => {
  const step = (n: number): string => `l0 = add(l0, ${n}); `
  expect(accesses(at(1) + step(4) + at(2))).toEqual([2])
  expect(accesses(at(1) + step(4) + at(2 ** 30) + step(4) + at(3))).toEqual([2 ** 30, 3])
  expect(accesses(at(1) + step(4) + at(2 ** 30 + 1))).toEqual([])
  expect(accesses(at(1) + step(4) + step(4) + at(3))).toEqual([])
  expect(accesses(at(1) + step(-4) + at(3))).toEqual([])
  expect(accesses(at(1) + step(2 ** 30 + 1) + at(3))).toEqual([])
})

test('after too many ways nothing is known', () => {
  const facts = new Facts(2000)
  facts.put(0, NOT_NEGATIVE)
  const meeting = facts.join()
  for (let id = 1; id < 2000; id++) facts.put(id, NOT_NEGATIVE)
  facts.arrive(meeting)
  facts.leave(meeting)
  expect([facts.get(0), facts.get(1999)]).toEqual([NOT_NEGATIVE, NOT_NEGATIVE])
  for (let way = 0; way < 600; way++) facts.arrive({ mark: 0, ways: meeting.ways })
  facts.put(1, UNKNOWN)
  facts.back(meeting)
  facts.leave(meeting)
  expect([facts.get(0), facts.get(1), facts.get(1999)]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN])
})
