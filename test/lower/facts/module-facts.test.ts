// What functions may do, all that they call included.

import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/1-decode/decode.ts'
import { effectsText } from '../../../src/3-ir/notation.ts'
import { findModuleFacts } from '../../../src/4-lower/facts/module-facts.ts'
import { GROWS } from '../../../src/4-lower/facts/scan.ts'
import { wat } from '../../wat.ts'

/** What is known of function `$f`, the last one, and of the type of index 0. */
function factsOf(source: string) {
  const module = decode(wat(source))
  const { funcs, types } = findModuleFacts(module)
  const last = module.funcs.length - 1
  const shown = (effects: number): string => effectsText(effects & ~GROWS) + (effects & GROWS ? ' grows' : '')
  const globals = (bits: number): number[] => module.globals.map((_, i) => i).filter((i) => bits & (1 << i))
  return {
    effects: shown(funcs.effects[last]!),
    changes: globals(funcs.changes[last]!),
    typeEffects: shown(types.effects[0]!),
    typeChanges: globals(types.changes[0]!),
  }
}

describe('effects', () => {
  test.each([
    ['nothing', '', '{pure}'],
    ['an operation that traps', '(drop (i32.div_s (local.get 0) (local.get 0)))', '{traps}'],
    ['a load', '(drop (i32.load (local.get 0)))', '{reads-memory traps}'],
    ['a store', '(i32.store8 (local.get 0) (local.get 0))', '{writes-memory traps}'],
    ['the size of a memory', '(drop (memory.size))', '{reads-memory}'],
    ['growth', '(drop (memory.grow (local.get 0)))', '{reads-memory writes-memory} grows'],
    ['a global', '(global.set 0 (global.get 1))', '{reads-global writes-global}'],
    ['a table', '(table.set 0 (local.get 0) (ref.null func))', '{reads-table writes-table traps}'],
    ['a function that it calls', '(call $store)', '{writes-memory traps}'],
    ['through a function that calls itself', '(call $again)', '{reads-memory writes-memory traps} grows'],
    ['a tail call', '(return_call $grow)', '{reads-memory writes-memory} grows'],
    ['an indirect call, of its type only', '(call_indirect (local.get 0))', '{writes-memory traps}'],
  ])('%s', (_, body, expected) => {
    const { effects } = factsOf(`(module
      (memory 1) (table 2 funcref) (elem (i32.const 0) $store $load)
      (global (mut i32) (i32.const 0)) (global (mut i32) (i32.const 0))
      (func $store (i32.store (i32.const 0) (i32.const 0)))
      (func $load (result i32) (i32.load (i32.const 0)))
      (func $grow (drop (memory.grow (i32.const 1))))
      (func $again (call $store) (call $other))
      (func $other (call $again) (call $grow))
      (func $f (param i32) ${body}))`)
    expect(effects).toBe(expected)
  })

  const IMPORT = '(import "m" "i" (func $i))'

  test('an import may only leave where it has nothing to reach', () => {
    const { effects } = factsOf(`(module ${IMPORT} (memory 1) (func $f (call $i)))`)
    expect(effects).toBe('{traps throws}')
  })

  test('an import reaches what is exported', () => {
    const { effects, changes } = factsOf(`(module ${IMPORT} (memory (export "m") 1) (table (export "t") 1 funcref)
      (global (mut i32) (i32.const 0)) (global (export "g") (mut i32) (i32.const 0)) (func $f (call $i)))`)
    const state = 'reads-memory writes-memory reads-global writes-global reads-table writes-table'
    expect(effects).toBe(`{${state} traps throws} grows`)
    expect(changes).toEqual([1])
  })

  test('an import reaches what exported functions do', () => {
    const { effects } = factsOf(`(module ${IMPORT} (memory 1)
      (func $e (export "e") (drop (memory.grow (i32.const 1)))) (func $f (call $i)))`)
    expect(effects).toBe('{reads-memory writes-memory traps throws} grows')
  })

  test('references go to it and come from it by a parameter', () => {
    const { effects, typeEffects } = factsOf(`(module (type (func)) (import "m" "i" (func $i (param funcref)))
      (memory 1) (table 1 funcref) (elem (i32.const 0) $g)
      (func $g (i32.store (i32.const 0) (i32.const 0))) (func $f (call $i (ref.null func))))`)
    expect(effects).toBe('{writes-memory traps throws}')
    expect(typeEffects).toBe('{writes-memory traps throws}')
  })

  test('imports in a table are what is called through it', () => {
    const { typeEffects } = factsOf(`(module (type (func)) ${IMPORT} (table 1 funcref) (elem (i32.const 0) $i))`)
    expect(typeEffects).toBe('{traps throws}')
  })

  test('equal types are one', () => {
    const { effects } = factsOf(`(module (type $a (func)) (type $b (func)) (memory 1) (table 1 funcref)
      (elem (i32.const 0) $g) (func $g (type $a) (drop (memory.size)))
      (func $f (call_indirect (type $b) (i32.const 0))))`)
    expect(effects).toBe('{reads-memory}')
  })

  test('code that cannot be read may do everything', () => {
    const bytes = wat('(module (global (mut i32) (i32.const 0)) (func (global.set 0 (i32.const 1))))')
    // global.set becomes an opcode that there is not.
    bytes[bytes.indexOf(0x24)] = 0xff
    const { funcs } = findModuleFacts(decode(bytes))
    expect([funcs.effects[0], funcs.changes[0]]).toEqual([0x7ff, -1])
  })
})

