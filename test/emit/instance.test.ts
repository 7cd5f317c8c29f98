// An output carries what its module can need of tables and references, and no more.

import { describe, expect, test } from 'vitest'
import { table_limit } from '../../runtime/table.ts'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

const code = (text: string): string => compile(wat(`(module ${text})`)).code

describe('a table', () => {
  test('that nothing uses is not made', () => {
    expect(code('(table 2 2 funcref)')).not.toContain('table_new')
    expect(code('(table 2 2 funcref) (func (export "f") (result i32) (table.size 0))')).toContain('table_new')
    expect(code('(table (export "t") 2 2 funcref)')).toContain('table_new')
    expect(code('(table 2 2 funcref) (func $f) (elem (i32.const 1) $f)')).toContain('table_new')
  })

  test('that cannot be made is an error, used or not', () => {
    expect(code(`(table ${table_limit()} funcref)`)).not.toContain('table_new')
    expect(code(`(table ${table_limit() + 1} funcref)`)).toContain('table_new')
  })

  test('has variables of its elements only where functions are called through it', () => {
    expect(code('(table (export "t") 1 funcref)')).not.toContain('t0_elems')
    expect(code('(table 1 funcref) (func (export "f") (call_indirect (i32.const 0)))')).toContain('t0_elems')
  })
})

describe('an active segment without elements', () => {
  test.each([
    ['in bounds', '(table 2 3 funcref)', 2, false],
    ['in bounds of any table that is imported', '(import "m" "t" (table 2 funcref))', 2, false],
    ['where the table may end before', '(import "m" "t" (table 2 funcref))', 3, true],
    ['out of bounds', '(table 2 3 funcref)', 3, true],
    ['out of bounds by its sign', '(table 2 3 funcref)', -1, true],
  ])('%s', (_, table, offset, isThere) => {
    const text = code(`${table} (elem (i32.const ${offset}))`)
    expect(text.includes('table_init(')).toBe(isThere)
  })
})

describe('a function that is only referred to', () => {
  const table = '(table 1 funcref) (func $f (param f64)) (elem (i32.const 0) $f)'
  const call = '(func (export "call") (call_indirect (param f64) (f64.const 1) (i32.const 0)))'

  test('gets no wrapper as long as references stay in the module', () => {
    expect(code(`${table} ${call}`)).toContain('func_type("d\\u003e",null)')
  })

  test.each([
    ['an exported table', '(export "t" (table 0))'],
    ['a function that returns references', '(func (export "get") (result funcref) (table.get 0 (i32.const 0)))'],
    ['a function that takes them', '(func (export "set") (param funcref))'],
    ['an exported global', '(global (export "g") funcref (ref.func $f))'],
  ])('gets one where they may leave by %s', (_, way) => {
    expect(code(`${table} ${call} ${way}`)).toContain('func_type("d\\u003e",f=>p0=>{')
  })
})
