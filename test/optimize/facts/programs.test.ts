// Whole functions, run before and after: what is known of registers is true of all values that they are set to, what is
// not needed of them may be anything, and passes that go by these facts change nothing that can be seen.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Func } from '../../../src/3-ir/ir.ts'
import { funcText } from '../../../src/3-ir/text.ts'
import { propagateConstants } from '../../../src/5-optimize/constants.ts'
import { removeDead } from '../../../src/5-optimize/dead.ts'
import { findDemands } from '../../../src/5-optimize/facts/demands.ts'
import { findValues } from '../../../src/5-optimize/facts/values.ts'
import { lieOf, ofWords, widthOf } from '../../ir/integers.ts'
import { run } from './evaluate.ts'
import { inputs, program } from './programs.ts'

const RUNS = { numRuns: 400 }

/** A property of a function and what it gets; a failure shows both. */
function holds(check: (func: Func, args: readonly bigint[]) => void): void {
  fc.assert(
    fc.property(program, inputs, (func, args) => {
      try {
        check(func, args)
      } catch (e) {
        throw new Error(`${(e as Error).message}\nof ${args.join()}\n${funcText(func)}`)
      }
    }),
    RUNS,
  )
}

test('what is known of registers is true', () => {
  holds((func, args) => {
    const values = findValues(func)
    run(func, args, {
      set(reg, value) {
        const lie = lieOf(values.ofReg(reg), value, widthOf(reg.type))
        if (lie !== undefined) throw new Error(`${lie} in register ${reg.id}: ${value}`)
        return value
      },
    })
  })
})

test('what is not needed may be anything', () => {
  holds((func, args) => {
    const demands = findDemands(func)
    let noise = 0x2545f4914f6cdd1dn
    const changed = run(func, args, {
      set(reg, value) {
        const { lo, hi } = demands.of(reg)
        noise = BigInt.asUintN(64, noise * 0x5851f42d4c957f2dn + 0x14057b7ef767814fn)
        return BigInt.asIntN(widthOf(reg.type), value ^ (noise & ~ofWords(lo, hi)))
      },
    })
    expect(changed).toEqual(run(func, args))
  })
})

test.each([
  ['constants', propagateConstants],
  ['dead', removeDead],
  ['dead after constants', (func: Func) => removeDead(propagateConstants(func))],
  ['constants after dead', (func: Func) => propagateConstants(removeDead(func))],
])('nothing that can be seen is changed by %s', (_, pass) => {
  holds((func, args) => expect(run(pass(func), args)).toEqual(run(func, args)))
})
