// Registers share variables only if they are of one kind and never needed at the same time.

import { describe, expect, test } from 'vitest'
import type { Func } from '../../src/3-ir/ir.ts'
import { allocate } from '../../src/5-optimize/allocate.ts'
import { read } from '../ir/read.ts'
import { legal, legalBody, show } from '../lower/ir.ts'

/** The function's text with the number of its variable for each register. */
function allocated(func: Func): string {
  const { variable } = allocate(func, false)
  return show(func.body).replace(/\b[lt](\d+)\b/g, (_, id) => `v${variable.get(Number(id))}`)
}

/** The variables of registers of a function given as text, by their names. */
function variablesOf(names: string, text: string): number[] {
  const { func, regs } = read(text)
  const { variable } = allocate(func, false)
  return regs(...names.split(' ')).map(({ id }) => variable.get(id))
}

test('parameters come first, one variable for each, whether they are read or not', () => {
  const func = legalBody('(param i32 f64 i32) (result i32)', '(call $f (local.get 2))')
  expect(allocate(func, false).types.slice(0, 3)).toEqual(['i32', 'f64', 'i32'])
  expect([0, 1, 2].map((id) => allocate(func, false).variable.get(id))).toEqual([0, 1, 2])
})

test('locals that are not copied to each other keep variables of their own', () => {
  const func = legalBody(
    '(param i32) (result i32) (local i32)',
    '(local.set 1 (call $f (local.get 0))) (drop (call $f (local.get 1))) (local.get 1)',
  )
  expect(allocated(func)).toContain('v1 = f0(v0)')
  expect(allocate(func, false).types).toEqual(['i32', 'i32'])
})

test('a local that is set before it is read does not start at zero; one that may not be does', () => {
  const func = legalBody(
    '(param i32) (result i32) (local i32 i32)',
    `(local.set 1 (call $f (i32.const 1)))
     (if (local.get 0) (then (local.set 2 (call $f (local.get 1)))))
     (drop (call $f (local.get 1)))
     (i32.add (local.get 1) (local.get 2))`,
  )
  const { variable, startsAtZero } = allocate(func, false)
  expect(startsAtZero[variable.get(1)]).toBe(false)
  expect(startsAtZero[variable.get(2)]).toBe(true)
})

test('a local that a loop reads before it sets it starts at zero', () => {
  const func = legalBody(
    '(param i32) (result i32) (local i32)',
    `(loop (drop (call $f (local.get 1))) (local.set 1 (call $f (local.get 0)))
       (br_if 0 (call $f (i32.const 1)))) (local.get 0)`,
  )
  const { variable, startsAtZero } = allocate(func, false)
  expect(startsAtZero[variable.get(1)]).toBe(true)
  expect(variable.get(1)).not.toBe(variable.get(0))
})

describe('a copy', () => {
  test('stays if both are needed', () => {
    const func = legalBody(
      '(param i32) (result i32) (local i32)',
      `(loop
         (local.set 1 (local.get 0))
         (local.set 1 (call $f (local.get 1)))
         (br_if 0 (call $f (local.get 1))))
       (local.get 1)`,
    )
    const { variable } = allocate(func, false)
    expect(variable.get(0)).not.toBe(variable.get(1))
  })

  test('goes away if the original is not read any more', () => {
    const func = legalBody(
      '(param i32) (result i32) (local i32)',
      `(local.set 1 (local.get 0))
       (loop (local.set 1 (call $f (local.get 1))) (br_if 0 (local.get 1)))
       (local.get 1)`,
    )
    const { variable } = allocate(func, false)
    expect(variable.get(1)).toBe(variable.get(0))
  })

  test('of a local to another one stays where locals keep variables of their own', () => {
    const func = legalBody('(param i32) (result i32) (local i32)', '(local.set 1 (local.get 0)) (local.get 1)')
    const { variable, types } = allocate(func, true)
    expect([variable.get(0), variable.get(1)]).toEqual([0, 1])
    expect(types).toEqual(['i32', 'i32'])
  })
})

test('what is never read does not overwrite what is', () => {
  const [kept, dead] = variablesOf('t0 t1', 'f0() [words]\n t0 = f1()\n t1 = f1()\n f1(t0)')
  expect(kept).not.toBe(dead)
})

test('the state of a dispatch shares its variable with nothing inside', () => {
  const text = `f0() [words]
    dispatch t0 {
      1:
        t1 = f1()
        f1(t1)
        br 1
    }`
  const [state, inside] = variablesOf('t0 t1', text)
  expect(inside).not.toBe(state)
})

