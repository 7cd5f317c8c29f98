// Every operation of the IR says which instruction it is from, and after every pass that is an instruction that does what
// the operation does: a load is from a load, a division from a division, a call from a call of the same function.

import { describe, expect, test } from 'vitest'
import { TRAP } from '../../src/3-ir/effects.ts'
import { equal } from '../../src/3-ir/equal.ts'
import type { Expr } from '../../src/3-ir/expr.ts'
import { i32, load, operation } from '../../src/3-ir/expressions.ts'
import type { Func, Stmt } from '../../src/3-ir/ir.ts'
import { parse } from '../../src/3-ir/parse.ts'
import { locate, NOWHERE } from '../../src/3-ir/positions.ts'
import { giveBack } from '../../src/3-ir/statements.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { verify } from '../../src/3-ir/verify.ts'
import { forEachStmt } from '../../src/3-ir/walk.ts'
import { generate } from '../fuzz/generate.ts'
import { wat } from '../wat.ts'
import { lookAtFunctions } from './functions.ts'
import { type Found, instructionsOf } from './instructions.ts'
import { checkRoundTrip } from './round-trip.ts'

/** `div` for all divisions. */
const familyOf = (name: string): string => name.replace(/^.*\./, '').replace(/_.*/, '')

/** Whether an operation may be from an instruction. */
function fits(e: Expr, { name, index }: Found): boolean {
  switch (e.kind) {
    case 'load':
      return /\.load/.test(name)
    case 'call':
      return e.version.kind === 'part' || (/^(return_)?call$/.test(name) && index === e.func)
    case 'call_indirect':
      return /^(return_)?call_indirect$/.test(name) && index === e.typeIndex
    case 'global.get':
      return name === e.kind && index === e.global
    case 'ref.func':
      return name === e.kind && index === e.func
    case 'runtime':
      return name.replace('.', '_') === e.name
    case 'op':
      return (e.own & TRAP) === 0 || familyOf(e.op) === familyOf(name)
    default:
      return true
  }
}

const hasPosition = ({ kind }: Expr): boolean => kind !== 'reg' && kind !== 'const'

/** The operations of a statement that are from no instruction, or from one that does something else. */
function misplacedIn(stmt: Stmt, instructions: ReadonlyMap<number, Found>): Expr[] {
  const misplaced = (e: Expr): Expr[] => {
    const found = instructions.get(e.at)
    const isRight = hasPosition(e) ? found !== undefined && fits(e, found) : e.at === NOWHERE
    return [...(isRight ? [] : [e]), ...e.args.flatMap(misplaced)]
  }
  return stmt.args.flatMap(misplaced)
}

function checkPositions(bytes: Uint8Array, engine: 'jit' | 'interpreter'): void {
  const instructions = instructionsOf(bytes)
  const look = (func: Func, pass: string): void => {
    forEachStmt(func.body, (stmt) => {
      // What is read at the start of a function, for all of it.
      if (stmt.at === NOWHERE) return
      for (const e of misplacedIn(stmt, instructions))
        expect.fail(
          `after ${pass}: @${e.at}: ${instructions.get(e.at)?.name}\n${funcText({ ...func, body: [stmt] }, { at: true })}`,
        )
      if (stmt.kind === 'store') expect(instructions.get(stmt.at)!.name).toMatch(/\.store/)
    })
    checkRoundTrip(func)
  }
  for (const i64 of ['both', 'bigint'] as const) lookAtFunctions(bytes, { engine, optimize: 3, i64 }, look)
}

const EVERYTHING = wat(`(module
  (memory 1) (table 2 funcref) (type $t (func (param i32) (result i32)))
  (global $g (mut i32) (i32.const 0)) (global $h (mut i64) (i64.const 0))
  (func $small (param i32) (result i32) (i32.add (i32.load offset=4 (local.get 0)) (i32.const 1)))
  (func $two (param i64) (result i64 i32) (i64.div_s (local.get 0) (i64.const 7)) (i32.const 1))
  (func (export "f") (param i32 i64 f64) (result i64) (local i64)
    (i32.store (i32.load (local.get 0))
      (i32.add (i32.load8_u (local.get 0)) (i32.div_u (i32.load16_s offset=2 (local.get 0)) (i32.load (i32.const 8)))))
    (local.set 3 (i64.add (i64.load (local.get 0)) (i64.rem_u (local.get 1) (i64.load offset=8 (local.get 0)))))
    (local.set 3 (i64.mul (i64.shr_u (local.get 3) (i64.const 3)) (i64.trunc_f64_s (local.get 2))))
    (loop (global.set $g (i32.add (global.get $g) (call $small (i32.shr_u (global.get $g) (i32.const 1)))))
      (global.set $h (i64.add (global.get $h) (i64.load32_u (global.get $g))))
      (br_if 0 (i32.eqz (i32.lt_s (call_indirect (type $t) (global.get $g) (call $small (local.get 0))) (i32.const 3)))))
    (i64.store16 (i32.wrap_i64 (local.get 3)) (i64.div_u (local.get 3) (i64.const 10)))
    (if (i64.eq (i64.load (local.get 0)) (i64.load offset=4 (local.get 0)))
      (then (drop (memory.grow (i32.trunc_f64_u (local.get 2))))))
    (call $two (local.get 3)) (drop)))`)

describe('operations are from instructions that do the same', () => {
  test.each(['jit', 'interpreter'] as const)('for the engine %s', (engine) => checkPositions(EVERYTHING, engine))

  test('in random modules', () => {
    for (let seed = 1; seed <= 4; seed++) checkPositions(generate(seed, 60).bytes, seed === 4 ? 'interpreter' : 'jit')
  })
})

describe('positions in a tree', () => {
  test('are given to what is new, once', () => {
    const inner = load('i32.load', 0, i32(4), 0)
    locate(inner, 5)
    const made = operation('i32.add', [operation('i32.mul', [inner, i32(3)]), i32(1)])
    const stmt = giveBack([made], 9)
    locate(made, 12)
    expect([made.at, made.args[0]!.at, inner.at, made.args[1]!.at]).toEqual([9, 9, 5, NOWHERE])
    expect(stmt.values[0]).toBe(made)
  })

  const TEXT = `f0(l0: i32) -> i32
  @20 t1 = @18 add(@12 i32.load(l0+0), i32.load(@17 add(l0, 4)+4))
  @21 f1()
  @24 @23 f2(@22 i32.load(l0+0))
  return @2 eqz(l0)
`

  test('are written where they are others than those around, and read again', () => {
    expect(funcText(parse(TEXT), { at: true })).toBe(TEXT.replace('  return', '  @0 return'))
    checkRoundTrip(parse(TEXT))
    expect(equal(parse(TEXT), parse(TEXT.replace('@17 ', '')), { at: true })).toBe(false)
    expect(equal(parse(TEXT), parse(TEXT.replace('@17 ', '')))).toBe(true)
    expect(funcText(parse(TEXT))).not.toContain('@')
  })

  test('are there where the verifier looks', () => {
    const func = parse(TEXT)
    expect(() => verify(func)).not.toThrow()
    const broken: { at: number } = func.body[0]!.args[0]!.args[1]!
    broken.at = NOWHERE
    expect(() => verify(func)).toThrow('a load without a position')
  })
})
