// The types of a module's functions and globals, as the IR has them.

import type { Module } from '../../0-wasm/module.ts'
import { type FieldType, type FuncType, unpacked } from '../../0-wasm/types.ts'
import type { EntityRef, GcOperation } from '../expr.ts'
import type { RegType } from '../ir.ts'
import { registerType, type Signature, signatureOf, wordTypes } from '../registers.ts'
import type { Subject } from './subject.ts'

/** Values as a function has them: an i64 is one register or two, a v128 one or four. */
export const inStage = (types: readonly RegType[], { stage, func }: Subject): readonly RegType[] =>
  types.flatMap((type) => {
    const isValue = type === 'i64' ? stage === 'wasm' : type === 'v128' && func.hasVectors
    return isValue ? [type] : wordTypes(type)
  })

const storageType = ({ storage }: FieldType): RegType => registerType(unpacked(storage))

/** The types of a module's entities; undefined where there is none of an index. */
export class ModuleTypes {
  readonly #module: Module

  constructor(module: Module) {
    this.#module = module
  }

  /** The function type at an index of the type section. */
  type(index: number): Signature | undefined {
    const type = this.#module.types[index]?.composite
    return type === undefined ? undefined : signatureOf(type as FuncType)
  }

  func(index: number): Signature | undefined {
    const func = this.#module.funcs[index]
    return func === undefined ? undefined : this.type(func.type)
  }

  global(index: number): { readonly type: RegType; readonly mutable: boolean } | undefined {
    const global = this.#module.globals[index]
    return global === undefined ? undefined : { type: registerType(global.type.type), mutable: global.type.mutable }
  }

  /** The types of what a structure or an array holds that an instruction on one names, in order; undefined: none. */
  storageOf({ heap, op, detail }: GcOperation): readonly RegType[] | undefined {
    const type = typeof heap === 'number' ? this.#module.types[heap]?.composite : undefined
    if (op === 'array.len' || op === 'array.copy') return []
    if (op.startsWith('array')) return type?.kind === 'array' ? [storageType(type.element)] : undefined
    if (!op.startsWith('struct')) return []
    const fields = type?.kind === 'struct' ? type.fields.map(storageType) : []
    return op === 'struct.new' ? fields : fields.slice(detail, detail + 1)
  }

  /** How many there are. */
  count(kind: EntityRef['kind']): number {
    const { memories, tables, elements, data, tags } = this.#module
    return { memory: memories, table: tables, elem: elements, data, tag: tags }[kind].length
  }
}
