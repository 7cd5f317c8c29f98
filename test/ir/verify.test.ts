// What is no function of the IR is refused, with the rule that it breaks: hand-written ones, and what broken passes would make.

import { describe, expect, test } from 'vitest'
import type { Func, Label, SetReg, Stmt } from '../../src/3-ir/ir.ts'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { verify } from '../../src/3-ir/verify.ts'
import { forEachRead, forEachStmt, rewrite } from '../../src/3-ir/walk.ts'
import { generate } from '../fuzz/generate.ts'
import { lookAtFunctions } from './functions.ts'

const GOOD = `f0(l0: i32, l1: f64) -> i32 [words, 40 registers, 12 labels]
  var l2/1: i32
  reg t13: f64
  t10 = i32.load(l0+4)
  i32.store(l0+8, t10)
  block 1 {
    loop 2 {
      if (l2) {
        br 2
      } else {
        br 1
      }
    }
  }
  t11, t12 = f3(l0, l1)
  t13 = f64.add(l1, 1.0)
  switch (t11) {
    0:
      return t12
    else:
      l2 = add(l2, f64.lt(t13, l1))
  }
  return add(t10, l2)
`

test('a good function passes', () => expect(() => verify(parse(GOOD))).not.toThrow())

describe('a function is refused', () => {
  const CASES: readonly [rule: string, before: string, after: string, says: RegExp][] = [
    ['a set is dropped', '  t10 = i32.load(l0+4)\n', '', /t10 is read, but not set on every way/],
    [
      'a set is in one arm only',
      't13 = f64.add(l1, 1.0)',
      'if (l0) {\n  t13 = f64.add(l1, 1.0)\n} else {}',
      /t13 is read/,
    ],
    ['a read comes before its set', 'i32.store(l0+8, t10)', 'i32.store(l0+8, t11)', /t11 is read/],
    ['a label is defined twice', 'loop 2 {', 'loop 1 {', /label/],
    ['a branch leaves for a label that is not around it', 'return t12', 'br 2', /label|target/],
    ['an operand has another type', 'add(t10, l2)', 'add(t10, l1)', /operand 1 is f64, not i32/],
    ['an operand is missing', 'f64.add(l1, 1.0)', 'f64.add(l1)', /1 operands, not 2/],
    ['a register takes another type', 't13 = f64.add(l1, 1.0)', 't11 = f64.add(l1, 1.0)', /type|is f64/],
    ['a condition is no i32', 'if (l2)', 'if (l1)', /operand 0 is f64, not i32/],
    ['a stored value has another type', 'i32.store(l0+8, t10)', 'i32.store(l0+8, l1)', /operand 1 is f64, not i32/],
    ['a result has another type', 'return t12', 'return l1', /operand 0 is f64, not i32/],
    ['a result is missing', 'return t12', 'return', /operands/],
    ['a call comes after the load around it', 'i32.load(l0+4)', 'i32.load(f4(l0)+4)', /too late or too early/],
    ['a load is in an arm', 'add(t10, l2)', '(l0 ? i32.load(l0+0) : l2)', /too late or too early/],
    ['a register is beyond those made', '40 registers', '13 registers', /register 13 of 13/],
    ['a label is beyond those made', '12 labels', '2 labels', /label 2 of 2/],
    ['an i64 is left behind legalize', 't13 = f64.add(l1, 1.0)', 't13 = f64.convert_i64_s(5n)', /type i64 in stage/],
  ]
  test.each(CASES)('if %s', (_, before, after, says) => {
    expect(GOOD.split(before).length).toBeGreaterThan(1)
    expect(() => verify(parse(GOOD.replace(before, after)))).toThrow(says)
  })
})

/** Functions as they are after each pass. */
function functions(): Func[] {
  const found: Func[] = []
  for (let seed = 1; seed <= 6; seed++) lookAtFunctions(generate(seed, 60).bytes, {}, (func) => found.push(func))
  return found
}

/** The function after a broken pass; undefined: there is nothing in it to break. */
type Break = (func: Func) => Func | undefined

const without =
  (chosen: Stmt | undefined): Break =>
  (func) =>
    chosen && rewrite(func, { list: (list) => list.filter((stmt) => stmt !== chosen) })

/** A temporary that one statement sets and the one behind it reads. */
const dropSet: Break = (func) => {
  let found: SetReg | undefined
  let last: Stmt | undefined
  const sets = new Map<number, number>()
  forEachStmt(func.body, ({ regs }) => regs.forEach(({ id }) => sets.set(id, (sets.get(id) ?? 0) + 1)))
  const see = (stmt: Stmt): void => {
    const set = last
    last = stmt
    if (set?.kind !== 'set' || set.reg.local !== undefined || sets.get(set.reg.id) !== 1) return
    for (const arg of stmt.args)
      forEachRead(arg, (reg) => {
        if (reg === set.reg) found ??= set
      })
  }
  rewrite(func, {
    list: (list) => {
      last = undefined
      list.forEach(see)
      return list
    },
  })
  return without(found)(func)
}

/** The second of two labels becomes the first. */
const joinLabels: Break = (func) => {
  const labels: Label[] = []
  forEachStmt(func.body, (stmt) => labels.push(...stmt.labels))
  if (labels.length < 2) return undefined
  const [one, two] = labels.map(({ id }) => id) as [number, number]
  const text = funcText(func).replaceAll(new RegExp(`\\b(block|loop|if|br) ${two}\\b`, 'g'), `$1 ${one}`)
  return text === funcText(func) ? undefined : parse(text)
}

/** The first addition on i32 becomes one on f64. */
const changeType: Break = (func) => {
  const text = funcText(func)
  const made = text.replace(/(?<![.\w])add\(/, 'f64.add(')
  return made === text ? undefined : parse(made)
}

describe('after a broken pass', () => {
  const PASSES: readonly [name: string, pass: Break][] = [
    ['that drops a set', dropSet],
    ['that defines a label twice', joinLabels],
    ['that changes a type', changeType],
  ]
  test.each(PASSES)('%s, every function is refused', (_, pass) => {
    let broken = 0
    for (const func of functions()) {
      const made = pass(func)
      if (made === undefined) continue
      broken++
      expect(() => verify(made), funcText(made)).toThrow()
    }
    expect(broken).toBeGreaterThan(20)
  })
})
