// The pass that chooses what the lanes of v128 values are held as. Before it a v128 is one register and one operation; behind
// it there are numbers, and all other passes know nothing of vectors.
//
//   v1 = i32x4.add(v1, v128.load(l0))    t2 = add(t2, load(l0)); t3 = add(t3, load(l0+4)); ...

import type { Func } from '../../../3-ir/ir.ts'
import { Legalizer } from '../legalizer.ts'
import { AsVectors } from './as-vectors.ts'
import { findLookups } from './byte-functions.ts'
import { areCalled } from './calls.ts'
import { widenSums } from './carries.ts'
import { simplifyConditions } from './conditions.ts'
import { findKnown } from './known.ts'
import { separateRanges } from './ranges.ts'
import { chooseShapes } from './shapes.ts'
import type { Vector } from './vector.ts'

/** @param isOptimized whether less is to be computed, not only what is there in other words */
export function legalizeVectors(given: Func, isOptimized: boolean): Func {
  if (!given.hasVectors) return given
  const simple = simplifyConditions(separateRanges(given))
  const known = findKnown(simple)
  const func = isOptimized ? widenSums(findLookups(simple, known), known) : simple
  const shapeOf = chooseShapes(func)
  const called = areCalled(given)
  const legalizer = new Legalizer<Vector>(func, (at) => new AsVectors(at, shapeOf, known, called))
  return legalizer.run({ ...func, hasVectors: false })
}
