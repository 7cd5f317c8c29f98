// The operators of JavaScript as functions of operands that are evaluated when they are needed.

import type { BinaryOperator, LogicalOperator, UnaryOperator } from 'acorn'
import type { Frame } from './scope.ts'

/** An expression, ready to be evaluated in a frame. */
export type Code = (frame: Frame) => unknown

// biome-ignore lint/suspicious/noExplicitAny: the operators are applied to whatever comes.
type Value = any

type Binary = (left: (frame: Frame) => Value, right: (frame: Frame) => Value) => Code

/** Operators that assignments have, too (`+=`), are among these. */
export const BINARY: Readonly<Partial<Record<BinaryOperator | LogicalOperator, Binary>>> = {
  '+': (a, b) => (f) => a(f) + b(f),
  '-': (a, b) => (f) => a(f) - b(f),
  '*': (a, b) => (f) => a(f) * b(f),
  '/': (a, b) => (f) => a(f) / b(f),
  '%': (a, b) => (f) => a(f) % b(f),
  '**': (a, b) => (f) => a(f) ** b(f),
  '&': (a, b) => (f) => a(f) & b(f),
  '|': (a, b) => (f) => a(f) | b(f),
  '^': (a, b) => (f) => a(f) ^ b(f),
  '<<': (a, b) => (f) => a(f) << b(f),
  '>>': (a, b) => (f) => a(f) >> b(f),
  '>>>': (a, b) => (f) => a(f) >>> b(f),
  '<': (a, b) => (f) => a(f) < b(f),
  '<=': (a, b) => (f) => a(f) <= b(f),
  '>': (a, b) => (f) => a(f) > b(f),
  '>=': (a, b) => (f) => a(f) >= b(f),
  '===': (a, b) => (f) => a(f) === b(f),
  '!==': (a, b) => (f) => a(f) !== b(f),
  // biome-ignore lint/suspicious/noDoubleEquals: it is what the program says.
  '==': (a, b) => (f) => a(f) == b(f),
  // biome-ignore lint/suspicious/noDoubleEquals: it is what the program says.
  '!=': (a, b) => (f) => a(f) != b(f),
  instanceof: (a, b) => (f) => a(f) instanceof b(f),
  in: (a, b) => (f) => a(f) in b(f),
  '||': (a, b) => (f) => a(f) || b(f),
  '&&': (a, b) => (f) => a(f) && b(f),
  '??': (a, b) => (f) => a(f) ?? b(f),
}

type Unary = (operand: (frame: Frame) => Value) => Code

/** But for `delete`, which does not take a value. */
export const UNARY: Readonly<Partial<Record<UnaryOperator, Unary>>> = {
  '-': (a) => (f) => -a(f),
  '+': (a) => (f) => +a(f),
  '~': (a) => (f) => ~a(f),
  '!': (a) => (f) => !a(f),
  typeof: (a) => (f) => typeof a(f),
  void: (a) => (f) => void a(f),
}
