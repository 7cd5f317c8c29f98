// The end of a frame: its results go to its registers, and its body becomes a statement of the frame around it.

import type { Compound } from '../3-ir/ir.ts'
import { effectsOfAll } from '../3-ir/walk.ts'
import type { FunctionBuilder } from './builder.ts'
import type { Frame } from './frames.ts'

/** Moves the results of a body that ends here into the frame's registers. */
export function fallOut(b: FunctionBuilder, frame: Frame): boolean {
  if (!b.reachable) return false
  const values = b.stack.popValues(frame.type.results)
  b.stack.before(effectsOfAll(values))
  b.assign(b.resultsOf(frame), values)
  return true
}

/** Ends a frame whose results are in its registers. */
export function endWith(b: FunctionBuilder, frame: Frame, stmt: Compound): void {
  b.stack.cut(frame.height)
  b.close()
  push(b, stmt)
  b.stack.pushRegisters(b.resultsOf(frame), frame.type.results)
}

/** Emits a statement, laid flat if it is too high. */
export function push(b: FunctionBuilder, stmt: Compound): void {
  b.emit(b.flattening.wants(stmt) ? b.flattening.flatten(stmt, b.fresh) : stmt)
}
