// What a DataView does by itself is not done before: a store takes the low bits of integers and rounds floats.

import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

const MODULE = `(module (memory 1)
  (func (export "byte") (param $p i32) (i32.store8 offset=1 (local.get $p) (i32.load8_u (local.get $p))))
  (func (export "short") (param $p i32) (i32.store16 offset=1 (local.get $p) (i32.load8_u (local.get $p))))
  (func (export "rounded") (param $p i32) (param $x f32) (param $y f32)
    (f32.store (local.get $p) (f32.mul (f32.add (local.get $x) (local.get $y)) (local.get $y)))))`

const code = (options: object): string => compile(wat(MODULE), { format: 'esm', names: true, ...options }).code

test('a byte that is stored again has no mask', () => {
  expect(code({})).toMatch(/setInt8\(_p_0 \+ 1, [\w.]+\.getInt8\(_p_0\)\)/)
})

test('a byte that is stored in more bits has one', () => {
  expect(code({})).toMatch(/setInt16\(_p_0 \+ 1, [\w.]+\.getInt8\(_p_0\) & 255, true\)/)
})

test('a product that is stored is rounded by the store alone, its operands are not', () => {
  expect(code({})).toMatch(/setFloat32\(_p_0, fround\(_x_1 \+ _y_2\) \* _y_2, true\)/)
})

// V8 makes a call of an access whose operands have branches, be the code as optimised as it can.
const BRANCHES = `(module (memory 1)
  (func (export "address") (param $p i32) (param $x i32) (result i32)
    (i32.load offset=4 (select (i32.add (local.get $x) (i32.const 1)) (local.get $p) (local.get $p))))
  (func (export "value") (param $p i32) (param $x i32) (param $y i32)
    (i32.store offset=8 (local.get $p) (select (local.get $x) (i32.sub (local.get $p) (local.get $y)) (local.get $y))))
  (func (export "simple") (param $p i32) (param $x i32) (param $y i32)
    (i32.store (local.get $p) (select (local.get $x) (i32.const -1) (local.get $y)))))`

test('operands with branches are evaluated before the access, unless nothing is done on the way', () => {
  const { code } = compile(wat(BRANCHES), { format: 'esm', names: true, optimize: 1 })
  const bodies = [...code.matchAll(/^function f[0-2]\(.*\n((?: {2}.*\n)*)/gm)]
  expect(bodies.map(([, body]) => body)).toMatchInlineSnapshot(`
    [
      "  var c;
      return (c = ((_p_0 ? _x_1 + 1 : _p_0) >>> 0) + 4, D0.v.getInt32(c, true));
    ",
      "  var d, e;
      d = (_p_0 >>> 0) + 8;
      e = (_y_2 ? _x_1 : _p_0 - _y_2) | 0;
      D0.v.setInt32(d, e, true);
    ",
      "  D0.v.setInt32(_p_0, _y_2 ? _x_1 : -1, true);
    ",
    ]
  `)
})

test('for interpreters rounding stays: the runtime takes the bits of what it stores', () => {
  expect(code({ engine: 'interpreter' })).toMatch(/= fround\(fround\(_x_1 \+ _y_2\) \* _y_2\)/)
})
