// Passes that are broken on purpose are caught: of functions as they are after every pass, each is changed in one place in
// every way that there is something to change for, and the verifier refuses all of that.

import { expect, test } from 'vitest'
import type { Func } from '../../src/3-ir/ir.ts'
import { parseFuncs } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { ModuleTypes, VerifyError, verifyAll, verifyOrder } from '../../src/3-ir/verify.ts'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { generate } from '../fuzz/generate.ts'
import { Random } from '../fuzz/random.ts'
import { type How, lookAtFunctions } from './functions.ts'
import { HANDLER_MUTATIONS, MUTATIONS } from './mutations.ts'

const HOW: readonly How[] = [{}, { i64: 'bigint' }, { limits: { ...LIMITS, bytecode: 250, height: 2, keptHeight: 1 } }]

/** What only functions in parts have, and what few of these random ones do. */
const RARE = /^a (?:part is called|dispatch goes on|load goes behind)/

/** Whether the verifier refuses what a pass has made of a function. */
function isCaught(before: Func, after: Func, all: readonly Func[], types?: ModuleTypes): boolean {
  try {
    verifyAll(
      all.map((func) => (func === before ? after : func)),
      types,
    )
    verifyOrder(before, [after])
    return false
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error
    return true
  }
}

test.each(HOW)('%j', (how) => {
  const random = new Random(1)
  const broken = new Map(Object.keys(MUTATIONS).map((name) => [name, 0]))
  const missed: string[] = []
  for (let seed = 1; seed <= 6; seed++) {
    lookAtFunctions(generate(seed, 60).bytes, how, (func, pass, all, module) => {
      const types = new ModuleTypes(module)
      for (const [name, mutate] of Object.entries(MUTATIONS)) {
        const made = mutate(func, random)
        if (made === undefined) continue
        broken.set(name, broken.get(name)! + 1)
        if (!isCaught(func, made, all, types))
          missed.push(`${name}, after ${pass}:\n${funcText(func)}\n${funcText(made)}`)
      }
    })
  }
  expect(missed.slice(0, 1)).toEqual([])
  const sum = [...broken.values()].reduce((a, b) => a + b)
  expect(sum).toBeGreaterThan(4000)
  for (const [name, count] of broken) if (!RARE.test(name)) expect(count, name).toBeGreaterThan(5)
})

/** Random functions have no handlers. */
const HANDLERS = `
  f0(l0: i32) -> i32 [words]
    var l1: i32
    t2 = mul(l0, 5)
    try {
      l1 = 1
      f1(10)
      l1 = 2
      f1(20)
      try {
        f1(30)
        l1 = add(l0, 3)
        f2(l0)
      } catch {
        caught()
        return l1
      }
    } catch {
      caught()
      return add(t2, l1)
    }
    return 0`

test.each(Object.entries(HANDLER_MUTATIONS))('%s', (_, mutate) => {
  const random = new Random(1)
  const [func] = parseFuncs(HANDLERS)
  verifyAll([func!])
  for (let i = 0; i < 20; i++) {
    const made = mutate(func!, random)
    expect(made).toBeDefined()
    expect(isCaught(func!, made!, [func!]), funcText(made!)).toBe(true)
  }
})
