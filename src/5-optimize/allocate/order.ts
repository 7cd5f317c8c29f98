// In which order the variables of a function are declared, and named. Where names go by first occurrence, code that
// is there twice has the same names twice, and gzip finds it; that the few busiest come before the others makes their
// names the most frequent letters of the whole output.
//
//   t = a + 1; u = t * b; ... u ... u ... t     u, t

import type { LiveRanges } from './live-ranges.ts'

/** How many of the busiest variables come before the others. */
const BUSY = 4

/**
 * @param of the variable of each register, by number
 * @param fixed so many variables, the parameters, stay where they are
 * @param count how many variables there are
 * @returns the new number of each variable, and how many there are but for those that do not occur, which are the last
 */
export function inOrder(
  { order, counts }: Pick<LiveRanges, 'order' | 'counts'>,
  of: Int32Array,
  fixed: number,
  count: number,
): { numbers: Int32Array; used: number } {
  const uses = new Int32Array(count)
  const seen: number[] = []
  for (const reg of order) {
    const variable = of[reg]!
    if (uses[variable] === 0 && variable >= fixed) seen.push(variable)
    uses[variable]! += counts[reg]!
  }
  const busy = new Set([...seen].sort((a, b) => uses[b]! - uses[a]!).slice(0, BUSY))
  const numbers = new Int32Array(count).fill(-1)
  let next = 0
  for (let variable = 0; variable < fixed; variable++) numbers[variable] = next++
  for (const variable of seen) if (busy.has(variable)) numbers[variable] = next++
  for (const variable of seen) if (!busy.has(variable)) numbers[variable] = next++
  const used = next
  for (let variable = fixed; variable < count; variable++) if (numbers[variable] === -1) numbers[variable] = next++
  return { numbers, used }
}
