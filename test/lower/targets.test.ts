// Calls through tables that never change, as direct calls: the IR, and that nobody can tell.

import { describe, expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { stmtsText } from '../../src/3-ir/text.ts'
import { findModuleFacts } from '../../src/4-lower/facts/module-facts.ts'
import { lowerFunction } from '../../src/4-lower/lower.ts'
import { IndirectTargets } from '../../src/4-lower/targets.ts'
import { bothEngines, errorName, instantiate, MODES } from '../ops/compare.ts'
import { wat } from '../wat.ts'

/** The IR of the last function. */
function lowered(source: string): string {
  const module = decode(wat(source))
  const targets = new IndirectTargets(module, findModuleFacts(module).tables)
  const callees = { inlinable: () => undefined, targets: targets.find, isPlainTail: () => false }
  return stmtsText(lowerFunction(module, module.funcs.length - 1, callees).func.body)
}

const TYPE = '(type $t (func (param i32) (result i32)))'
const FUNCS = '(func $a (type $t) (local.get 0)) (func $b (type $t) (i32.const 7)) (func $other)'
const CALLER = '(func (param $x i32) (result i32) (call_indirect (type $t) (i32.const 5) (local.get $x)))'
const DIRECT_A = 'if (eq(l0, 0)) { t1 = f0(5) } else { call_indirect_trap(table0, l0); trap unreachable }; return t1'
const SWITCH =
  'switch (l0) { 0: t1 = f0(5) | 1: t1 = f1(5) | else: call_indirect_trap(table0, l0); trap unreachable }; return t1'
const INDIRECT = 'return table0[l0: type0](5)'

describe('what stands there', () => {
  test.each([
    ['one function', '(table 5 funcref) (elem (i32.const 0) $a $other)', DIRECT_A],
    ['two functions', '(table 5 funcref) (elem (i32.const 0) $a $b $other)', SWITCH],
    [
      'a function in several places',
      '(table 9 funcref) (elem (i32.const 2) $a $b $a)',
      SWITCH.replace('0:', '2,4:').replace('1:', '3:'),
    ],
    ['the later segment counts', '(table 5 funcref) (elem (i32.const 0) $b) (elem (i32.const 0) $a)', DIRECT_A],
    [
      'a segment of another table',
      '(table 5 funcref) (table 5 funcref) (elem (i32.const 0) $a) (elem (table 1) (i32.const 0) $b)',
      DIRECT_A,
    ],
    [
      'a table that is read',
      '(table 5 funcref) (elem (i32.const 0) $a) (func $read (drop (table.get 0 (i32.const 0))))',
      DIRECT_A,
    ],
    [
      'segments that are dropped',
      '(table 5 funcref) (elem (i32.const 0) $a) (elem $s funcref) (func $drop (elem.drop $s))',
      DIRECT_A,
    ],
    ['none of the type', '(table 5 funcref) (elem (i32.const 0) $other)', INDIRECT],
    ['too many functions', '(table 5 funcref) (elem (i32.const 0) $a $b $c $d $e)', INDIRECT],
    ['in too many places', `(table 50 funcref) (elem (i32.const 0) ${'$a '.repeat(17)})`, INDIRECT],
    ['an imported function', '(table 5 funcref) (elem (i32.const 0) $i)', INDIRECT],
    ['an exported table', '(table (export "t") 5 funcref) (elem (i32.const 0) $a)', INDIRECT],
    ['an imported table', '(import "m" "t" (table 5 funcref)) (elem (i32.const 0) $a)', INDIRECT],
    [
      'an offset that is not known',
      '(import "m" "g" (global i32)) (table 5 funcref) (elem (global.get 0) $a)',
      INDIRECT,
    ],
    [
      'table.set',
      '(table 5 funcref) (elem (i32.const 0) $a) (func $w (table.set 0 (i32.const 0) (ref.null func)))',
      INDIRECT,
    ],
    [
      'table.grow',
      '(table 5 funcref) (elem (i32.const 0) $a) (func $w (drop (table.grow 0 (ref.func $a) (i32.const 1))))',
      INDIRECT,
    ],
    [
      'table.fill',
      '(table 5 funcref) (elem (i32.const 0) $a) (func $w (table.fill 0 (i32.const 0) (ref.func $a) (i32.const 1)))',
      INDIRECT,
    ],
    [
      'table.copy',
      '(table 5 funcref) (elem (i32.const 0) $a) (func $w (table.copy 0 0 (i32.const 0) (i32.const 1) (i32.const 1)))',
      INDIRECT,
    ],
    [
      'table.copy to another table',
      '(table 5 funcref) (table 5 funcref) (elem (i32.const 0) $a) (func $w (table.copy 1 0 (i32.const 0) (i32.const 1) (i32.const 1)))',
      DIRECT_A,
    ],
    [
      'table.init',
      '(table 5 funcref) (elem (i32.const 0) $a) (elem $s funcref (ref.func $b)) (func $w (table.init 0 $s (i32.const 0) (i32.const 0) (i32.const 1)))',
      INDIRECT,
    ],
  ])('%s', (_, table, ir) => {
    // Functions before the caller have the numbers that the texts say, without imports.
    const more = '(func $c (type $t) (i32.const 1)) (func $d (type $t) (i32.const 2)) (func $e (type $t) (i32.const 3))'
    const imports = table.includes('$i') ? '(import "m" "f" (func $i (type $t)))' : ''
    const imported = /\(import "m" "[tg]" .*?\)\)/.exec(table)?.[0] ?? ''
    expect(
      lowered(`(module ${TYPE} ${imports} ${imported} ${FUNCS} ${more} ${table.replace(imported, '')} ${CALLER})`),
    ).toBe(ir)
  })

  test('arguments are evaluated once, and before the index is looked at', () => {
    const caller =
      '(func (param $x i32) (result i32) (call_indirect (type $t) (i32.mul (local.get $x) (i32.const 3)) (i32.load (local.get $x))))'
    expect(lowered(`(module ${TYPE} (memory 1) ${FUNCS} (table 5 funcref) (elem (i32.const 0) $a $b) ${caller})`)).toBe(
      `t1 = i32.load(l0+0); t2 = mul(l0, 3); ${SWITCH.replaceAll('(5)', '(t2)').replaceAll('t1 = f', 't3 = f').replaceAll('l0', 't1').replace('return t1', 'return t3')}`,
    )
  })
})

