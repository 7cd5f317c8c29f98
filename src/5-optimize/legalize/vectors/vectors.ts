// The pass that chooses what the lanes of v128 values are held as. Before it a v128 is one register and one operation; behind
// it there are numbers, and all other passes know nothing of vectors.
//
//   v1 = i32x4.add(v1, v128.load(l0))    t2 = add(t2, load(l0)); t3 = add(t3, load(l0+4)); ...

import type { Func } from '../../../3-ir/ir.ts'
import { Legalizer } from '../legalizer.ts'
import { AsVectors } from './as-vectors.ts'
import { areCalled } from './calls.ts'
import { simplifyConditions } from './conditions.ts'
import { findKnown } from './known.ts'
import { separateRanges } from './ranges.ts'
import { chooseShapes } from './shapes.ts'
import type { Vector } from './vector.ts'

export function legalizeVectors(given: Func): Func {
  if (!given.hasVectors) return given
  const func = simplifyConditions(separateRanges(given))
  const shapeOf = chooseShapes(func)
  const known = findKnown(func)
  const called = areCalled(given)
  const legalizer = new Legalizer<Vector>(func, (at) => new AsVectors(at, shapeOf, known, called))
  return legalizer.run({ ...func, hasVectors: false })
}
