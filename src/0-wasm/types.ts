// The types of WebAssembly (spec, "Structure / Types"), for all of Wasm 3.0.

export type NumType = 'i32' | 'i64' | 'f32' | 'f64'
export type VecType = 'v128'

/** Abstract heap types, in the spec's names. */
export type AbstractHeapType =
  | 'func'
  | 'extern'
  | 'any'
  | 'eq'
  | 'i31'
  | 'struct'
  | 'array'
  | 'exn'
  | 'none'
  | 'nofunc'
  | 'noextern'
  | 'noexn'

/** An abstract heap type, or the index of a defined type in the module's type section. */
export type HeapType = AbstractHeapType | number

export interface RefType {
  readonly nullable: boolean
  readonly heap: HeapType
}

export type ValType = NumType | VecType | RefType

export type PackedType = 'i8' | 'i16'

export interface FieldType {
  readonly storage: ValType | PackedType
  readonly mutable: boolean
}

export interface FuncType {
  readonly kind: 'func'
  readonly params: readonly ValType[]
  readonly results: readonly ValType[]
}

export interface StructType {
  readonly kind: 'struct'
  readonly fields: readonly FieldType[]
}

export interface ArrayType {
  readonly kind: 'array'
  readonly element: FieldType
}

export type CompositeType = FuncType | StructType | ArrayType

/** One type of the type section. */
export interface DefinedType {
  readonly composite: CompositeType
  readonly final: boolean
  readonly supertypes: readonly number[]
  /** Index of the first type of the recursive group it stands in. */
  readonly group: number
  /** Index of the first type of the module that is equal to it: two types are equal if these are. */
  readonly canonical: number
}

/** The type of the addresses of a memory or the indices of a table. */
export type AddressType = 'i32' | 'i64'

/** In the entity's unit: pages for memories, elements for tables. */
export interface Limits {
  readonly min: number
  readonly max: number | undefined
  /** Both as they are, if one is above 2^53, which only 64-bit addresses allow: `min` and `max` are rounded then. */
  readonly exact?: { readonly min: bigint; readonly max: bigint | undefined }
}

export interface MemoryType {
  readonly limits: Limits
  readonly addressType: AddressType
  readonly shared: boolean
  /** In bytes: 65,536, or 1 with custom page sizes. Undefined for a size that is not valid. */
  readonly pageSize: 1 | 65_536 | undefined
}

export interface TableType {
  readonly element: RefType
  readonly limits: Limits
  readonly addressType: AddressType
}

export interface GlobalType {
  readonly type: ValType
  readonly mutable: boolean
}

export const FUNCREF: RefType = { nullable: true, heap: 'func' }
export const EXTERNREF: RefType = { nullable: true, heap: 'extern' }
export const EXNREF: RefType = { nullable: true, heap: 'exn' }

export const isRef = (type: ValType | PackedType): type is RefType => typeof type === 'object'

/** Whether a field of vectors, numbers or small integers, of which arrays can be made from data. */
export const isNumeric = (storage: ValType | PackedType): boolean => typeof storage === 'string'

/** Whether a value of the type exists without being made: 0, or null. */
export const isDefaultable = (storage: ValType | PackedType): boolean => typeof storage === 'string' || storage.nullable

/** What a field gives when it is read. */
export const unpacked = (storage: ValType | PackedType): ValType =>
  storage === 'i8' || storage === 'i16' ? 'i32' : storage

/** The spec's spelling of a value type: `i32`, `funcref`, `(ref null 5)`. */
export function typeName(type: ValType): string {
  if (!isRef(type)) return type
  if (type.nullable && typeof type.heap === 'string') {
    const bottom: Partial<Record<AbstractHeapType, string>> = {
      none: 'nullref',
      nofunc: 'nullfuncref',
      noextern: 'nullexternref',
      noexn: 'nullexnref',
    }
    return bottom[type.heap] ?? `${type.heap}ref`
  }
  return `(ref ${type.nullable ? 'null ' : ''}${type.heap})`
}

/** The spec's spelling of a function type: `[i32 i64] -> [f32]`. */
export const funcTypeName = (type: FuncType): string =>
  `[${type.params.map(typeName).join(' ')}] -> [${type.results.map(typeName).join(' ')}]`
