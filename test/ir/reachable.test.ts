// What control never comes to goes, and so do labels that nothing branches to.

import { expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { removeUnreachable } from '../../src/3-ir/reachable.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { verify } from '../../src/3-ir/verify.ts'

const body = (text: string): string => `f0(l0: i32) [words, 30 registers, 30 labels]\n  ${text}`

const CASES: Readonly<Record<string, readonly [before: string, after?: string]>> = {
  'behind a return': ['return; f1(1)', 'return'],
  'behind a loop that only branches leave': ['loop 1 repeats { f1(1) }; f1(2)', 'loop 1 repeats { f1(1) }'],
  'behind an if whose arms leave': [
    'if (l0) { return } else { trap unreachable }; f1(1)',
    'if (l0) { return } else { trap unreachable }',
  ],
  'not behind one with a branch to its end': ['if 1 (l0) { br 1 } else { return }; f1(1)'],
  'behind a switch whose cases leave': [
    'switch (l0) { 0: return | else: return }; f1(1)',
    'switch (l0) { 0: return | else: return }',
  ],
  'a block that nothing branches to': ['block 1 { f1(1) }; f1(2)', 'f1(1); f1(2)'],
  'one that only what goes branches to': ['block 1 { return; br 1 }; f1(2)', 'return'],
  'a loop that nothing repeats': ['loop 1 { f1(1) }', 'f1(1)'],
  'a name of an if': ['if 1 (l0) { f1(1) }', 'if (l0) { f1(1) }'],
  'arms at the end': ['dispatch t9 { 1: return | 2: f1(2) }', 'dispatch t9 { 1: return }'],
  'an arm before one that is reached keeps its place': [
    'dispatch t9 { 1: br 3 | 2: f1(2) | 3: f1(3) }',
    'dispatch t9 { 1: br 3 | 2: | 3: f1(3) }',
  ],
  'all arms of a dispatch that goes on by its state stay': [
    'dispatch t9 again 8 { 1: t9 = l0; br 8 | 2: f1(2); return | 3: f1(3) }',
  ],
}

test.each(Object.entries(CASES))('%s', (_, [before, after = before]) => {
  const func = removeUnreachable(parse(body(before)))
  expect(funcText(func)).toBe(funcText(parse(body(after))))
  expect(() => verify(func)).not.toThrow()
})
