// Where the branches of a function go, and what leads there.

import type { Jump, State, Target } from './control.ts'

/**
 * Where branches go: behind a statement, to the start of a loop, to an arm. Labels that lead to the same place share it:
 * those of two blocks that end together, for example.
 */
export class Place {
  /** How the innermost statement around that leads here does so. */
  way: Way | undefined
}

interface Way {
  readonly target: Target
  readonly kind: 'break' | 'continue'
  readonly state: State | undefined
}

/** What `break` or `continue` mean here, and the place that it leads to. */
export interface Innermost {
  readonly target: Target
  readonly place: Place
}

export const FALL: Jump = { kind: 'fall' }

/** The jump that leaves a statement. */
export function leave(target: Target, isNamed: boolean): Jump {
  target.isLeft = true
  target.isNamed ||= isNamed
  return { kind: 'break', target, isNamed }
}
