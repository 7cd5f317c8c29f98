// Every pass is tested by pairs of texts: what comes in, and what goes out.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PASS_NAMES } from '../../src/5-optimize/passes.ts'

/** The passes that a test file names. */
const passesIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\btestPass\(\s*'(\w+)'/g)].map(([, pass]) => pass!)

test('and no pass is without them', () => {
  const files = readdirSync('test/optimize').filter((name) => name.endsWith('.test.ts'))
  const tested = new Set(files.flatMap((name) => passesIn(`test/optimize/${name}`)))
  const [lower, ...passes] = PASS_NAMES
  expect(lower).toBe('lower')
  expect([...tested].sort()).toEqual([...passes].sort())
})
