// For each operation, chains of it.

import { type NumName, opcode } from '../../binary/code.ts'
import { type PlainNumeric, plainNumeric } from '../../ops/plain.ts'
import { get, join, repeat, set } from '../code.ts'
import type { Shapes } from './shape.ts'
import { convert, LOCAL, ofValues, use } from './typed.ts'

/** For an operation: a chain in its left operand, one in its right operand, and one through a local. */
function chainsOf({ name, params, result }: PlainNumeric): Shapes {
  const first = params[0]!
  const others = params.slice(1).flatMap((param) => get(LOCAL[param]))
  const back = convert(result, first)
  const shapes: Shapes = {
    [`${name}, left`]: (n) =>
      ofValues(
        join(
          get(LOCAL[first]),
          repeat(n, () => [...others, ...opcode(name), ...back]),
          use(first),
        ),
      ),
    [`${name}, set`]: (n) =>
      ofValues(
        join(
          repeat(n, () => [...get(LOCAL[first]), ...others, ...opcode(name), ...back, ...set(LOCAL[first])]),
          get(LOCAL[first]),
          use(first),
        ),
      ),
  }
  if (params.length === 2) {
    shapes[`${name}, right`] = (n) =>
      ofValues(
        join(
          repeat(n, () => get(LOCAL[first])),
          get(LOCAL[params[1]!]),
          repeat(n, () => [...opcode(name), ...convert(result, params[1]!)]),
          use(params[1]!),
        ),
      )
    shapes[`${name}, both`] = (n) => ofValues(join(balanced(n, first, [...opcode(name), ...back]), use(first)))
  }
  return shapes
}

/** A balanced tree of this operation. */
function balanced(n: number, type: NumName, operation: readonly number[]): number[] {
  const code: number[] = []
  for (let leaf = 1; leaf <= n; leaf++) {
    code.push(...get(LOCAL[type]))
    // As many operations as a binary counter has carries.
    for (let low = leaf; low % 2 === 0; low /= 2) code.push(...operation)
  }
  let rest = 0
  for (let bits = n; bits > 0; bits &= bits - 1) rest++
  return join(
    code,
    repeat(rest - 1, () => operation),
  )
}

export const OPERATIONS: Shapes = Object.assign({}, ...plainNumeric.map(chainsOf))
