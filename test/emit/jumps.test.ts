// What branches are printed as, and where control comes out of what is printed.

import { describe, expect, test } from 'vitest'
import { i32, regRead } from '../../src/3-ir/expressions.ts'
import type { Label, Reg, Stmt } from '../../src/3-ir/ir.ts'
import * as ir from '../../src/3-ir/statements.ts'
import { run } from '../compile/load.ts'
import { wat } from '../wat.ts'
import { planned } from './plan.ts'

const [a, b, c, d, e] = [0, 1, 2, 3, 4].map(ir.newLabel) as [Label, Label, Label, Label, Label]
const x: Reg = { id: 0, type: 'i32', local: 0 }

const br = (label: Label): Stmt => ir.branch(label, 0)
const set = (value: number): Stmt => ir.setReg(x, i32(value), 0)
const block = (label: Label, ...body: Stmt[]): Stmt => ir.block(label, body, 0)
const loop = (label: Label, ...body: Stmt[]): Stmt => ir.loop(label, body, 0, true)
const once = (label: Label, ...body: Stmt[]): Stmt => ir.loop(label, body, 0)
const when = (then: Stmt[], otherwise: Stmt[] = [], label?: Label): Stmt =>
  ir.choice(regRead(x), label, then, otherwise, 0)
const switchOn = (...bodies: Stmt[][]): Stmt => {
  const cases = bodies.map((body, i) => ({ indices: i < bodies.length - 1 ? [i] : [], body }))
  return ir.switchOn(regRead(x), cases, 0)
}
const dispatch = (...segments: [label: Label, body: Stmt[], also?: Label[]][]): Stmt => {
  const made = segments.map(([label, body, also = []]) => ({ label, also, body, handler: undefined }))
  return ir.dispatch(x, made, 0)
}
const leave = ir.giveBack([], 0)

const check = (_: string, body: readonly Stmt[], text: string): void => expect(planned(body)).toBe(text)

describe('a branch', () => {
  test.each<[name: string, body: readonly Stmt[], text: string]>([
    ['to where control goes anyhow is nothing', [block(a, set(1), br(a))], '{ l0 = 1 }'],
    ['out of a block says its name', [block(a, when([br(a)]), set(1))], 'L0: { if { break L0; ! }; l0 = 1 }'],
    [
      'out of a labelled if does too',
      [when([when([br(a)]), set(1)], [set(2)], a)],
      'L0: { if { if { break L0; ! }; l0 = 1 } else { l0 = 2 } }',
    ],
    [
      'out of a switch is a plain break',
      [block(a, switchOn([when([br(a)]), set(1)], [set(2)]))],
      '{ switch { if { break; ! }; l0 = 1; BREAK | l0 = 2 } }',
    ],
    [
      'out of a block that ends with the switch around it is one too',
      [block(a, switchOn([block(b, when([br(b)]), set(1))], []))],
      '{ switch { { if { break; ! }; l0 = 1 }; BREAK |  } }',
    ],
    [
      'to the start of the loop around is a plain continue',
      [loop(a, when([br(a)]), set(1))],
      'endless { if { continue; ! }; l0 = 1 }; !',
    ],
    [
      'to the end of the loop body is one too',
      [loop(a, block(b, switchOn([br(b)], [set(1)]), set(2)))],
      'endless { { switch { continue; ! | l0 = 1 }; l0 = 2 } }; !',
    ],
    [
      'to the start of an outer loop says its name',
      [loop(a, loop(b, set(1), when([br(a)]), set(2)), set(3))],
      'L0: endless { endless { l0 = 1; if { continue L0; ! }; l0 = 2 }; l0 = 3; ! }; !',
    ],
    [
      'out of a loop inside a switch says the name of the switch',
      [block(a, switchOn([loop(b, set(1), when([br(a)]), set(2)), set(3)], [])), set(4)],
      '{ L0: switch { endless { l0 = 1; if { break L0; ! }; l0 = 2 }; l0 = 3; ! |  } }; l0 = 4',
    ],
    ['at the end of the function is nothing', [block(a, when([leave], [br(a)]))], '{ if {  } else {  } }'],
  ])('%s', check)

  test('to a label that is not around is refused', () => {
    expect(() => planned([block(a, set(1)), block(b, br(c))])).toThrow('not around')
  })
})

describe('a case', () => {
  const inner = switchOn([when([br(a)]), br(b)], [br(b)])

  test.each<[name: string, body: readonly Stmt[], text: string]>([
    [
      'needs a break behind a switch that a break in the middle of a case leaves',
      [block(b, block(a, switchOn([inner], [set(1)])), set(2))],
      'L0: { { switch { switch { if { break; ! }; break L0; ! | break L0; ! }; BREAK | l0 = 1 } }; l0 = 2 }',
    ],
    [
      'needs one behind a loop that is left',
      [block(a, switchOn([loop(b, set(1), when([br(a)]), set(2))], [set(3)]))],
      '{ switch { endless { l0 = 1; if { break; ! }; l0 = 2 }; BREAK | l0 = 3 } }',
    ],
    [
      'needs none behind a loop that is not',
      [block(a, switchOn([loop(b, set(1), when([leave]), set(2))], [set(3)]))],
      '{ switch { endless { l0 = 1; if { return; ! }; l0 = 2 }; ! | l0 = 3 } }',
    ],
    [
      'needs one behind a block that is left by its name',
      [switchOn([block(a, loop(b, set(1), when([br(a)]), set(2)), leave)], []), set(3)],
      'switch { L0: { endless { l0 = 1; if { break L0; ! }; l0 = 2 }; return; ! }; BREAK |  }; l0 = 3',
    ],
    [
      'needs none behind a return',
      [switchOn([set(1), leave], [set(2)]), set(3)],
      'switch { l0 = 1; return; ! | l0 = 2 }; l0 = 3',
    ],
  ])('%s', check)
})

