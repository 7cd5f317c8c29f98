// In which order the variables of a function are declared, and named. Where names go by first occurrence, code that
// is there twice has the same names twice, and gzip finds it; where the busiest come first, the same few letters are
// frequent in the whole output. So variables go in tiers by how often they occur, and by first occurrence in a tier.
//
//   t = a + 1; u = t * b; ... u ... u ... t     u, t

import type { Lives } from './lives.ts'

/** Of the busiest variables so many are in the first tier, in the first two, and in the first three of four. */
const TIERS = [3, 12, 40]

/**
 * @param of the variable of each register, by number
 * @param fixed so many variables, the parameters, stay where they are
 * @param count how many variables there are
 * @returns the new number of each variable, and how many there are but for those that do not occur, which are the last
 */
export function inOrder(
  { order, counts }: Pick<Lives, 'order' | 'counts'>,
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
  const tiers: number[][] = TIERS.map(() => [])
  const others: number[] = []
  const tier = tiersOf(seen, uses)
  for (const variable of seen) (tiers[tier[variable]!] ?? others).push(variable)
  const numbers = new Int32Array(count).fill(-1)
  let next = 0
  for (let variable = 0; variable < fixed; variable++) numbers[variable] = next++
  for (const variable of [...tiers.flat(), ...others]) numbers[variable] = next++
  const used = next
  for (let variable = fixed; variable < count; variable++) if (numbers[variable] === -1) numbers[variable] = next++
  return { numbers, used }
}

/** By variable: how many tiers are above its own. */
function tiersOf(variables: readonly number[], uses: Int32Array): Uint8Array {
  const tier = new Uint8Array(uses.length)
  const busiest = [...variables].sort((a, b) => uses[b]! - uses[a]!)
  for (const size of TIERS) for (const variable of busiest.slice(size)) tier[variable]!++
  return tier
}
