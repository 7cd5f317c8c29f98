// The rule of each op on vectors: the type checker counts that all are in one of the tables.

import type { VectorOp } from '../../../3-ir/ops/index.ts'
import { DOUBLE_RULES, SINGLE_RULES } from './floats.ts'
import type { Rules } from './rule.ts'
import { BYTE_RULES, SHORT_RULES } from './small.ts'
import { LONG_RULES, VECTOR_RULES, WORD_RULES } from './wide.ts'

export const RULES: Rules<VectorOp> = {
  ...VECTOR_RULES,
  ...BYTE_RULES,
  ...SHORT_RULES,
  ...WORD_RULES,
  ...LONG_RULES,
  ...SINGLE_RULES,
  ...DOUBLE_RULES,
}
