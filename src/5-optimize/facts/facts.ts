// All that is known of the values of a function. Each half is found when it is first asked for: most functions have no i64,
// and no floats.

import type { Func } from '../../3-ir/ir.ts'
import { DefUse } from './def-use.ts'
import { type Demands, findDemands } from './demands.ts'
import { Values } from './values.ts'

export class Facts {
  readonly values: Values
  readonly #func: Func
  readonly #uses: DefUse
  #demands: Demands | undefined

  /** @param values on the function, or on one that has become it by expressions of the same values */
  constructor(func: Func, uses = new DefUse(func), values = new Values(func, uses)) {
    this.#func = func
    this.#uses = uses
    this.values = values
  }

  // No getter of an object literal: each such object has a map of its own in V8, and lives until the next full collection.
  get demands(): Demands {
    this.#demands ??= findDemands(this.#func, this.#uses)
    return this.#demands
  }
}
