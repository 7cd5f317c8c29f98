// Modules of very many things, on the default stack, which has no room for so many variables. Those at the limits of the
// JavaScript API take minutes together and up to 4 GB each:
//
//     NOWASM_LIMITS=1 NODE_OPTIONS=--max-old-space-size=8000 npx vitest run test/compile/many.test.ts

import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { IMPORTS, KINDS, type Kind, moduleOf } from './limits.ts'

const atLimits = process.env['NOWASM_LIMITS'] !== undefined

/** More than V8 has room for on the stack, for what an instance would need a variable for, each. */
const MANY = 130_000
const VARIABLES = /^(imported|exported functions|globals|element segments of)/

const countOf = (name: string, { limit }: Kind): number =>
  atLimits ? limit : Math.min(limit, VARIABLES.test(name) ? MANY : 10_000)

describe.each(Object.entries(KINDS).map(([name, kind]) => [countOf(name, kind), name, kind] as const))(
  '%i %s',
  (count, _, kind) => {
    test('are compiled, and an instance made of them', () => {
      const { bytes, result } = moduleOf(kind, count)
      const { code, exports } = compile(bytes, { format: 'iife', name: 'out' })
      const instance = new Function(`${code}\nreturn out.instantiate`)()(IMPORTS).exports
      expect(Object.keys(instance).length).toBe(exports.length)
      if (result !== undefined) expect(instance.f()).toEqual(result)
      if (exports.length > 1) expect(instance[`e${exports.length - 1}`]).toBeDefined()
    }, 600_000)
  },
)