describe('globals that a function leaves as they were', () => {
  /** @returns the globals that $f may change, with functions that change global 0 or do not */
  const changes = (body: string): number[] =>
    factsOf(`(module (import "m" "i" (func $i)) (memory 1)
      (global (mut i32) (i32.const 65536)) (global (mut i32) (i32.const 0)) (global (mut i64) (i64.const 0))
      (func $change (export "change") (global.set 0 (i32.const 5)))
      (func $nothing)
      (func $f (param $x i32) (local $p i32) (local $q i32) ${body}))`).changes

  const DOWN = '(global.set 0 (local.tee $p (i32.sub (global.get 0) (i32.const 16))))'
  const UP = '(global.set 0 (i32.add (local.get $p) (i32.const 16)))'

  test.each([
    ['a frame of C', `${DOWN} (i32.store (local.get $p) (i32.const 1)) ${UP}`],
    ['around calls of what changes it', `${DOWN} (call $change) (call $i) ${UP}`],
    ['the constant first', `${DOWN} (global.set 0 (i32.add (i32.const 16) (local.get $p)))`],
    [
      'of a size that is not known',
      `(local.set $p (global.get 0)) (global.set 0 (i32.sub (local.get $p) (local.get $x)))
       (call $change) (global.set 0 (local.get $p))`,
    ],
    [
      'without a local',
      `(global.set 0 (i32.sub (global.get 0) (i32.const 4))) (call $nothing)
       (global.set 0 (i32.add (global.get 0) (i32.const 4)))`,
    ],
    ['on two ways', `${DOWN} (if (local.get $x) (then ${UP} (return))) (call $nothing) ${UP}`],
    ['on some ways', `(if (local.get $x) (then ${DOWN} ${UP}) (else (call $nothing)))`],
    ['behind a loop', `${DOWN} (loop (call $change) (br_if 0 (local.get $x))) ${UP}`],
    ['in a loop', `(loop ${DOWN} (call $nothing) ${UP} (br_if 0 (local.get $x)))`],
    ['out of a table of branches', `${DOWN} (block (block (br_table 0 1 0 (local.get $x))) (call $nothing)) ${UP}`],
    ['not where it traps', `(if (local.get $x) (then ${DOWN} (unreachable)))`],
    ['not where it never returns', `${DOWN} (loop (br 0))`],
    ['behind a tail call of what leaves it alone', `${DOWN} ${UP} (return_call $nothing)`],
  ])('%s', (_, body) => {
    expect(changes(body)).toEqual([])
  })

  test.each([
    ['it is set', '(global.set 0 (local.get $x))', [0]],
    ['to a constant', '(global.set 0 (i32.const 65536))', [0]],
    ['to another global', '(global.set 0 (global.get 1))', [0]],
    ['it is moved', '(global.set 0 (i32.sub (global.get 0) (i32.const 16)))', [0]],
    ['by another number', `${DOWN} (global.set 0 (i32.add (local.get $p) (i32.const 12)))`, [0]],
    ['the other way', `${DOWN} (global.set 0 (i32.sub (local.get $p) (i32.const 16)))`, [0]],
    ['one way does not restore it', `${DOWN} (if (local.get $x) (then (return))) ${UP}`, [0]],
    ['one way does not restore it at the end', `${DOWN} (if (local.get $x) (then ${UP}))`, [0]],
    ['one way moves it twice', `(if (local.get $x) (then ${DOWN})) ${DOWN} ${UP}`, [0]],
    ['a branch leaves before', `(block ${DOWN} (br_if 0 (local.get $x)) ${UP})`, [0]],
    ['the local is set', `${DOWN} (local.set $p (local.get $x)) ${UP}`, [0]],
    ['the local may be set', `${DOWN} (if (local.get $x) (then (local.set $p (i32.const 1)))) ${UP}`, [0]],
    ['the local is set in a loop', `${DOWN} (loop (local.set $p (local.get $x)) (br_if 0 (local.get $x))) ${UP}`, [0]],
    ['the local was set after a change', `(call $change) ${DOWN} ${UP}`, [0]],
    [
      'it is moved in a loop',
      `(loop (global.set 0 (i32.sub (global.get 0) (i32.const 4))) (br_if 0 (local.get $x)))`,
      [0],
    ],
    [
      'a change in the middle, without a local',
      `(global.set 0 (i32.sub (global.get 0) (i32.const 4))) (call $change) (global.set 0 (i32.add (global.get 0) (i32.const 4)))`,
      [0],
    ],
    [
      'a change in a loop around it, without a local',
      `(loop (global.set 0 (i32.sub (global.get 0) (i32.const 4))) (global.set 0 (i32.add (global.get 0) (i32.const 4)))
        (call $change) (br_if 0 (local.get $x)))`,
      [0],
    ],
    ['a call behind it', `${DOWN} ${UP} (call $change)`, [0]],
    ['a tail call', `${DOWN} ${UP} (return_call $change)`, [0]],
    ['an import, which may call what is exported', `${DOWN} ${UP} (call $i)`, [0]],
    [
      'another operand in between',
      `${DOWN} (global.set 0 (i32.add (local.get $p) (i32.mul (i32.const 16) (local.get $x))))`,
      [0],
    ],
    ['another global', `${DOWN} ${UP} (global.set 1 (i32.const 3))`, [1]],
    ['a global of another type', `${DOWN} ${UP} (global.set 2 (i64.const 3))`, [2]],
  ])('not where %s', (_, body, expected) => {
    expect(changes(body)).toEqual(expected)
  })

  test('an import may leave an exported function in its middle', () => {
    const facts = (f: string): number[] =>
      factsOf(`(module (import "m" "i" (func $i)) (global (mut i32) (i32.const 0))
        (func $frame (export "frame") (local $p i32) ${DOWN} (call $i) ${UP}) (func $f ${f}))`).changes
    expect(facts('(call $frame)')).toEqual([])
    expect(facts('(call $i)')).toEqual([0])
  })

  test('the globals behind the first 31 are one', () => {
    const globals = '(global (mut i32) (i32.const 0))'.repeat(40)
    const { funcs } = findModuleFacts(
      decode(
        wat(
          `(module ${globals} (func (local $p i32) (global.set 35 (i32.const 1))) (func (global.set 30 (i32.const 1))))`,
        ),
      ),
    )
    expect([...funcs.changes]).toEqual([1 << 31, 1 << 30])
  })
})