test('temporaries whose lives do not meet share a variable, those whose lives do have two', () => {
  const [one, two, three] = variablesOf(
    't0 t1 t2',
    'f0() [words]\n t0 = f1()\n f1(t0)\n t1 = f1()\n t2 = f1()\n f1(t1, t2)',
  )
  expect(one).toBe(two)
  expect(three).not.toBe(two)
})

test('a copy shares the variable of what it is from, if neither is set while the other is needed', () => {
  const copied = (behind: string): number[] =>
    variablesOf('l0 l1', `f0(l0: i32) -> i32 [words]\n var l1: i32\n l1 = l0\n ${behind}`)
  const [from, to] = copied('f1(l1)\n l1 = f1()\n return l1')
  expect(to).toBe(from)
  const [kept, set] = copied('l1 = f1(l1)\n return add(l0, l1)')
  expect(set).not.toBe(kept)
})

test('a temporary gets the variable of one that is not needed any more', () => {
  const func = legalBody(
    '(param i64 i64) (result i64)',
    '(i64.div_s (i64.div_s (i64.div_s (local.get 0) (local.get 1)) (local.get 0)) (local.get 1))',
  )
  const { types, variable } = allocate(func, false)
  expect(func.regCount).toBeGreaterThan(types.length)
  expect(new Set(func.params.map(({ id }) => variable.get(id))).size).toBe(4)
  expect(types.every((type) => type === 'i32')).toBe(true)
})

test('each variable holds integers, floats or references', () => {
  const [func] = legal(`(module (memory 1) (table 1 externref) (func (param i32 externref) (result externref)
    (local.set 0 (i32.add (i32.load (local.get 0)) (memory.grow (i32.const 1))))
    (f32.store (i32.const 0) (f32.add (f32.load (local.get 0)) (f32.load (memory.grow (i32.const 0)))))
    (f64.store (i32.const 0) (f64.add (f64.load (local.get 0)) (f64.load (memory.grow (i32.const 0)))))
    (select (result externref) (table.get 0 (local.get 0)) (local.get 1) (local.get 0))))`)
  const { types, variable } = allocate(func!, false)
  const kindOf = (type: string): string => type.replace('f32', 'f64')
  const seen = new Map<number, string>()
  const walk = (e: unknown): void => {
    if (typeof e !== 'object' || e === null) return
    const reg = e as { id?: number; type?: string; local?: number }
    if (reg.id !== undefined && reg.type !== undefined && 'local' in reg) {
      expect(kindOf(types[variable.get(reg.id)]!)).toBe(kindOf(reg.type))
      seen.set(reg.id, reg.type)
    }
    Object.values(e).forEach(walk)
  }
  walk(func!.body)
  expect(new Set(seen.values()).size).toBe(4)
})

describe('a value that a loop needs', () => {
  test('from before it keeps its variable until the loop ends', () => {
    const func = legalBody(
      '(param i32) (result i32)',
      `(call $f (i32.const 7))
       (block (param i32) (result i32)
         (loop (param i32) (result i32)
           (local.set 0)
           (call $f (local.get 0))
           (br_if 1 (call $f (i32.const 2)) (call $f (i32.const 1)))
           (drop)
           (br 0)))`,
    )
    const text = allocated(func)
    const [, before] = /v(\d+) = f0\(7\)/.exec(text)!
    const loop = text.slice(text.indexOf('loop'))
    expect(loop).toContain('f0(2)')
    expect(text).toContain(`v${before}`)
    for (const [, set, call] of loop.matchAll(/v(\d+) = f0\((\d)\)/g)) {
      if (call !== '7') expect(`v${set}`, `call ${call}`).not.toBe('v0')
    }
  })

  test('under the loop on the stack is not overwritten inside', () => {
    const func = legalBody(
      '(param i32) (result i32)',
      `(call $f (i32.const 7))
       (loop
         (drop (i32.add (i32.load (local.get 0)) (call $f (i32.load (memory.grow (i32.const 1))))))
         (br_if 0 (call $f (i32.const 3))))
       (i32.add (local.get 0))`,
    )
    const text = allocated(func)
    const [, kept] = /v(\d+) = f0\(7\)/.exec(text)!
    const inside = text.slice(text.indexOf('loop'), text.lastIndexOf('return'))
    expect([...inside.matchAll(/v(\d+) = /g)].map(([, set]) => set)).not.toContain(kept)
    expect(text.endsWith(`return add(v${kept}, v0)`)).toBe(true)
  })
})

test('a value that two loops read keeps its variable until the second ends', () => {
  const text = `f0() [words]
    t0 = f1()
    loop 1 {
      f1(t0)
      if (f1()) { br 1 }
    }
    loop 2 {
      f1(t0)
      t1 = f1()
      f1(t1)
      br 2
    }`
  const [shared, inner] = variablesOf('t0 t1', text)
  expect(inner).not.toBe(shared)
})
