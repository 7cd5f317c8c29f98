// What each plain instruction means in JavaScript. An instruction without a rule here is a call of the runtime function
// of the same name: `i64.div_s` -> `i64_div_s`. Operands come raw (build.ts); the result is raw too.
//
//   i32.lt_u    a >>> 0 < b >>> 0          f32.mul    fround(a * b)

import type * as es from 'estree'
import { bin, bitNot, call, cond, dot, id, int, type Node, neg, not, num, strip, sum, truth, u32 } from './build.ts'
import { both, equality } from './low-bits.ts'
import { WIDE_MEANINGS } from './wide.ts'

/** Calls a runtime function, which the output then carries. */
export type CallRuntime = (name: string, ...args: Node[]) => Node

export type Meaning = (runtime: CallRuntime, ...operands: Node[]) => Node

const infix =
  (operator: es.BinaryOperator, operand: (x: Node) => Node): Meaning =>
  (_, x, y) =>
    bin(operator, operand(x!), operand(y!))
const same = (x: Node): Node => x

/** Rounded to single precision after the operation, which double rounding does not change (Figueroa 1995). */
const rounded =
  (operator: es.BinaryOperator): Meaning =>
  (rt, x, y) =>
    rt('fround', bin(operator, x!, y!))

const math =
  (name: string): Meaning =>
  (_, ...operands) =>
    call(dot(id('Math'), name), operands)
const math32 =
  (name: string): Meaning =>
  (rt, ...operands) =>
    rt('fround', call(dot(id('Math'), name), operands))

const shift =
  (operator: es.BinaryOperator): Meaning =>
  (_, x, y) =>
    bin(operator, strip(x!), strip(y!))

/** The bits rotated out and in again; V8 sees one rotate in it. Operands are atoms. */
const rotate =
  (out: es.BinaryOperator, back: es.BinaryOperator): Meaning =>
  (_, x, y) => {
    const count = y!.type === 'Literal' ? Number(y!.value) & 31 : undefined
    const [by, rest] = count === undefined ? [y!, bin('-', num(32), y!)] : [num(count), num((32 - count) & 31)]
    return bin('|', bin(out, x!, by), bin(back, x!, rest))
  }

/** Division by a constant that is neither 0 nor -1 cannot trap. */
const divide =
  (name: string, operator: '/' | '%', operand: (x: Node) => Node): Meaning =>
  (rt, x, y) => {
    const [left, right] = [operand(x!), operand(y!)]
    return right.type === 'Literal' && Number(right.value) > 0
      ? bin('|', bin(operator, left, right), num(0))
      : rt(name, int(x!), int(y!))
  }

const extend =
  (bits: number): Meaning =>
  (_, x) =>
    bin('>>', bin('<<', strip(x!), num(bits)), num(bits))

const TWO_32 = 4294967296
const SIGN = 2147483648

/**
 * The high word of a sum of 64-bit products from its rounded double and its low word, plus one half. Each product and
 * each step of the sum is off by 2^10 to 2^14, and there are few, so the quotient is within 2^-13 of that half. The low
 * word as a signed number with its top bit changed is 2^31 less than the unsigned one: that is where the half is from.
 */
const highWord = (sum: Node, lo: Node): Node =>
  bin('*', bin('-', sum, bin('^', strip(lo), num(-SIGN))), num(1 / TWO_32))

