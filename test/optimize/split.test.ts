// Functions that are too large become several that are not.

import { describe, expect, test } from 'vitest'
import { call } from '../../src/3-ir/expressions.ts'
import type { Func, Reg, Stmt } from '../../src/3-ir/ir.ts'
import { parseFuncs } from '../../src/3-ir/parse.ts'
import { setReg, setResults } from '../../src/3-ir/statements.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { forEachStmt } from '../../src/3-ir/walk.ts'
import { fillCases } from '../../src/5-optimize/dispatch.ts'
import { Sizes } from '../../src/5-optimize/split/size.ts'
import { split } from '../../src/5-optimize/split.ts'
import { legal, legalBody, show } from '../lower/ir.ts'
import { instantiate } from '../ops/compare.ts'
import { loadEngine } from '../spec/engine.ts'
import { interpreter } from './interpreter.ts'

const x: Reg = { id: 0, type: 'i32', local: undefined }
const y: Reg = { id: 1, type: 'i32', local: undefined }

const sizeOf = (func: Func): number => new Sizes().ofList(func.body)
const ids = (regs: Func['params']): string => regs.map(({ id }) => id).join(' ')
const repeat = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join('\n')

/** Statements that cannot be folded away, about 60 bytes of bytecode each. */
const work = (from: number, count: number): string =>
  repeat(count, (i) => `(i32.store (i32.add (local.get 0) (i32.const ${4 * (from + i)})) (i32.load (local.get 1)))`)

test('a function within the limit stays as it is', () => {
  const func = legalBody('(param i32 i32)', work(0, 100))
  expect(split(func, sizeOf(func))).toEqual([func])
})

test('the first result of a call is set as any value is; only those behind it are read from cells', () => {
  const value = call(0, [], 'i32')
  const sizes = new Sizes()
  const size = (...regs: Reg[]): number => sizes.ofList([setResults(regs, value, 0)])
  expect(size(x)).toBe(sizes.ofList([setReg(x, value, 0)]))
  expect(size(x, y)).toBeGreaterThan(size(x))
})

test('a long run is cut into parts within the limit, numbered from 1', () => {
  const func = legalBody('(param i32 i32)', work(0, 1000))
  const [whole, ...parts] = split(func, 3000)
  expect(sizeOf(whole!)).toBeLessThan(3000)
  expect(parts.map(({ version }) => version.number)).toEqual(parts.map((_, i) => i + 1))
  expect(parts.every((part) => part.index === func.index && sizeOf(part) < 3300)).toBe(true)
  const stores = [whole!, ...parts].map(({ body }) => show(body).split('i32.store').length - 1)
  expect(stores.reduce((a, b) => a + b)).toBe(1000)
})

describe('what a part takes and gives', () => {
  /** The part with the `marker` constant in it, and what calls it. */
  function partOf(signature: string, body: string, marker: number): { part: Func; caller: string } {
    const funcs = split(legalBody(signature, body), 2000)
    const part = funcs.slice(1).find((func) => show(func.body).includes(`, ${marker})`))!
    let caller = ''
    forEachStmt(funcs[0]!.body, (stmt) => {
      for (const e of stmt.args)
        if (e.kind === 'call' && e.version.number === part.version.number) caller = show([stmt])
    })
    return { part, caller }
  }

  test('registers that live on are parameters; one that is set and read later is the result', () => {
    const before = `(local.set 2 (i32.mul (local.get 0) (i32.const 77777))) ${work(0, 30)} (block (br 0))`
    const { part, caller } = partOf(
      '(param i32 i32) (result i32) (local i32 i32)',
      `
      (loop ${before} (br_if 0 (local.get 1)))
      (loop ${work(40, 30)} (br_if 0 (i32.load (i32.const 4))))
      (i32.add (local.get 2) (local.get 3))`,
      77777,
    )
    expect(ids(part.params)).toBe('0 1')
    expect(part.results).toEqual(['i32'])
    expect(caller).toMatch(/^l2 = f/)
  })

  test('a region that returns on some ways gives a number for the way it took', () => {
    const { part } = partOf(
      '(param i32 i32) (result i64)',
      `
      (loop
        (if (i32.mul (local.get 0) (i32.const 77777)) (then (return (i64.const 5))))
        ${work(0, 30)} (br_if 0 (i32.load (i32.const 4))))
      (loop ${work(40, 30)} (br_if 0 (i32.load (i32.const 4))))
      (i64.const 6)`,
      77777,
    )
    expect(part.results).toEqual(['i32', 'i32', 'i32'])
  })
})

