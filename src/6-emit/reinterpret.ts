// The bits of an f32 as an integer and back, in line: only NaNs are for the runtime, which knows how they are held.
//
//   f32.reinterpret_i32 (x)    (bits_f32_i32[0] = x, r = bits_f32[0]) === r ? r : f32_nan(bits_f32_i32[0])
//   i32.reinterpret_f32 (x)    x === x ? (bits_f32[0] = x, bits_f32_i32[0]) : f32_nan_bits(x)

import { assign, at, bin, cond, id, type Node, num, sequence } from './build.ts'
import type { FunctionContext } from './context.ts'

const cells = (c: FunctionContext): { number: ReturnType<typeof at>; bits: ReturnType<typeof at> } => ({
  number: at(c.runtimeVariable('bits_f32'), num(0)),
  bits: at(c.runtimeVariable('bits_f32_i32'), num(0)),
})

/** @param exact whether the bits of a NaN may be looked at */
export function f32OfBits(c: FunctionContext, x: Node, exact: boolean): Node {
  const { number, bits } = cells(c)
  if (!exact) return sequence([assign(bits, x), number])
  const result = id(c.scratch('loaded'))
  const read = sequence([assign(bits, x), assign(result, number)])
  return cond(bin('===', read, result), result, c.runtime('f32_nan', bits))
}

export function bitsOfF32(c: FunctionContext, x: Node): Node {
  const { number, bits } = cells(c)
  const isAtom = x.type === 'Identifier'
  const value = isAtom ? x : id(c.scratch('loaded'))
  const isNumber = bin('===', isAtom ? x : assign(value, x), value)
  return cond(isNumber, sequence([assign(number, value), bits]), c.runtime('f32_nan_bits', value))
}
