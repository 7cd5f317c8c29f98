// The operand and control stacks of the validation algorithm, in the names of the spec's appendix ("Validation
// Algorithm"): push_val, pop_val, push_ctrl, pop_ctrl, label_types, unreachable.

import { CompileError, type ErrorKind } from '../0-wasm/errors.ts'
import type { LocalTypes } from '../0-wasm/locals.ts'
import type { Module } from '../0-wasm/module.ts'
import { placeOf } from '../0-wasm/place.ts'
import { matches } from '../0-wasm/subtyping.ts'
import { type FuncType, type HeapType, isRef, type RefType, typeName, type ValType } from '../0-wasm/types.ts'
import type { Instruction } from '../1-decode/instruction.ts'

/** `bot` is the type of an operand that unreachable code makes up: it matches every other. */
export type Operand = ValType | 'bot'

/** The same of an operand of which it is known that it is a reference, and not null. Compare by identity. */
export const BOT_REF: RefType = { nullable: false, heap: 'none' }

export type FrameKind =
  | 'func'
  | 'block'
  | 'loop'
  | 'if'
  | 'else'
  | 'try_table'
  // Of legacy exceptions.
  | 'try'
  | 'catch'
  | 'catch_all'

/** A block being validated. Frames are kept and reused when their depth is reached again. */
export interface Frame {
  kind: FrameKind
  type: FuncType
  /** Height of the operand stack below the block. */
  height: number
  /** How many locals without a default had been set before the block. */
  setLocals: number
  /** The rest of the block cannot be reached: it may pop operands that nobody pushed. */
  unreachable: boolean
  /** Whether the block itself could be reached. */
  live: boolean
  /** The last `br_table` that checked this label, to check it once however often it is named. */
  seenBy: number
}

export class Checker {
  readonly module: Module
  readonly locals: LocalTypes
  /** What the instruction being checked returns from: the type of the function. */
  readonly func: FuncType
  /** Globals that `global.get` may name; in constant expressions not yet all of them. */
  readonly globals: number
  /** The instruction being checked. */
  ins: Instruction | undefined
  readonly #vals: Operand[] = []
  readonly #frames: Frame[] = []
  /** The locals without a default that have been set in the blocks that are open, in order. */
  readonly #set: number[] = []
  readonly #isSet = new Set<number>()
  #frame!: Frame
  #depth = 0

  constructor(module: Module, func: FuncType, locals: LocalTypes = [], globals = module.globals.length) {
    this.module = module
    this.func = func
    this.locals = locals
    this.globals = globals
    // Parameters are locals; a branch out of the function carries its results.
    this.pushCtrl('func', { ...func, params: [] })
  }

  /** Blocks open, that of the function included; 0 after its `end`. */
  get depth(): number {
    return this.#depth
  }

  /** The innermost block. */
  get frame(): Frame {
    return this.#frame
  }

  get reachable(): boolean {
    return this.#depth > 0 && this.#frame.live && !this.#frame.unreachable
  }

  /** @returns an error to throw, at the instruction being checked. */
  fail(what: string, kind: ErrorKind = 'invalid'): CompileError {
    return new CompileError(kind, what, placeOf(this.module, this.ins?.offset ?? 0))
  }

  matches(sub: Operand, sup: ValType): boolean {
    if (sub === 'bot' || sub === sup) return true
    return sub === BOT_REF ? isRef(sup) : matches(this.module, sub, sup)
  }

  /** The type of a local, which must have a value by now. */
  getLocal(index: number): ValType {
    const type = this.locals.at(index)!
    if (this.#needsSet(type, index) && !this.#isSet.has(index)) throw this.fail(`uninitialized local ${index}`)
    return type
  }

  /** The type of a local, which has a value from now on: until the end of the block if it has no default. */
  setLocal(index: number): ValType {
    const type = this.locals.at(index)!
    if (this.#needsSet(type, index) && !this.#isSet.has(index)) {
      this.#isSet.add(index)
      this.#set.push(index)
    }
    return type
  }

  /** Parameters have values from the start. */
  #needsSet(type: ValType, index: number): boolean {
    return typeof type === 'object' && !type.nullable && index >= this.func.params.length
  }

  /** Checks that a type that an instruction names exists. */
  checkHeap(heap: HeapType): void {
    if (typeof heap === 'number' && heap >= this.module.types.length) throw this.fail(`unknown type ${heap}`)
  }

  checkType(type: ValType): void {
    if (isRef(type)) this.checkHeap(type.heap)
  }

