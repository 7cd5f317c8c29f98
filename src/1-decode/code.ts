// The walk over code: one instruction at a time, into one reused record (spec, "Binary Format / Instructions").

import { refusal } from '../0-wasm/feature-use.ts'
import type { Feature } from '../0-wasm/features.ts'
import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import type { LocalRun } from '../0-wasm/locals.ts'
import type { Module } from '../0-wasm/module.ts'
import type { Op } from '../0-wasm/ops/index.ts'
import { placeOf } from '../0-wasm/place.ts'
import { type CompositeType, EXTERNREF, FUNCREF, type FuncType, isRef, type ValType } from '../0-wasm/types.ts'
import { foreignOp, skipImmediates } from './foreign.ts'
import { readCatches, readRest } from './immediates.ts'
import type { Instruction } from './instruction.ts'
import { isPrefix, prefixedOp, SHAPES, SINGLE } from './opcodes.ts'
import { Reader } from './reader.ts'
import { SHAPE } from './shape.ts'
import { isTypeCode, readValType, type Use } from './types.ts'

/** What a walk needs to know of the module; the decoder walks constant expressions before it has the rest. */
export type CodeContext = Pick<Module, 'bytes' | 'types' | 'funcs' | 'exports' | 'names' | 'dataCount' | 'features'>

const NO_BLOCK_TYPE = 0x40
const HAS_MEMORY_INDEX = 0x40

const NONE: readonly never[] = []

const resultOnly = (...results: ValType[]): FuncType => ({ kind: 'func', params: [], results })

const EMPTY = resultOnly()
const COMMON = new Map<ValType, FuncType>(
  (['i32', 'i64', 'f32', 'f64', 'v128', FUNCREF, EXTERNREF] as const).map((type) => [type, resultOnly(type)]),
)

/** Walks one function body, or one constant expression. */
export class CodeReader {
  /** The reused record: what `next` has just read. */
  readonly ins: Instruction
  readonly #module: CodeContext
  readonly #reader: Reader
  /** Blocks open around the next instruction, -1 after the last `end`. */
  #depth = 0
  /** The feature of the last instruction that is not of the MVP: often that of the next such one. */
  #feature: Feature = 'mvp'
  #isBody = false
  readonly #use: Use = (feature, offset) => this.#module.features.add(feature, offset)

  /**
   * @param start where the local declarations of a body begin, or the instructions of a constant expression
   * @param end offset after the final `end`; both in bytes from the start of the module
   */
  constructor(module: CodeContext, start: number, end: number) {
    this.#module = module
    this.#reader = new Reader(module.bytes, start, end, 'section or function', (offset) => placeOf(module, offset))
    this.ins = {
      op: SINGLE[0]!,
      offset: start,
      index: 0,
      index2: 0,
      align: 0,
      memOffset: 0,
      memory: 0,
      lo: 0,
      hi: 0,
      lane: 0,
      words: NONE,
      labels: NONE,
      blockType: EMPTY,
      catches: NONE,
      operand: undefined,
      types: NONE,
      heap: 'func',
      from: FUNCREF,
      to: FUNCREF,
    }
  }

  /** Whether the final `end` has been read. */
  get done(): boolean {
    return this.#depth < 0
  }

  /** Offset of the next instruction. */
  get pos(): number {
    return this.#reader.pos
  }

