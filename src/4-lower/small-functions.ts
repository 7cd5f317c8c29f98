// Which functions are small enough to stand where they are called.

import { CompileError } from '../0-wasm/errors.ts'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import type { Func, Reg } from '../3-ir/ir.ts'
import { givesTuple, takesTuple, wordsOfType } from '../3-ir/registers.ts'
import { sizeOf } from '../3-ir/size.ts'
import { forEachReadIn, forEachStmt, someStmt } from '../3-ir/walk.ts'
import type { Inlinee } from './inline.ts'
import { LIMITS, type Limits } from './limits.ts'
import { lowerFunction } from './lower.ts'

/** Bytes of bytecode up to which a function is put into itself: it then makes half as many calls or fewer. */
const MAX_RECURSIVE = 200

/** In a loop, a function may be so many times as large. */
const IN_LOOPS = 2

/** A word of the results behind the first is written to a cell and read from there: inlined, it is not. */
const CELL = 25

/** Code that is longer than its bytecode may be, divided by this, is hardly ever so small: it is not looked at. */
const LEAST_GROWTH = 2

/** As many cells as the results of a function may come in: if there were more, they would be a tuple. */
const MOST_CELLS = 3

/** Where a function is called. */
interface Site {
  /** The index of the function that calls it. */
  readonly caller: number
  /** How many loops are around the call. */
  readonly loops: number
}

export class SmallFunctions {
  readonly #module: Module
  readonly #maxBytes: number
  readonly #limits: Limits
  readonly #isValid: boolean
  /** Code that is longer is not looked at, wherever it is called. */
  readonly #longest: number
  readonly #found = new Map<number, Inlinee | undefined>()
  /** By type: there may be a thousand results. */
  readonly #cellsOf: number[] = []

  /**
   * @param maxBytes of bytecode; 0: none is small
   * @param isValid see `lowerFunction`
   */
  constructor(module: Module, maxBytes: number, limits: Limits = LIMITS, isValid = false) {
    this.#module = module
    this.#maxBytes = maxBytes
    this.#limits = limits
    this.#isValid = isValid
    this.#longest = (Math.max(IN_LOOPS * maxBytes, MAX_RECURSIVE) + CELL * MOST_CELLS) / LEAST_GROWTH
  }

  /** The function with an index, if it is to stand where it is called. */
  find(index: number, { caller, loops }: Site): Inlinee | undefined {
    const { body } = this.#module.funcs[index]!
    if (body === undefined || this.#maxBytes === 0 || body.end - body.start > this.#longest) return undefined
    const most =
      Math.max(loops > 0 ? IN_LOOPS * this.#maxBytes : this.#maxBytes, index === caller ? MAX_RECURSIVE : 0) +
      CELL * this.#cells(index)
    if (body.end - body.start > most / LEAST_GROWTH) return undefined
    let found = this.#found.get(index)
    if (found === undefined && !this.#found.has(index)) {
      found = this.#make(index)
      this.#found.set(index, found)
    }
    return found !== undefined && found.size <= most ? found : undefined
  }

  /** How many of its results come in cells. */
  #cells(index: number): number {
    const { type } = this.#module.funcs[index]!
    const { results } = this.#module.types[type]!.composite as FuncType
    this.#cellsOf[type] ??= Math.max(0, results.flatMap(wordsOfType).length - 1)
    return this.#cellsOf[type]
  }

  #make(index: number): Inlinee | undefined {
    try {
      const type = this.#module.types[this.#module.funcs[index]!.type]!.composite as FuncType
      if (givesTuple(type.results) || takesTuple(type)) return undefined
      const { func, hasLoops, setLocals } = lowerFunction(this.#module, index, undefined, this.#limits, this.#isValid)
      const stays = func.hasTailCalls || hasLoops || someStmt(func.body, ({ kind }) => kind === 'dispatch')
      return stays ? undefined : { func: withoutUnused(func), size: sizeOf(func.body), setLocals }
    } catch (error) {
      // Of a function that is not valid the error comes when its turn does.
      if (error instanceof CompileError) return undefined
      throw error
    }
  }
}

/** Without locals that do not occur: the others are set to zero wherever the function is put. */
export function withoutUnused(func: Func): Func {
  const used = new Set<Reg>()
  forEachStmt(func.body, (stmt) => {
    forEachReadIn(stmt, (reg) => used.add(reg))
    for (const reg of stmt.regs) used.add(reg)
  })
  return { ...func, locals: func.locals.filter((reg) => used.has(reg)) }
}
