// The arms of the dispatches around, and how a branch reaches them: it sets the state and begins the loop again.

import { isAtom } from '../3-ir/expressions.ts'
import type { Dispatch, Label, Stmt, Switch } from '../3-ir/ir.ts'
import { labelsOfArm } from '../3-ir/statements.ts'
import type { ComputedState, State, Target } from './control.ts'

export interface Arm {
  readonly loop: Target
  /** Undefined: the state is set already. */
  readonly state: State | undefined
}

export class Arms {
  readonly #arms = new Map<Label, Arm>()

  get(label: Label): Arm | undefined {
    return this.#arms.get(label)
  }

  /** @returns the numbers of each arm */
  add({ arms, state: reg, first = 0, again }: Dispatch, loop: Target): number[][] {
    let value = first
    const numbers = arms.map((arm) =>
      labelsOfArm(arm).map((each) => {
        this.#arms.set(each, { loop, state: { reg, value } })
        return value++
      }),
    )
    if (again !== undefined) this.#arms.set(again, { loop, state: undefined })
    return numbers
  }

  /**
   * A `br_table` whose targets are arms of one dispatch in order (as Go compiles resume points) needs no switch:
   *
   *   br_table 0 1 2 ... 9    state = x >>> 0 < 9 ? x + 4 : 13; continue
   */
  sequence({ index, cases }: Switch): (Omit<ComputedState, 'kind' | 'jump'> & { readonly loop: Target }) | undefined {
    if (!isAtom(index)) return undefined
    const targets: (Arm | undefined)[] = []
    for (const { indices, body } of cases) for (const each of indices) targets[each] = this.#target(body)
    const fallback = this.#target(cases[cases.length - 1]!.body)
    const first = targets[0]
    if (first?.state === undefined || fallback?.state === undefined || fallback.loop !== first.loop) return undefined
    if (targets.length < 4) return undefined
    const { loop, state } = first
    for (const [i, target] of targets.entries()) {
      if (target?.loop !== loop || target.state?.value !== state.value + i) return undefined
    }
    return { loop, index, reg: state.reg, first: state.value, count: targets.length, fallback: fallback.state.value }
  }

  /** The arm that a case goes to and does nothing else. */
  #target(body: readonly Stmt[]): Arm | undefined {
    const [only] = body
    return body.length === 1 && only!.kind === 'br' ? this.#arms.get(only!.target) : undefined
  }
}
