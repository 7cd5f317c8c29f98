// Which functions are small enough to stand where they are called.

import { CompileError } from '../0-wasm/errors.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import type { Func, Reg } from '../3-ir/ir.ts'
import { isTuple, takesTuple } from '../3-ir/registers.ts'
import { forEachReadIn, forEachStmt, someStmt } from '../3-ir/walk.ts'
import type { Inlinee } from './inline.ts'
import { LIMITS, type Limits } from './limits.ts'
import { lowerFunction } from './lower.ts'

/** Bytes of code up to which a function is put into itself: it then makes half as many calls or fewer. */
const MAX_RECURSIVE = 48

export class SmallFunctions {
  readonly #module: Module
  readonly #maxBytes: number
  readonly #limits: Limits
  readonly #found = new Map<number, Inlinee | undefined>()

  /** @param maxBytes of code; 0: none is small */
  constructor(module: Module, maxBytes: number, limits: Limits = LIMITS) {
    this.#module = module
    this.#maxBytes = maxBytes
    this.#limits = limits
  }

  /** The function with an index, if it is to stand where `caller` calls it. */
  find(index: number, caller: number): Inlinee | undefined {
    const { body } = this.#module.funcs[index]!
    if (body === undefined || this.#maxBytes === 0) return undefined
    const size = body.end - body.start
    if (size > (index === caller ? Math.max(this.#maxBytes, MAX_RECURSIVE) : this.#maxBytes)) return undefined
    if (!this.#found.has(index)) this.#found.set(index, this.#make(index, size))
    return this.#found.get(index)
  }

  #make(index: number, size: number): Inlinee | undefined {
    try {
      const type = this.#module.types[this.#module.funcs[index]!.type]!.composite as FuncType
      if (isTuple(type.results) || takesTuple(type)) return undefined
      const { func, hasLoops, setLocals } = lowerFunction(this.#module, index, undefined, this.#limits)
      const stays = func.hasTailCalls || hasLoops || someStmt(func.body, ({ kind }) => kind === 'dispatch')
      return stays ? undefined : { func: withoutUnused(func), size, setLocals }
    } catch (error) {
      // Of a function that is not valid the error comes when its turn does.
      if (error instanceof CompileError) return undefined
      throw error
    }
  }
}

/** Without locals that do not occur: the others are set to zero wherever the function is put. */
function withoutUnused(func: Func): Func {
  const used = new Set<Reg>()
  forEachStmt(func.body, (stmt) => {
    forEachReadIn(stmt, (reg) => used.add(reg))
    for (const reg of stmt.regs) used.add(reg)
  })
  return { ...func, locals: func.locals.filter((reg) => used.has(reg)) }
}
