// Where in the Wasm an expression is from: source maps say it of whatever may trap or call. Rules need not think of it: who
// makes a node says nothing, and who puts the made tree into its place gives that to all that is new in it. So what a rule
// makes of `i64.div_s` has the position of the division, and its operands keep theirs.
//
//   @9 l0 = add(@5 i32.load(l1+0), @7 i32.load(l1+4))
//
// Invariants: a node gets its position once; below one that has a position all have one; a statement gives its own to
// operands that came without.

import type { Expr } from './expr.ts'

/** The position of what is from no instruction. In the binary there stands the magic number. */
export const NOWHERE = 0

/** Gives a tree a position, that is the nodes of it that have none and are no registers or constants. */
export function locate(e: Expr, at: number): void {
  if (e.at !== NOWHERE || e.kind === 'reg' || e.kind === 'const' || at === NOWHERE) return
  const node: { at: number } = e
  node.at = at
  for (let i = 0; i < e.args.length; i++) locate(e.args[i]!, at)
}

/** The same for a list of trees. */
export function locateAll(exprs: readonly Expr[], at: number): void {
  for (let i = 0; i < exprs.length; i++) locate(exprs[i]!, at)
}

/** The tree, which has the position now, if it had none. */
export function located<E extends Expr>(e: E, at: number): E {
  locate(e, at)
  return e
}