  /**
   * Reads the declared locals of a body: call it once, first. Parameters are not among them.
   *
   * @param params how many parameters there are, which the limit includes
   */
  locals(params = 0): LocalRun[] {
    this.#isBody = true
    const reader = this.#reader
    const locals: LocalRun[] = []
    let total = params
    for (let groups = reader.u32(); groups > 0; groups--) {
      const offset = reader.pos
      const count = reader.u32()
      const typeAt = reader.pos
      const type = readValType(reader, this.#use)
      if (isRef(type) && typeof type.heap === 'number') this.#typeAt(type.heap, typeAt)
      total += count
      if (total - params >= 2 ** 32) throw reader.fail('too many locals', offset)
      if (count > 0) locals.push({ count, type })
    }
    const { locals: limit } = MODULE_LIMITS
    if (total > limit) throw reader.fail(`too many locals: ${total} (limit ${limit})`, reader.pos, 'unsupported')
    return locals
  }

  /** Reads an instruction into `ins`. @returns false, and reads nothing, after the final `end`. */
  next(): boolean {
    const reader = this.#reader
    if (this.#depth < 0) {
      if (reader.pos === reader.end) return false
      throw reader.fail('section size mismatch: code after the final end')
    }
    const { ins } = this
    ins.offset = reader.pos
    const byte = reader.byte()
    const op = SINGLE[byte] ?? this.#prefixed(byte)
    ins.op = op
    if (op.feature !== 'mvp' && op.feature !== this.#feature) this.#note(op.feature)
    this.#immediates(op)
    return true
  }

  #note(feature: Feature): void {
    this.#feature = feature
    this.#use(feature, this.ins.offset)
  }

  /** Instructions of more than one byte, and unknown ones. Throws a refusal for one that is only recognised. */
  #prefixed(byte: number): Op {
    const reader = this.#reader
    const { offset } = this.ins
    const sub = isPrefix(byte) ? reader.u32() : undefined
    const op = sub === undefined ? undefined : prefixedOp(byte, sub)
    if (op) return this.#checkDataCount(op)
    const foreign = foreignOp(byte, sub)
    if (foreign) {
      this.#use(foreign.feature, offset)
      skipImmediates(reader, foreign, this.#use)
      throw refusal(this.#module)
    }
    const code = sub === undefined ? [byte] : [byte, sub]
    throw reader.fail(`illegal opcode ${code.map((part) => part.toString(16).padStart(2, '0')).join(' ')}`, offset)
  }

  #immediates(op: Op): void {
    const { ins } = this
    const reader = this.#reader
    switch (SHAPES[op.id]) {
      case SHAPE.none:
        break
      case SHAPE.end:
        this.#depth--
        break
      case SHAPE.index:
        ins.index = reader.u32()
        break
      case SHAPE.twoIndices:
        ins.index = reader.u32()
        ins.index2 = reader.u32()
        break
      case SHAPE.memarg:
        this.#memarg()
        break
      case SHAPE.i32:
        ins.lo = reader.s32()
        break
      case SHAPE.i64:
        reader.s64()
        ins.lo = reader.lo
        ins.hi = reader.hi
        break
      case SHAPE.f32:
        ins.lo = reader.word()
        break
      case SHAPE.f64:
        ins.lo = reader.word()
        ins.hi = reader.word()
        break
      case SHAPE.block:
        this.#depth++
        ins.blockType = this.#blockType()
        break
      case SHAPE.labels:
        ins.labels = this.#labels()
        break
      case SHAPE.types:
        ins.types = this.#types()
        break
      case SHAPE.catches:
        this.#depth++
        ins.blockType = this.#blockType()
        ins.catches = readCatches(reader, this.#count('catch clauses', Infinity))
        break
      case SHAPE.memargLane:
        this.#memarg()
        ins.lane = reader.byte()
        break
      case SHAPE.delegate:
        this.#depth--
        ins.index = reader.u32()
        break
      default:
        readRest(reader, ins, this.#use)
    }
  }

  #memarg(): void {
    const { ins } = this
    const reader = this.#reader
    const flags = reader.u32()
    if (flags >= 2 * HAS_MEMORY_INDEX) throw reader.fail('malformed memop flags', ins.offset)
    ins.align = flags & (HAS_MEMORY_INDEX - 1)
    ins.memory = 0
    if (flags >= HAS_MEMORY_INDEX) {
      this.#use('multi-memory', ins.offset)
      ins.memory = reader.u32()
    }
    ins.memOffset = reader.u64()
  }

  /** Lets a body be validated before the data section is read (spec, "Binary Format / Modules / Data Count Section"). */
  #checkDataCount(op: Op): Op {
    if (this.#isBody && op.immediates.includes('data') && this.#module.dataCount === undefined) {
      throw this.#reader.fail('data count section required', this.ins.offset)
    }
    return op
  }

  #blockType(): FuncType {
    const reader = this.#reader
    const offset = reader.pos
    const byte = reader.peek()
    if (byte === NO_BLOCK_TYPE) {
      reader.pos++
      return EMPTY
    }
    if (isTypeCode(byte)) {
      const type = readValType(reader, this.#use)
      return COMMON.get(type) ?? resultOnly(type)
    }
    const index = reader.s33()
    if (index < 0) throw reader.fail('malformed block type', offset)
    const type = this.#typeAt(index, offset)
    if (type.kind !== 'func') throw reader.fail(`type ${index} is not a function type`, offset, 'invalid')
    this.#use('multi-value', offset)
    return type
  }

  /** The defined type that is named at an offset. */
  #typeAt(index: number, offset: number): CompositeType {
    const type = this.#module.types[index]
    if (!type) throw this.#reader.fail(`unknown type ${index}`, offset, 'invalid')
    return type.composite
  }

  #labels(): number[] {
    const reader = this.#reader
    const count = this.#count('branch targets', MODULE_LIMITS.branchTargets)
    const labels: number[] = []
    for (let left = count; left >= 0; left--) labels.push(reader.u32())
    return labels
  }

  #types(): ValType[] {
    const types: ValType[] = []
    for (let left = this.#count('types', MODULE_LIMITS.results); left > 0; left--) {
      types.push(readValType(this.#reader, this.#use))
    }
    return types
  }

  /** The length of a vector, checked before anything is made of it. */
  #count(what: string, limit: number): number {
    const reader = this.#reader
    const offset = reader.pos
    const count = reader.u32()
    if (count > reader.end - reader.pos) throw reader.fail(`unexpected end of ${reader.what}`, offset)
    if (count > limit) throw reader.fail(`too many ${what}: ${count} (limit ${limit})`, offset, 'unsupported')
    return count
  }
}
