// Which functions that tail-call each other become one loop (loop-of-tails.ts), in each of them that something else calls. The
// others are left out then: nobody calls them any more.

import { CompileError } from '../0-wasm/errors.ts'
import type { Module } from '../0-wasm/module.ts'
import type { Func } from '../3-ir/ir.ts'
import { sizeOf } from '../3-ir/size.ts'
import { someCompound } from '../3-ir/walk.ts'
import type { TailLoop } from './facts/tail-calls.ts'
import type { Limits } from './limits.ts'
import { loopOfTails } from './loop-of-tails.ts'

/**
 * Bytes of bytecode that all copies of such a loop take together at most. Tail calls of what is larger are counted and go by a
 * trampoline, 3.3 ns on V8 14 where a branch takes 0.5.
 */
const MAX_BYTES = 8000

/** Code that is longer than its bytecode may be, divided by this, is hardly ever so small: it is not looked at. */
const LEAST_GROWTH = 2

export class TailLoops {
  readonly #module: Module
  readonly #lower: (index: number) => Func
  readonly #limits: Limits
  /** By member. */
  readonly #loops = new Map<number, TailLoop>()
  /** The functions of a loop; undefined: it is not to be one. */
  readonly #made = new Map<TailLoop, ReadonlyMap<number, Func> | undefined>()

  /** @param lower lowers a function by itself. Throws a CompileError if it is not valid. */
  constructor(module: Module, loops: readonly TailLoop[], lower: (index: number) => Func, limits: Limits) {
    this.#module = module
    this.#lower = lower
    this.#limits = limits
    for (const loop of loops) for (const member of loop.members) this.#loops.set(member, loop)
  }

  /** The function with an index and all that it tail-calls in a loop; undefined: it is in none that something else calls. */
  find(index: number): Func | undefined {
    const loop = this.#loops.get(index)
    const funcs = loop?.entries.includes(index) ? this.#functionsOf(loop) : undefined
    return funcs && loopOfTails(funcs.get(index)!, funcs, this.#limits.height)
  }

  /** Whether a function is only in loops, and called by nobody. */
  isGone(index: number): boolean {
    const loop = this.#loops.get(index)
    return loop !== undefined && !loop.entries.includes(index) && this.#functionsOf(loop) !== undefined
  }

  #functionsOf(loop: TailLoop): ReadonlyMap<number, Func> | undefined {
    if (!this.#made.has(loop)) this.#made.set(loop, this.#make(loop))
    return this.#made.get(loop)
  }

  #make({ members, entries }: TailLoop): ReadonlyMap<number, Func> | undefined {
    const most = MAX_BYTES / entries.length
    const { funcs } = this.#module
    const length = members.reduce((sum, index) => sum + funcs[index]!.body!.end - funcs[index]!.body!.start, 0)
    // Without entries nobody calls them.
    if (entries.length === 0 || length > most / LEAST_GROWTH) return undefined
    try {
      const made = new Map(members.map((index) => [index, this.#lower(index)]))
      const all = [...made.values()]
      const size = all.reduce((sum, { body }) => sum + sizeOf(body), 0)
      const isCopied = all.every(({ body }) => !someCompound(body, ({ kind }) => kind === 'dispatch'))
      return size <= most && isCopied ? made : undefined
    } catch (error) {
      // Of a function that is not valid the error comes when its turn does.
      if (error instanceof CompileError) return undefined
      throw error
    }
  }
}