export const MEANINGS: Readonly<Record<string, Meaning>> = {
  'i32.eqz': (_, x) => not(truth(x!)),
  // Of two numbers `==` says what `===` does.
  'i32.eq': (_, x, y) => equality('==', int(x!), int(y!)),
  'i32.ne': (_, x, y) => equality('!=', int(x!), int(y!)),
  'i32.lt_s': infix('<', int),
  'i32.lt_u': infix('<', u32),
  'i32.gt_s': infix('>', int),
  'i32.gt_u': infix('>', u32),
  'i32.le_s': infix('<=', int),
  'i32.le_u': infix('<=', u32),
  'i32.ge_s': infix('>=', int),
  'i32.ge_u': infix('>=', u32),
  // The zeros below the lowest one are ones in ~x & x - 1.
  'i32.ctz': (rt, x) => bin('-', num(32), rt('clz32', bin('&', bitNot(x!), bin('-', x!, num(1))))),
  'i32.clz': (rt, x) => rt('clz32', strip(x!)),
  'i32.add': (_, x, y) => sum('+', x!, y!),
  'i32.sub': (_, x, y) => sum('-', x!, y!),
  'i32.mul': (rt, x, y) => rt('imul', strip(x!), strip(y!)),
  'i32.div_s': divide('i32_div_s', '/', int),
  'i32.div_u': divide('i32_div_u', '/', u32),
  'i32.rem_s': divide('i32_rem_s', '%', int),
  'i32.rem_u': divide('i32_rem_u', '%', u32),
  'i32.high_u': (_, sum, lo) => bin('|', highWord(sum!, lo!), num(0)),
  // Truncation is downwards above zero only: 2^34 more changes nothing modulo 2^32.
  'i32.high_s': (_, sum, lo) => bin('|', bin('+', highWord(sum!, lo!), num(4 * TWO_32)), num(0)),
  'i32.wrap_f64': (_, x) => bin('|', x!, num(0)),
  'i32.and': (_, x, y) => both(strip(x!), strip(y!)),
  'i32.or': (_, x, y) => bin('|', strip(x!), strip(y!)),
  'i32.xor': (_, x, y) =>
    y!.type === 'UnaryExpression' && isMinusOne(y!) ? bitNot(strip(x!)) : bin('^', strip(x!), strip(y!)),
  'i32.shl': shift('<<'),
  'i32.shr_s': shift('>>'),
  'i32.shr_u': shift('>>>'),
  'i32.rotl': rotate('<<', '>>>'),
  'i32.rotr': rotate('>>>', '<<'),
  'i32.extend8_s': extend(24),
  'i32.extend16_s': extend(16),

  'f64.eq': infix('==', same),
  'f64.ne': infix('!=', same),
  'f64.lt': infix('<', same),
  'f64.gt': infix('>', same),
  'f64.le': infix('<=', same),
  'f64.ge': infix('>=', same),
  'f32.eq': infix('==', same),
  'f32.ne': infix('!=', same),
  'f32.lt': infix('<', same),
  'f32.gt': infix('>', same),
  'f32.le': infix('<=', same),
  'f32.ge': infix('>=', same),

  'f64.add': infix('+', same),
  'f64.sub': infix('-', same),
  'f64.mul': infix('*', same),
  'f64.div': infix('/', same),
  'f64.neg': (_, x) => neg(x!),
  'f64.abs': math('abs'),
  'f64.ceil': math('ceil'),
  'f64.floor': math('floor'),
  'f64.sqrt': math('sqrt'),
  'f64.min': math('min'),
  'f64.max': math('max'),
  'f32.add': rounded('+'),
  'f32.sub': rounded('-'),
  'f32.mul': rounded('*'),
  'f32.div': rounded('/'),
  'f32.neg': (_, x) => neg(x!),
  'f32.abs': math('abs'),
  'f32.ceil': math32('ceil'),
  'f32.floor': math32('floor'),
  'f32.sqrt': math32('sqrt'),
  'f32.min': math32('min'),
  'f32.max': math32('max'),

  'f64.convert_i32_s': (_, x) => int(x!),
  'f64.convert_i32_u': (_, x) => u32(x!),
  'f32.convert_i32_s': (rt, x) => rt('fround', int(x!)),
  'f32.convert_i32_u': (rt, x) => rt('fround', u32(x!)),
  'f64.convert_pair_s': (_, lo, hi) => bin('+', bin('*', int(hi!), num(TWO_32)), u32(lo!)),
  'f64.convert_pair_u': (_, lo, hi) => bin('+', bin('*', u32(hi!), num(TWO_32)), u32(lo!)),
  'f32.demote_f64': (rt, x) => rt('fround', x!),
  'f64.promote_f32': (_, x) => x!,

  // Where an unaligned pointer's element would be, no array has one, 2^29 elements before there neither.
  'f64.element_index': (_, x, shift) =>
    cond(bin('&', x!, num(2 ** Number((shift as es.Literal).value) - 1)), num(8589934592), bin('>>>', x!, shift!)),

  'ref.is_null': (_, x) => bin('===', x!, id('null')),
}

/** What two int32 add up to has so many bits. */
const TWO_WORDS = 32

/**
 * The same for engines with a JIT compiler: no addend is itself a raw sum. JavaScriptCore adds more than two int32 as
 * doubles (SHA-256 takes 1.43 times as long as native, and 1.18 so); V8 and SpiderMonkey do not mind.
 *
 *   a + b + c + d | 0          ((a + b | 0) + c | 0) + d | 0
 */
export const JIT_MEANINGS: Readonly<Record<string, Meaning>> = {
  ...MEANINGS,
  'i32.add': (_, x, y) => sum('+', x!, y!, TWO_WORDS),
  'i32.sub': (_, x, y) => sum('-', x!, y!, TWO_WORDS),
  ...WIDE_MEANINGS,
}

const isMinusOne = (x: es.UnaryExpression): boolean =>
  x.operator === '-' && x.argument.type === 'Literal' && x.argument.value === 1
