// What calling a function may do to the state that functions keep in variables: grow a memory, set a global. Found in a
// walk over all code before any of it is compiled; what a function calls counts as done by itself.

import type { FuncBody, Module } from '../0-wasm/module.ts'
import { CodeReader } from '../1-decode/code.ts'

/** By function index, bits: GROWS, and for global number n < GLOBALS the bit n that it may be set. */
export type CalleeEffects = Int32Array

/** Globals with a bit of their own; of the others nothing is known. */
export const GLOBALS = 30

/** The function may grow a memory. */
export const GROWS = 1 << GLOBALS

/** What is not known may do everything. */
export const EVERYTHING = -1

const UNKNOWN_CALLEE = new Set(['call_indirect', 'return_call_indirect', 'call_ref', 'return_call_ref'])

export function findCalleeEffects(module: Module): CalleeEffects {
  const effects = new Int32Array(module.funcs.length)
  const callers: number[][] = module.funcs.map(() => [])
  const work: number[] = []
  for (const [index, { body }] of module.funcs.entries()) {
    effects[index] =
      body === undefined ? EVERYTHING : ownEffects(module, body, (callee) => callers[callee]?.push(index))
    if (effects[index] !== 0) work.push(index)
  }
  for (let index = work.pop(); index !== undefined; index = work.pop()) {
    for (const caller of callers[index]!) {
      const merged = effects[caller]! | effects[index]!
      if (merged === effects[caller]) continue
      effects[caller] = merged
      work.push(caller)
    }
  }
  return effects
}

/** What a body does itself; code that cannot be read may do everything, and compiling it will say what is wrong. */
function ownEffects(module: Module, { start, end }: FuncBody, onCall: (callee: number) => void): number {
  const reader = new CodeReader(module, start, end)
  const { ins } = reader
  let effects = 0
  try {
    reader.locals()
    while (reader.next()) {
      const { name } = ins.op
      if (name === 'call' || name === 'return_call') onCall(ins.index)
      else if (name === 'memory.grow') effects |= GROWS
      else if (name === 'global.set') effects |= globalBit(ins.index)
      else if (UNKNOWN_CALLEE.has(name)) return EVERYTHING
    }
  } catch {
    return EVERYTHING
  }
  return effects
}

/** The bit that says that a global may be set. */
export const globalBit = (index: number): number => (index < GLOBALS ? 1 << index : 0)
