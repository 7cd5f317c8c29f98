// How many bytes of V8 bytecode a node becomes, in thousandths, its operands not counted. The weights fit 443 functions of
// SQLite, QuickJS and Lua, each within a quarter of its real size, 11 % off in the root mean square. They are those of
// large functions, whose bytecodes have wide operands: register and feedback slot numbers over 255.

/** An argument of a call. */
export const ARGUMENT = 5852
export const CALL = 5320
export const CALL_INDIRECT = 65_170
export const LOAD = 35_511
/** A choice between two values; a cell read. */
export const SHORT = 7980

const CALL_OF_RUNTIME = 15_960
const WITH_CONSTANT = 5719
const UNSIGNED = 19_418
const OTHER = 11_571

/** Operations that are one bytecode or two: the others are calls. */
const INFIX = new Map<string, number>([
  ...[
    ...'add sub and or xor shl shr_s shr_u eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'
      .split(' ')
      .map((op) => `i32.${op}`),
    ...'add sub mul div eq ne lt gt le ge'.split(' ').map((op) => `f64.${op}`),
  ].map((op): [string, number] => [op, op.endsWith('_u') ? UNSIGNED : OTHER]),
  ['f64.convert_i32_s', 0],
  ['f64.convert_i32_u', WITH_CONSTANT],
  ['i32.wrap_f64', WITH_CONSTANT],
  ['i32.high_u', OTHER + 3 * WITH_CONSTANT],
  ['i32.high_s', OTHER + 4 * WITH_CONSTANT],
])

export const isInfix = (op: string): boolean => INFIX.has(op)

/** A plain instruction. */
export function plainSize(op: string, operands: number, lastIsConstant: boolean): number {
  const infix = INFIX.get(op)
  if (infix === undefined) return CALL_OF_RUNTIME + operands * ARGUMENT
  return lastIsConstant ? WITH_CONSTANT : infix
}
