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
/** An operation whose right operand is a constant, if it is no call. */
export const WITH_CONSTANT = 5719

const OTHER = 11_571

/**
 * An op, by its class (ops/facts.ts): `infix` and `unsigned` are one bytecode or two, and those that count as a `call` of the
 * runtime have arguments besides.
 */
export const SIZES = {
  free: 0,
  constant: WITH_CONSTANT,
  infix: OTHER,
  unsigned: 19_418,
  high_u: OTHER + 3 * WITH_CONSTANT,
  high_s: OTHER + 4 * WITH_CONSTANT,
  call: 15_960,
} as const
