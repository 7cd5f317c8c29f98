// A decoded module (spec, "Structure / Modules"). Index spaces hold imports first, as the spec numbers them.

import type { BranchHints } from './branch-hints.ts'
import type { StringBuiltin } from './builtins.ts'
import type { FeatureUse } from './feature-use.ts'
import type { Names } from './names.ts'
import type { DefinedType, GlobalType, MemoryType, RefType, TableType } from './types.ts'

export interface ImportName {
  readonly module: string
  readonly name: string
}

interface Entity {
  /** Set if the entity is imported. */
  readonly import: ImportName | undefined
}

export interface Func extends Entity {
  /** Index of its function type. */
  readonly type: number
  /** The code entry, undefined for imports. */
  readonly body: FuncBody | undefined
  /** What it is, if it is a builtin: then it is not among the module's imports. */
  readonly builtin?: StringBuiltin
}

/** Byte range of a code entry; locals and instructions are decoded when the function is compiled. */
export interface FuncBody {
  /** Offset of the local declarations, in bytes from the start of the module. */
  readonly start: number
  /** Offset after the final `end`. */
  readonly end: number
}

export interface Table extends Entity {
  readonly type: TableType
  /** Initial value of every element, where the binary gives one. */
  readonly init: ConstExpr | undefined
}

export interface Memory extends Entity {
  readonly type: MemoryType
}

export interface Global extends Entity {
  readonly type: GlobalType
  readonly init: ConstExpr | undefined
  /** Its value, if it is a string constant: then it is not among the module's imports. */
  readonly string?: string
}

export interface Tag extends Entity {
  readonly type: number
}

/** Byte range of a constant expression, its final `end` included. */
export interface ConstExpr {
  readonly start: number
  readonly end: number
}

export type ExternKind = 'func' | 'table' | 'memory' | 'global' | 'tag'

export interface Export {
  readonly name: string
  readonly kind: ExternKind
  readonly index: number
}

export type SegmentMode =
  | { readonly kind: 'active'; readonly index: number; readonly offset: ConstExpr }
  | { readonly kind: 'passive' }
  | { readonly kind: 'declarative' }

export interface ElementSegment {
  readonly type: RefType
  readonly mode: SegmentMode
  /** Function indices, the common case, or one constant expression for each element. */
  readonly items: { readonly funcs: readonly number[] } | { readonly exprs: readonly ConstExpr[] }
}

export interface DataSegment {
  readonly mode: SegmentMode
  readonly start: number
  readonly end: number
}

export interface Section {
  readonly id: number
  /** The name of a custom section; for others, the spec's name of the section. */
  readonly name: string
  readonly start: number
  readonly end: number
}

export interface Module {
  readonly bytes: Uint8Array
  readonly types: readonly DefinedType[]
  readonly funcs: readonly Func[]
  readonly tables: readonly Table[]
  readonly memories: readonly Memory[]
  readonly globals: readonly Global[]
  readonly tags: readonly Tag[]
  /** Imports in the binary's order, each naming the entity it became. */
  readonly imports: readonly {
    readonly module: string
    readonly name: string
    readonly kind: ExternKind
    readonly index: number
  }[]
  readonly exports: readonly Export[]
  readonly start: number | undefined
  readonly elements: readonly ElementSegment[]
  readonly data: readonly DataSegment[]
  readonly dataCount: number | undefined
  /** All sections in order, custom ones included; payload ranges. */
  readonly sections: readonly Section[]
  /** Decoded from the name section; empty if there is none or it is broken. */
  readonly names: Names
  /** Functions that occur outside of function bodies, which `ref.func` may name (the spec's context field `refs`). */
  readonly refs: ReadonlySet<number>
  /** What the module's producer says of its branches; empty if it says nothing, or nothing that can be read. */
  readonly branchHints: BranchHints
  /** Whether a program of one thread is made of it: memories that it says are shared are like others then. */
  readonly isSingle: boolean
  /** Features used: outside of function bodies, and in those bodies that have been walked already. */
  readonly features: FeatureUse
}

/** Whether other threads may see a memory. */
export const isShared = ({ memories, isSingle }: Module, index: number): boolean =>
  memories[index]?.type.shared === true && !isSingle

/** Whether there is such a memory, and it may grow: then another thread may make it larger at any time. */
export const growsElsewhere = (module: Module): boolean =>
  module.memories.some(({ type: { limits } }, index) => isShared(module, index) && limits.min !== limits.max)
