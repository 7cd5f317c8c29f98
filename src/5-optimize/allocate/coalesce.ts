// Registers that are copied to each other share a variable if their live ranges do not interfere, and then nothing is to be copied
// (aggressive coalescing, Chaitin et al. 1981): the busiest copies come first.
//
//   t = f(); x = t; g(x)      x = f(); g(x)

import type { LiveRanges } from './live-ranges.ts'

/** Steps after which the copies that are left stay: real functions need far less. */
const MAX_WORK = 1e6

/**
 * @param keepsLocals no two Wasm locals are in one group
 * @returns by number of a register, the register that stands for its group; it has the intervals and the weight of all
 */
export function coalesce({ copies, intervals, weights, regs, isState }: LiveRanges, keepsLocals: boolean): Int32Array {
  const leader = new Int32Array(weights.length)
  for (let reg = 0; reg < leader.length; reg++) leader[reg] = reg
  const find = (reg: number): number => {
    let at = reg
    while (leader[at] !== at) {
      leader[at] = leader[leader[at]!]!
      at = leader[at]!
    }
    return at
  }
  copies.sort((a, b) => b.weight - a.weight)
  // By register that stands for a group: 1 if the group may not have another one of these.
  const isApart = regs.map((reg) => Number(keepsLocals && reg.local !== undefined))
  for (const copy of copies) {
    if (intervals.work > MAX_WORK) break
    const into = find(copy.from)
    const reg = find(copy.to)
    if (into === reg || isState[into] === 1 || isState[reg] === 1 || intervals.interfere(into, reg)) continue
    if (isApart[into]! + isApart[reg]! > 1 || regs[into]!.type !== regs[reg]!.type) continue
    isApart[into]! += isApart[reg]!
    intervals.merge(into, reg)
    weights[into]! += weights[reg]!
    leader[reg] = into
  }
  for (let reg = 0; reg < leader.length; reg++) leader[reg] = find(reg)
  return leader
}
