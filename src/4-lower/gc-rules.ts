// What the instructions of typed references, structures and arrays become: a part of LOWER (rules.ts).

import type { functionReferences, gc } from '../0-wasm/ops/references.ts'
import type { Expr } from '../3-ir/expr.ts'
import { operation, runtime } from '../3-ir/expressions.ts'
import {
  lowerArrayCopy,
  lowerArrayFill,
  lowerArrayGet,
  lowerArrayInit,
  lowerArrayLen,
  lowerArrayNew,
  lowerArrayNewDefault,
  lowerArrayNewFixed,
  lowerArrayNewSegment,
  lowerArraySet,
  lowerStructGet,
  lowerStructNew,
  lowerStructNewDefault,
  lowerStructSet,
} from './aggregates.ts'
import type { Rule } from './builder.ts'
import {
  lowerAsNonNull,
  lowerBrOnCast,
  lowerBrOnCastFail,
  lowerBrOnNonNull,
  lowerBrOnNull,
  lowerI31Get,
  lowerRefCast,
  lowerRefTest,
} from './references.ts'

type Op = Exclude<keyof typeof gc | keyof typeof functionReferences, 'call_ref' | 'return_call_ref'>

export const GC_RULES: Readonly<Record<Op, Rule>> = {
  'ref.eq': ({ stack }) => stack.push(operation('ref.eq', stack.pop(2) as [Expr, Expr])),
  'ref.as_non_null': lowerAsNonNull,
  'ref.test': lowerRefTest,
  'ref.test null': lowerRefTest,
  'ref.cast': lowerRefCast,
  'ref.cast null': lowerRefCast,
  'br_on_null': lowerBrOnNull,
  'br_on_non_null': lowerBrOnNonNull,
  'br_on_cast': lowerBrOnCast,
  'br_on_cast_fail': lowerBrOnCastFail,
  'any.convert_extern': ({ stack }) => stack.push(runtime('any_convert_extern', [], stack.pop(1))),
  'extern.convert_any': ({ stack }) => stack.push(runtime('extern_convert_any', [], stack.pop(1))),
  'ref.i31': ({ stack }) => stack.push(operation('ref.i31', [stack.popOne()])),
  'i31.get_s': lowerI31Get(true),
  'i31.get_u': lowerI31Get(false),

  'struct.new': lowerStructNew,
  'struct.new_default': lowerStructNewDefault,
  'struct.get': lowerStructGet,
  'struct.get_s': lowerStructGet,
  'struct.get_u': lowerStructGet,
  'struct.set': lowerStructSet,
  'array.new': lowerArrayNew,
  'array.new_default': lowerArrayNewDefault,
  'array.new_fixed': lowerArrayNewFixed,
  'array.new_data': lowerArrayNewSegment('array.new_data'),
  'array.new_elem': lowerArrayNewSegment('array.new_elem'),
  'array.get': lowerArrayGet,
  'array.get_s': lowerArrayGet,
  'array.get_u': lowerArrayGet,
  'array.set': lowerArraySet,
  'array.len': lowerArrayLen,
  'array.fill': lowerArrayFill,
  'array.copy': lowerArrayCopy,
  'array.init_data': lowerArrayInit('array.init_data'),
  'array.init_elem': lowerArrayInit('array.init_elem'),
}