/** A caller of each of these types, with every index. */
const TABLE = `(module
  (import "m" "note" (func $note (param i32) (result i32)))
  (memory (export "memory") 1)
  (type $one (func (param i32) (result i32)))
  (type $two (func (param i32 i64) (result i64)))
  (type $void (func (param f64)))
  (type $many (func (param i32) (result i32 i64 f32)))
  (table 12 funcref)
  (elem (i32.const 1) $a $b $c $d $e $f $a $g)
  (global $g (mut i32) (i32.const 0))
  (func $a (type $one) (i32.add (local.get 0) (i32.const 1)))
  (func $b (type $one) (i32.div_s (i32.const 100) (local.get 0)))
  (func $c (type $two) (i64.mul (i64.extend_i32_s (local.get 0)) (local.get 1)))
  (func $d (type $void) (global.set $g (i32.trunc_f64_s (local.get 0))))
  (func $e (type $many) (local.get 0) (i64.const -5) (f32.const 1.5))
  (func $f (type $many) (i32.const 4) (i64.extend_i32_s (local.get 0)) (f32.const -2))
  (func $g (type $two) (i64.sub (local.get 1) (call_indirect (type $two) (i32.const 3) (i64.const 9) (i32.const 3))))
  (func (export "one") (param $x i32) (param $i i32) (result i32)
    (i32.sub (call $note (i32.const 1)) (call_indirect (type $one) (call $note (local.get $x)) (call $note (local.get $i)))))
  (func (export "nested") (param $x i32) (param $i i32) (result i32)
    (call_indirect (type $one) (call_indirect (type $one) (local.get $x) (local.get $i)) (local.get $i)))
  (func (export "two") (param $x i32) (param $i i32) (result i64)
    (call_indirect (type $two) (local.get $x) (i64.extend_i32_u (local.get $x)) (local.get $i)))
  (func (export "void") (param $x i32) (param $i i32) (result i32)
    (global.get $g) (call_indirect (type $void) (f64.convert_i32_s (local.get $x)) (local.get $i)) (i32.add (global.get $g)))
  (func (export "many") (param $x i32) (param $i i32) (result f32)
    (local $p i32) (local $q i64) (local $f f32)
    (call_indirect (type $many) (local.get $x) (local.get $i)) (local.set $f) (local.set $q) (local.set $p)
    (f32.add (f32.convert_i64_s (local.get $q)) (f32.mul (local.get $f) (f32.convert_i32_s (local.get $p)))))
  (func (export "drop") (param $x i32) (param $i i32)
    (drop (call_indirect (type $one) (local.get $x) (local.get $i)))))`

/** V8 11 does not tell a null from a function of another type, V8 14 does in its own words. */
const meaningOf = ({ message }: Error): string => message.replace('null function or ', '')

test.each(MODES)('nobody can tell ($engine -O$optimize)', async (mode) => {
  const { native, ours } = await bothEngines(mode)
  const bytes = wat(TABLE)
  const outcomes = [native, ours].map((api) => {
    const seen: unknown[] = []
    const note = (x: number): number => {
      seen.push(x)
      return x
    }
    const exports = instantiate(api, bytes, { m: { note } }) as Record<string, (x: number, i: number) => unknown>
    for (const name of ['one', 'nested', 'two', 'void', 'many', 'drop']) {
      for (const index of [...Array(14).keys(), -1, -2147483648]) {
        for (const x of [0, 5, -7]) {
          try {
            seen.push(exports[name]!(x, index))
          } catch (error) {
            seen.push(errorName(api, error), meaningOf(error as Error))
          }
        }
      }
    }
    return seen
  })
  expect(outcomes[1]).toEqual(outcomes[0])
})

test('a table that is half filled when instantiation fails', async () => {
  const bytes = wat(`(module (import "m" "t" (table $t 1 funcref)) (table $own 2 funcref) (type $v (func (result i32)))
    (func $f (result i32) (call_indirect $own (type $v) (i32.const 0)))
    (func $g (type $v) (i32.const 7))
    (elem (table $t) (i32.const 0) func $f)
    (elem (table $t) (i32.const 5) func $f)
    (elem (table $own) (i32.const 0) func $g))`)
  for (const mode of MODES) {
    const { native, ours } = await bothEngines(mode)
    for (const api of [native, ours]) {
      const t = new api.Table({ element: 'anyfunc', initial: 1 })
      expect(() => instantiate(api, bytes, { m: { t } })).toThrow(api.RuntimeError)
      expect(() => (t.get(0) as () => number)()).toThrow(api.RuntimeError)
    }
  }
})
