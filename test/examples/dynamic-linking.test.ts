// Modules linked while a program runs, where there is no WebAssembly. The numbers are computed again here.

import { execFileSync } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { example, node } from './run.ts'

const numbers = Array.from({ length: 1000 }, (_, i) => i)
const sum = (values: number[]) => values.reduceRight((total, value) => total + value, 0)

beforeAll(() => {
  node('dynamic-linking/build.mjs')
})

test('dynamic-linking: a library and two formulas share memory and table with the main module', () => {
  expect(node('dynamic-linking/main.mjs', ['--jitless']).trimEnd().split('\n')).toEqual([
    `sum of 0 to 999: ${sum(numbers)}`,
    `of their squares: ${sum(numbers.map((x) => x * x))}`,
    `and 2.5 times those, in the mean: ${sum(numbers.map((x) => 2.5 * x * x)) / 1000}`,
    `sum of x 1 + 2 / floor: ${sum(numbers.map((x) => Math.floor((x + 1) / 2)))}`,
    `sum of x sqrt x *: ${sum(numbers.map((x) => Math.sqrt(x) * x))}`,
    'a function of the library, from the table: 144',
    'an empty slot: RuntimeError: null function or function signature mismatch',
  ])
})

test('dynamic-linking: a formula of somebody else', () => {
  const flags = ['--disallow-code-generation-from-strings']
  const printed = execFileSync(process.execPath, [...flags, example('dynamic-linking/main.mjs'), 'x 3 - x 7 + *'])
  expect(String(printed)).toContain(`sum of x 3 - x 7 + *: ${sum(numbers.map((x) => (x - 3) * (x + 7)))}\n`)
})
