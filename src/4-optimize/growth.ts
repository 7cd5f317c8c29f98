// Which functions may grow a memory while they run: those with `memory.grow`, those that call what this module does not
// know, and those that call such functions. Views of memory stay the same across calls of all others.

import type { Module } from '../0-wasm/module.ts'
import { CodeReader } from '../1-decode/code.ts'

const UNKNOWN_CALLEE = new Set(['call_indirect', 'return_call_indirect', 'call_ref', 'return_call_ref'])

/** @returns by function index, 1 if the function may grow a memory */
export function findGrowing(module: Module): Uint8Array {
  const growing = new Uint8Array(module.funcs.length)
  if (!module.memories.some(({ type: { limits } }) => limits.max !== limits.min)) return growing
  const callers: number[][] = module.funcs.map(() => [])
  const work: number[] = []
  const mark = (index: number): void => {
    if (growing[index] === 1) return
    growing[index] = 1
    work.push(index)
  }
  for (const [index, { body }] of module.funcs.entries()) {
    if (body === undefined) mark(index)
    else if (readsGrowth(module, body, (callee) => callers[callee]?.push(index))) mark(index)
  }
  for (let index = work.pop(); index !== undefined; index = work.pop()) callers[index]!.forEach(mark)
  return growing
}

/** Reads a body. @returns whether it may grow a memory by itself; code that cannot be read is taken to */
function readsGrowth(
  module: Module,
  { start, end }: { start: number; end: number },
  onCall: (callee: number) => void,
): boolean {
  const reader = new CodeReader(module, start, end)
  const { ins } = reader
  let grows = false
  try {
    reader.locals()
    while (reader.next()) {
      const { name } = ins.op
      if (name === 'call' || name === 'return_call') onCall(ins.index)
      else if (name === 'memory.grow' || UNKNOWN_CALLEE.has(name)) grows = true
    }
  } catch {
    // Compiling the function will say what is wrong with it.
    return true
  }
  return grows
}