test('tail calls stay in the function', () => {
  const [func] = legal(`(module (memory 1) (func $f (param i32 i32) (result i32)
    ${work(0, 100)} (if (local.get 0) (then ${work(100, 100)} (return_call $g (local.get 1) (local.get 0)))) ${work(200, 100)}
    (i32.const 1)) (func $g (param i32 i32) (result i32) (local.get 0)))`)
  const [whole, ...parts] = split(func!, 2000)
  const tails = (body: readonly Stmt[]): number => show(body).split('tail ').length - 1
  expect(parts.length).toBeGreaterThan(3)
  expect(tails(whole!.body)).toBe(1)
  expect(parts.every((part) => tails(part.body) === 0 && !part.hasTailCalls)).toBe(true)
})

describe.each([20, 90, 150, 1000])('an interpreter of %d cases', (count) => {
  const source = interpreter(count)

  test('has no function above the limit', () => {
    const [func] = legal(source)
    const limit = 20_000
    const funcs = split(fillCases(func!), limit)
    expect(funcs.length > 1).toBe(sizeOf(func!) > limit)
    expect(Math.max(...funcs.map(sizeOf))).toBeLessThan(limit * 1.25)
  })

  test('computes what the host computes', async () => {
    const { api: native } = await loadEngine({ native: true, engine: 'jit', optimize: 2 })
    const { api: ours } = await loadEngine({ native: false, engine: 'jit', optimize: 2 })
    const [a, b] = [native, ours].map((api) => instantiate(api, source)['run'] as (n: number, x: number) => bigint)
    for (let x = 0; x < 40; x++) expect(b!(3000, x * 12345)).toBe(a!(3000, x * 12345))
  })
})

test('a case that only its switch leads to stands in the switch', () => {
  const [func] = legal(interpreter(150))
  const arms = (body: readonly Stmt[]): number => {
    let count = 0
    forEachStmt(body, (stmt) => {
      if (stmt.kind === 'dispatch') count += stmt.arms.length
    })
    return count
  }
  expect(arms(func!.body)).toBeGreaterThan(50)
  expect(arms(fillCases(func!).body)).toBeLessThan(arms(func!.body))
})

// JavaScript's undefined, which is no number yet, would become 0 on its way from one function to another.
test('what may be missing and the test whether it is stay in one function', () => {
  const copy = (at: number): string => `i32.store(l1+${at}, i32.load(l1+${at + 4}))`
  const read = (at: number): string =>
    `t${at} = array.get[type1 0.0](l0, ${at}); if (is_missing(t${at})) { trap trap_array }; i32.store(l1+0, t${at})`
  const body = [3, 4, 5, 6, 7].map((at) => `${copy(at)}; ${read(at)}; ${copy(8 * at)}`).join('; ')
  const counts = new Set<number>()
  for (let limit = 30; limit < 500; limit += 10) {
    const [func] = parseFuncs(`f0(l0: ref, l1: i32) [words]\n${body}; return`)
    const funcs = split(func!, limit)
    counts.add(funcs.length)
    for (const text of funcs.map((each) => funcText(each))) {
      const pairs = text.match(/(t\d+) = array\.get.*\s*if \(is_missing\(\1\)/g) ?? []
      expect(text.match(/= array\.get/g) ?? []).toHaveLength(pairs.length)
    }
  }
  expect(counts.size).toBeGreaterThan(2)
})
