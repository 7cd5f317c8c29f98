// What the IR names of its module is there, and has the type that it is used with.

import type { Call, CallIndirect, EntityRef, Expr, GcOperation, RuntimeCall } from '../expr.ts'
import { GC_OPS } from '../gc-ops.ts'
import type { RegType } from '../ir.ts'
import { ACCESSES, type AccessOp } from '../ops/accesses.ts'
import type { Signature } from '../registers.ts'
import { RUNTIME_CALLS } from '../runtime-calls.ts'
import { isSameVersion } from '../versions.ts'
import { type GcSignature, gcSignature } from './gc.ts'
import { inStage } from './module.ts'
import type { Subject } from './subject.ts'

/** An effective address needs no more bits than a double has: all words of a v128 at the largest offset. */
const MAX_OFFSET = 0xffffffff + 12

export class EntityChecker {
  readonly #s: Subject

  constructor(subject: Subject) {
    this.#s = subject
  }

  /** The type of what is called, its values as registers; undefined if that is not known. */
  signature(e: Call | CallIndirect): Signature | undefined {
    const { known } = this.#s
    if (e.kind === 'call' && e.version.kind !== 'main') {
      const called = known.funcs?.find(({ version }) => isSameVersion(version, e.version))
      if (called === undefined) return known.funcs && this.#s.fail('there is no such version', e)
      return { params: called.params.map(({ type }) => type), results: called.results }
    }
    if (known.module === undefined) return undefined
    const found = e.kind === 'call' ? known.module.func(e.func) : known.module.type(e.typeIndex)
    if (found === undefined) return this.#s.fail('there is no such function', e)
    return { params: inStage(found.params, this.#s), results: inStage(found.results, this.#s) }
  }

  /** @returns the types of the arguments, if they are known */
  call(e: Call | CallIndirect): readonly RegType[] | undefined {
    if (e.kind === 'call_indirect' && e.table !== undefined) this.#index('table', e.table)
    const type = this.signature(e)
    if (type === undefined) return undefined
    this.#s.need(e.type === (type.results[0] ?? 'i32'), `its result is ${type.results[0] ?? 'nothing'}`, e)
    return type.params
  }

  /** Whether an expression gives nothing that may be looked at. */
  isVoid(e: Expr): boolean {
    if (e.kind === 'runtime') return RUNTIME_CALLS[e.name].isVoid
    if (e.kind === 'gc') return GC_OPS[e.op].isVoid
    return (e.kind === 'call' || e.kind === 'call_indirect') && this.signature(e)?.results.length === 0
  }

  /** What an instruction on structures, arrays and types takes and gives; undefined if that is not known. */
  gc(e: GcOperation): GcSignature | undefined {
    const { known } = this.#s
    if (e.op === 'array.new_data' || e.op === 'array.init_data') this.#index('data', e.detail)
    if (e.op === 'array.new_elem' || e.op === 'array.init_elem') this.#index('elem', e.detail)
    if (known.module === undefined) return undefined
    return gcSignature(e, known.module, this.#s) ?? this.#s.fail('there is no such field', e)
  }

  /** A register of a global. */
  global({ global, part }: { global: number; part: number }, type: RegType, isMutable: boolean): void {
    const { known } = this.#s
    if (known.module === undefined) return
    const found = known.module.global(global)
    const types = found && inStage([found.type], this.#s)
    this.#s.need(types?.[part] === type, `global ${global} has no ${type} at ${part}`)
    this.#s.need(found?.mutable === isMutable, `global ${global} is ${isMutable ? 'never' : 'sometimes'} set`)
  }

  func(index: number): void {
    const { module } = this.#s.known
    this.#s.need(module === undefined || module.func(index) !== undefined, `there is no function ${index}`)
  }

  runtime(e: RuntimeCall): void {
    const { entities } = RUNTIME_CALLS[e.name]
    this.#s.need(e.entities.map(({ kind }) => kind).join() === entities.join(), `it works on ${entities.join()}`, e)
    for (const { kind, index } of e.entities) this.#index(kind, index)
  }

  /** A load or store. */
  access({ op, memory, offset }: { readonly op: AccessOp; readonly memory: number; readonly offset: number }): void {
    this.#index('memory', memory)
    const isPart = ACCESSES[op].type === 'i64' && ACCESSES[op].bytes < 8
    this.#s.need(!isPart || this.#s.stage === 'wasm', `${op} is for i64 values as Wasm has them`)
    this.#s.need(Number.isInteger(offset) && offset >= 0 && offset <= MAX_OFFSET, `an offset of ${offset}`)
  }

  #index(kind: EntityRef['kind'], index: number): void {
    const count = this.#s.known.module?.count(kind) ?? Infinity
    this.#s.need(index >= 0 && index < count, `${kind} ${index} of ${count}`)
  }
}
