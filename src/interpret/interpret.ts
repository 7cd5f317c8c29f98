// Runs outputs of the compiler where the engine forbids to evaluate text: what they say is made closures. It knows of
// JavaScript what outputs have.
//
//   a = b + 1      (frame) => (frame[3] = (frame[4]) + 1), from closures for `b` and `1`

import { type AnyNode, parse } from 'acorn'
import { type Frame, hoist, OUTER, Scope } from './scope.ts'
import { body } from './statements.ts'

/**
 * Runs a script.
 *
 * @param names what it sees around itself, before the variables of the global object
 * Throws SyntaxError for what outputs do not have, and what the script throws.
 */
export function interpret(text: string, names: ReadonlyMap<string, unknown>): void {
  const { body: statements } = parse(text, { ecmaVersion: 'latest', sourceType: 'script' }) as { body: AnyNode[] }
  const scope = new Scope(undefined)
  hoist(statements, scope)
  const run = body(statements, { scope, names, body })
  const frame: Frame = new Array(scope.size)
  frame[OUTER] = undefined
  run(frame)
}
