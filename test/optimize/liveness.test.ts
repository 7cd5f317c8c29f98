// Which registers are read later, before each statement of the outermost list and at labels.

import { expect, test } from 'vitest'
import type { Func, Stmt } from '../../src/3-ir/ir.ts'
import { regText } from '../../src/3-ir/notation.ts'
import { forEachReadIn, forEachStmt } from '../../src/3-ir/walk.ts'
import { type Bits, hasBit } from '../../src/5-optimize/bits.ts'
import { Liveness } from '../../src/5-optimize/liveness.ts'
import { read } from '../ir/read.ts'

/** Names of the registers of bits. Those that only one list has have none. */
const names = (liveness: Liveness, bits: Bits): string =>
  liveness.ofBit
    .flatMap((number, bit) => (hasBit(bits, bit) ? [regText(liveness.homes.regs[number]!)] : []))
    .sort()
    .join(' ')

/** What is live before each statement of the function's own list, in order, and at its end. */
function live(func: Func): string[] {
  const liveness = new Liveness(func)
  expect(liveness.solve()).toBe(true)
  const found: string[] = []
  liveness.visit((list) => {
    if (list !== func.body) return undefined
    return (index, bits) => {
      found[index] = names(liveness, bits)
    }
  })
  return found
}

test.each([
  [
    'from where it is set to where it is read last',
    `f0(l0: i32, l1: i32) -> i32
      l1 = l0
      l0 = 5
      return add(l0, l1)`,
    ['l0', 'l1', 'l0 l1', ''],
  ],
  [
    'in either arm, or behind',
    `f0(l0: i32, l1: i32, l2: i32) -> i32
      if (l0) { f1(l1) } else { l2 = 1 }
      return l2`,
    ['l0 l1 l2', 'l2', ''],
  ],
  [
    'an arm that leaves needs nothing behind',
    `f0(l0: i32, l1: i32, l2: i32) -> i32
      if (l0) { return l1 } else { l2 = 1 }
      return l2`,
    ['l0 l1', 'l2', ''],
  ],
  [
    'around a loop',
    `f0(l0: i32, l1: i32) -> i32
      loop 1 {
        l0 = add(l0, l1)
        if (l0) { br 1 }
      }
      return 5`,
    ['l0 l1', '', ''],
  ],
  [
    'a loop reads before it sets what it carries',
    `f0(l0: i32) -> i32
      var l1: i32, l2: i32
      loop 1 {
        l2 = l1
        l1 = f1(l0)
        if (l2) { br 1 }
      }
      return l1`,
    ['l0 l1', 'l1', ''],
  ],
  [
    'by the ways that branches take',
    `f0(l0: i32, l1: i32, l2: i32) -> i32
      block 1 {
        switch (l0) {
          0: br 1
          else: l1 = 3
        }
        l2 = 4
      }
      return add(l1, l2)`,
    ['l0 l1 l2', 'l1 l2', ''],
  ],
  [
    'the state of a dispatch that goes on by it',
    `f0(l0: i32) -> i32
      var l1: i32
      dispatch l1 resumes again 9 {
        1:
          l1 = f1(l0)
          br 9
        2:
      }
      return 0`,
    ['l0 l1', '', ''],
  ],
])('%s', (_, text, expected) => {
  expect(live(read(text).func)).toEqual(expected)
})

test('at a label: what is read where branches to it go', () => {
  const { func } = read(`f0(l0: i32, l1: i32) -> i32
    block 1 {
      loop 2 {
        l1 = sub(l1, 1)
        if (l1) { br 2 }
        if (l0) { br 1 }
      }
      return l1
    }
    return l0`)
  const liveness = new Liveness(func)
  liveness.solve()
  const labels = [func.body[0]!, func.body[0]!.bodies[0]![0]!].map(({ labels: [label] }) => label!)
  // Branches forwards go where what is live is known when the block is seen, at the last look.
  liveness.visit(() => undefined)
  expect(labels.map((label) => names(liveness, liveness.at(label)))).toEqual(['l0', 'l0 l1'])
})

test('a watcher is shown what each statement reads, whatever it stands in', () => {
  const { func } = read(`f0(l0: i32, l1: i32, l2: i32, l3: i32) -> i32
    if (l0) { f1(l1) } else { f1(l2); f1(l3) }
    switch (l1) { 0: f1(l0, l0) | 1: | else: loop 2 { if (l2) { br 2 }; f1(l3) } }
    try {
      f1(l2)
      block 3 { if 4 (l1) { br 3 } else { br 4 }; f1(l0, l1) }
    } catch {
      caught()
      f1(l3)
    }
    dispatch t9 {
      5: f1(l1); br 6
      6: f1(l2, l0) | 7: loop 8 repeats { f1(l3); return l0 }
    }`)
  const liveness = new Liveness(func)
  expect(liveness.solve()).toBe(true)
  const { homes } = liveness
  const shown = new Map<Stmt, string[]>()
  liveness.visit((list) => (index) => {
    const reads = homes.reads.slice(liveness.read, liveness.readEnd)
    if (index < list.length)
      shown.set(
        list[index]!,
        reads.map((number) => regText(homes.regs[number]!)),
      )
  })
  let statements = 0
  forEachStmt(func.body, (stmt) => {
    const own: string[] = []
    forEachReadIn(stmt, (reg) => own.push(regText(reg)))
    expect(shown.get(stmt)).toEqual(own)
    statements++
  })
  expect(statements).toBe(shown.size)
})