  pushVal(type: Operand): void {
    this.#vals.push(type)
  }

  /** Pops any operand; `expected` is for the message. */
  popAny(expected = 'a value'): Operand {
    const vals = this.#vals
    if (vals.length > this.#frame.height) return vals.pop()!
    if (this.#frame.unreachable) return 'bot'
    throw this.mismatch(expected, 'nothing')
  }

  popVal(expected: ValType): Operand {
    const vals = this.#vals
    if (vals.length > this.#frame.height) {
      const actual = vals.pop()!
      if (actual === expected || this.matches(actual, expected)) return actual
      throw this.mismatch(typeName(expected), operandName(actual))
    }
    if (this.#frame.unreachable) return 'bot'
    throw this.mismatch(typeName(expected), 'nothing')
  }

  popRef(): RefType {
    const type = this.popAny('a reference')
    if (type === 'bot') return BOT_REF
    if (isRef(type)) return type
    throw this.mismatch('a reference', type)
  }

  /** Pops the reference that an instruction looks into, tests or calls, and tells those below what is known of it. */
  popOperand(ins: Instruction, expected: RefType): Operand {
    const type = this.popVal(expected)
    ins.operand = typeof type === 'object' ? type : expected
    return type
  }

  pushVals(types: readonly ValType[]): void {
    for (let index = 0; index < types.length; index++) this.#vals.push(types[index]!)
  }

  popVals(types: readonly ValType[]): void {
    for (let index = types.length - 1; index >= 0; index--) this.popVal(types[index]!)
  }

  /**
   * Checks operands against types but leaves them, as `br_table` does for each of its labels. Where the operands are
   * there, nothing is popped and pushed again.
   */
  peekVals(types: readonly ValType[]): void {
    const vals = this.#vals
    const { height, unreachable } = this.#frame
    for (let index = types.length - 1, at = vals.length - 1; index >= 0; index--, at--) {
      const expected = types[index]!
      if (at >= height) {
        const actual = vals[at]!
        if (!this.matches(actual, expected)) throw this.mismatch(typeName(expected), operandName(actual))
      } else if (!unreachable) throw this.mismatch(typeName(expected), 'nothing')
    }
  }

  pushCtrl(kind: FrameKind, type: FuncType): void {
    const live = this.#depth === 0 || this.reachable
    const height = this.#vals.length
    const old = this.#frames[this.#depth]
    if (old) {
      old.kind = kind
      old.type = type
      old.height = height
      old.setLocals = this.#set.length
      old.unreachable = false
      old.live = live
      old.seenBy = -1
      this.#frame = old
    } else {
      this.#frame = { kind, type, height, setLocals: this.#set.length, unreachable: false, live, seenBy: -1 }
      this.#frames.push(this.#frame)
    }
    this.#depth++
    this.pushVals(type.params)
  }

  /** Checks the results of the innermost block and closes it. @returns its frame, valid until the next pushCtrl. */
  popCtrl(): Frame {
    const frame = this.#frame
    this.popVals(frame.type.results)
    if (this.#vals.length > frame.height) {
      const left = this.#vals.slice(frame.height).map(operandName)
      throw this.fail(`type mismatch: values remaining on stack at end of block: [${left.join(' ')}]`)
    }
    while (this.#set.length > frame.setLocals) this.#isSet.delete(this.#set.pop()!)
    this.#depth--
    if (this.#depth > 0) this.#frame = this.#frames[this.#depth - 1]!
    return frame
  }

  /** The block that a label means: 0 is the innermost. */
  label(index: number): Frame {
    if (index >= this.#depth) throw this.fail(`unknown label ${index}`)
    return this.#frames[this.#depth - 1 - index]!
  }

  unreachable(): void {
    // Engines do this in line, and call themselves where `length` is set.
    while (this.#vals.length > this.#frame.height) this.#vals.pop()
    this.#frame.unreachable = true
  }

  mismatch(expected: string, found: string): CompileError {
    return this.fail(`type mismatch: ${this.ins?.op.name ?? 'the function'} expects ${expected}, found ${found}`)
  }
}

/** What a branch to a block carries. */
export const labelTypes = ({ kind, type }: Frame): readonly ValType[] => (kind === 'loop' ? type.params : type.results)

/** An operand's type, for messages. */
export const operandName = (type: Operand): string =>
  type === 'bot' ? 'a value of any type' : type === BOT_REF ? 'any reference' : typeName(type)
