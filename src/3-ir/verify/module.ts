// The types of a module's functions and globals, as the IR has them.

import type { Module } from '../../0-wasm/module.ts'
import { type FieldType, type FuncType, unpacked } from '../../0-wasm/types.ts'
import type { EntityRef } from '../expr.ts'
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

  /** The types of a structure's fields. */
  fields(type: number): readonly RegType[] | undefined {
    const composite = this.#module.types[type]?.composite
    return composite?.kind === 'struct' ? composite.fields.map(storageType) : undefined
  }

  /** The type of an array's elements. */
  element(type: number): RegType | undefined {
    const composite = this.#module.types[type]?.composite
    return composite?.kind === 'array' ? storageType(composite.element) : undefined
  }

  /** How many there are. */
  count(kind: EntityRef['kind']): number {
    const { memories, tables, elements, data, tags } = this.#module
    return { memory: memories, table: tables, elem: elements, data, tag: tags }[kind].length
  }
}
