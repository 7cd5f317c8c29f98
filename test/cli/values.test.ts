import { expect, test } from 'vitest'
import { EXTERNREF, FUNCREF, type ValType } from '../../src/0-wasm/types.ts'
import { formatValue, parseValue } from '../../src/cli/values.ts'

test.each([
  ['i32', '-1', -1],
  ['i32', '4294967295', -1],
  ['i32', '-2147483648', -2147483648],
  ['i32', '0x7fff_ffff', 2147483647],
  ['i64', '-9223372036854775808', -9223372036854775808n],
  ['i64', '18446744073709551615', -1n],
  ['i64', '+0x10', 16n],
  ['f32', '1.5e3', 1500],
  ['f64', '.5', 0.5],
  ['f64', '-0', -0],
  ['f64', '-0x10', -16],
  ['f64', '-inf', Number.NEGATIVE_INFINITY],
  ['f64', 'NaN', Number.NaN],
  [EXTERNREF, 'text', 'text'],
  [EXTERNREF, 'null', null],
  [FUNCREF, 'null', null],
] as [ValType, string, unknown][])('%o: %s is read', (type, text, value) => {
  expect(parseValue(type, text)).toBe(value)
})

test.each([
  ['i32', '4294967296', '4294967296 is out of range for i32'],
  ['i32', '-2147483649', '-2147483649 is out of range for i32'],
  ['i32', '1.5', '"1.5" is no i32'],
  ['i32', '', '"" is no i32'],
  ['i64', '1n', '"1n" is no i64'],
  ['f64', 'one', '"one" is no f64'],
  ['f64', '', '"" is no f64'],
  ['v128', '0', 'v128 arguments cannot be given'],
  [FUNCREF, 'f', 'funcref arguments can only be null, not "f"'],
] as [ValType, string, string][])('%o: %s is refused', (type, text, message) => {
  expect(() => parseValue(type, text)).toThrow(message)
})

test.each([
  ['i32', -1, '-1'],
  ['i64', -1n, '-1'],
  ['f32', Math.fround(0.1), '0.1'],
  ['f32', Math.fround(16777217), '16777216'],
  ['f32', 1.401298464324817e-45, '1e-45'],
  ['f64', 0.1, '0.1'],
  ['f64', -0, '-0'],
  ['f64', Number.NaN, 'nan'],
  ['f32', Number.NEGATIVE_INFINITY, '-inf'],
  [EXTERNREF, null, 'null'],
  [EXTERNREF, Object.create(null), '[object Object]'],
  [FUNCREF, function seven() {}, 'function seven'],
] as [ValType, unknown, string][])('%o: %o is printed', (type, value, text) => {
  expect(formatValue(type, value)).toBe(text)
})
