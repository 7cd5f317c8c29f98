// What uses the i32 result of a call is told that it is one, for engines with a JIT.

import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

const MODULE = `(module (import "m" "f" (func $f (param i32) (result i32)))
  (func (export "branch") (result i32) (if (result i32) (call $f (i32.const 1)) (then (i32.const 5)) (else (i32.const 6))))
  (func (export "kept") (result i32) (local $x i32)
    (local.set $x (call $f (i32.const 2))) (i32.mul (local.get $x) (local.get $x)))
  (func (export "passed") (result i32) (call $f (call $f (i32.const 3)))))`

const code = (options: object): string => compile(wat(MODULE), { format: 'esm', ...options }).code

test('a result that decides or is kept becomes an int32', () => {
  expect(code({})).toMatch(/f0\(1\)\s*\|\s*0/)
  expect(code({})).toMatch(/f0\(2\)\s*\|\s*0/)
})

test('a result that is only handed on stays as it is', () => {
  expect(code({})).toMatch(/return f0\(f0\(3\)\)\s*[;}]/)
})

test('interpreters are spared the operation', () => {
  expect(code({ engine: 'interpreter' })).not.toMatch(/f0\(\d\)\s*\|\s*0/)
})
