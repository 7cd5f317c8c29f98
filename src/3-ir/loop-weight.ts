// How often code runs, for passes that know nothing better: in each loop around it eight times as often, in four at most.

import type { Stmt } from './ir.ts'

/** As a power of two. */
const PER_LOOP = 3
const MOST_LOOPS = 4
const MOST = 1 << (PER_LOOP * MOST_LOOPS)

/** Whether what is in its bodies may run again and again. */
export const isLoop = ({ kind }: Stmt): boolean => kind === 'loop' || kind === 'dispatch'

/** The weight of code in as many loops. */
export const weightIn = (loops: number): number => 1 << (PER_LOOP * Math.min(loops, MOST_LOOPS))

/** The weight of what is in the bodies of a statement of this weight. */
export const weightInside = (stmt: Stmt, weight: number): number =>
  isLoop(stmt) ? Math.min(weight << PER_LOOP, MOST) : weight