describe('a loop', () => {
  const exit = when([br(a)])

  test.each<[name: string, body: readonly Stmt[], text: string]>([
    ['is left in its head', [block(a, loop(b, exit, set(1))), set(2)], '{ head { l0 = 1 } }; l0 = 2'],
    ['is left in its foot', [block(a, loop(b, set(1), exit)), set(2)], '{ foot { l0 = 1 } }; l0 = 2'],
    [
      'has no foot where it is continued',
      [block(a, loop(b, when([br(b)]), set(1), exit)), set(2)],
      '{ endless { if { continue; ! }; l0 = 1; if { break; ! } } }; l0 = 2',
    ],
    ['that runs once is left at its end', [once(b, when([br(b)])), set(1)], 'once { if { continue; ! } }; l0 = 1'],
  ])('%s', check)

  test('keeps a condition that something has to stand behind', () => {
    const printing = { isMoot: () => false, isPinned: () => true }
    expect(planned([block(a, loop(b, exit, set(1)))], printing)).toBe('{ endless { if { break; ! }; l0 = 1 } }')
  })
})

describe('a dispatch', () => {
  const table = switchOn([br(b)], [br(c)], [br(d)], [br(e)], [br(a)])
  test.each<[name: string, body: readonly Stmt[], text: string]>([
    [
      'has segments that fall into each other',
      [dispatch([a, [set(1), br(b)]], [b, [set(2), when([br(a)])]])],
      'dispatch { l0 = 1 | l0 = 2; if { state = 0; continue; ! } }',
    ],
    [
      'has segments that find the state set',
      [dispatch([a, [set(1), br(b)]], [b, [set(2)], [c]])],
      'dispatch { l0 = 1; state = 1; continue; ! | l0 = 2 }',
    ],
    [
      'is left by a plain break',
      [block(c, dispatch([a, [when([br(c)]), set(1)]], [b, [set(2), br(a)]])), set(3)],
      '{ dispatch { if { break; ! }; l0 = 1 | l0 = 2; state = 0; continue; ! } }; l0 = 3',
    ],
    [
      'computes the state where a table lists its segments',
      [dispatch([a, [table]], [b, [set(1)]], [c, [set(2)]], [d, [set(3)]], [e, [set(4)]])],
      'dispatch { state = 1 + index or 0; continue; ! | l0 = 1 | l0 = 2 | l0 = 3 | l0 = 4 }',
    ],
    [
      'has a table of branches where it does not',
      [dispatch([a, [switchOn([br(a)], [br(c)], [br(b)])]], [b, [set(1)]], [c, [set(2)]])],
      'dispatch { switch { state = 0; continue; ! | state = 2; continue; ! |  } | l0 = 1 | l0 = 2 }',
    ],
  ])('%s', check)
})

test('statements that are printed as nothing do not count', () => {
  const printing = { isMoot: (stmt: Stmt) => stmt.kind === 'set', isPinned: () => false }
  expect(planned([block(a, switchOn([when([br(a)])], []), set(1))], printing)).toBe('{ switch { if {  }; BREAK |  } }')
})

/** Ways that meet behind two switches, one inside the other: f(1, 0, 1) must not call $t. */
const SWITCHES = `(module (import "m" "t" (func $t (param i32)))
  (func (export "f") (param i32 i32 i32) (result i32)
    (block $A (block $B (block $D (block $c1 (block $c0 (br_table $c0 $c1 $D (local.get 0)))
      (block $e0 (block $h1 (block $h0 (br_table $h0 $h1 $e0 (local.get 1))) (br_if $A (local.get 2)) (br $B))
        (br_if $A (local.get 2)) (br $B)) (br $A))
      (block $e (block $i1 (block $i0 (br_table $i0 $i1 $e (local.get 1))) (br_if $B (local.get 2)) (br $A))
        (br_if $B (local.get 2)) (br $A)) (br $A))
     (call $t (i32.const 1)) (br $A))
    (return (i32.const 200)))
    (i32.const 300)))`

type Switches = (x: number, y: number, z: number) => number

/** Results of all ways, and what was called on them. */
function ways(instantiate: (imports: WebAssembly.Imports) => { f: Switches }): unknown[] {
  const calls: unknown[] = []
  const { f } = instantiate({ m: { t: (x: number) => calls.push(x) } })
  const results = [0, 1, 2].flatMap((x) => [0, 1, 2].flatMap((y) => [0, 1].map((z) => f(x, y, z))))
  return [results, calls]
}

describe.each(['jit', 'interpreter'] as const)('switches inside each other, %s', (engine) => {
  test.each([0, 1, 2, 3] as const)('-O%i', (optimize) => {
    const bytes = wat(SWITCHES)
    const native = ways((imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports as never)
    expect(ways((imports) => run(bytes, imports, { engine, optimize }) as never)).toEqual(native)
  })
})
