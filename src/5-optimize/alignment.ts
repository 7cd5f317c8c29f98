// How far addresses are aligned: an aligned access needs no check of its own in typed arrays.

import type { Expr } from '../3-ir/expr.ts'
import type { Values } from './facts/values.ts'

/** What the widest access asks for: zeros at the bottom. */
const MOST = 3

/** @returns the largest power of two, up to 8, that divides an i32 for sure */
export const alignmentOf = (e: Expr, values: Values): number => 1 << Math.min(values.of(e).trailingZeros, MOST)
