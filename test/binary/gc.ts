// Modules with types of their own, which the text format of the other tests does not know.

import { END, VAL_TYPES, type ValName } from './code.ts'
import { sleb, uleb, utf8, vec } from './leb.ts'

/** A type of a value: a name, or a reference to a type by its index. */
export type GcType = ValName | readonly [kind: 'ref' | 'ref null', type: number | 'extern']

/** A field: its type or `i8` or `i16`, with `mut` if it can be set. */
export type Field = GcType | 'i8' | 'i16' | readonly [kind: 'mut', type: GcType | 'i8' | 'i16']

export interface GcFunc {
  readonly type: number
  readonly locals?: readonly GcType[]
  /** Without its final `end`. */
  readonly code: readonly number[]
  /** The name that it is exported by. */
  readonly name?: string
}

const typeBytes = (type: GcType | 'i8' | 'i16'): number[] => {
  if (type === 'i8') return [0x78]
  if (type === 'i16') return [0x77]
  if (typeof type === 'string') return [VAL_TYPES[type]]
  return [type[0] === 'ref' ? 0x64 : 0x63, ...(type[1] === 'extern' ? [VAL_TYPES.externref] : sleb(type[1]))]
}

const fieldBytes = (field: Field): number[] =>
  Array.isArray(field) && field[0] === 'mut'
    ? [...typeBytes(field[1] as GcType), 1]
    : [...typeBytes(field as GcType), 0]

export const structType = (...fields: Field[]): number[] => [0x5f, ...vec(fields.map(fieldBytes))]
export const arrayType = (element: Field): number[] => [0x5e, ...fieldBytes(element)]
export const funcType = (params: readonly GcType[], results: readonly GcType[]): number[] => [
  0x60,
  ...vec(params.map(typeBytes)),
  ...vec(results.map(typeBytes)),
]
/** A type that may have others below it. */
export const open = (type: readonly number[], ...supers: number[]): number[] => [
  0x50,
  ...vec(supers.map(uleb)),
  ...type,
]
/** Types that may name each other. */
export const rec = (...types: readonly (readonly number[])[]): number[] => [
  0x4e,
  ...vec(types.map((type) => [...type])),
]

const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  if (items.length === 0) return []
  const body = vec(items.map((item) => [...item]))
  return [id, ...uleb(body.length), ...body]
}

export interface GcModule {
  readonly types: readonly (readonly number[])[]
  readonly funcs: readonly GcFunc[]
  /** Functions to import, by name and type, from module `m` if none is named. They can be exported as `NAME!`. */
  readonly imports?: readonly (readonly [name: string, type: number, module?: string])[]
  readonly exportsImports?: boolean
  /** Immutable globals of externref to import, which are exported by their names. */
  readonly strings?: readonly (readonly [module: string, name: string])[]
  /** The types of what exceptions carry, by tag. */
  readonly tags?: readonly number[]
  /** Passive data segments. */
  readonly datas?: readonly (readonly number[])[]
}

/** Imports come first among functions, and all functions may be references. */
export function gcModule({
  types,
  funcs,
  imports = [],
  exportsImports,
  strings = [],
  tags = [],
  datas = [],
}: GcModule): Uint8Array<ArrayBuffer> {
  const bodies = funcs.map(({ locals = [], code }) => {
    const body = [...vec(locals.map((type) => [1, ...typeBytes(type)])), ...code, END]
    return [...uleb(body.length), ...body]
  })
  const indices = funcs.map((_, i) => imports.length + i)
  const reexports = exportsImports ? imports.map(([name], i) => [...utf8(`${name}!`), 0, ...uleb(i)]) : []
  const exported = strings.map(([, name], i) => [...utf8(name), 3, ...uleb(i)])
  const exports = funcs.flatMap(({ name }, i) => (name === undefined ? [] : [[...utf8(name), 0, ...uleb(indices[i])]]))
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [
      ...imports.map(([name, type, module = 'm']) => [...utf8(module), ...utf8(name), 0, ...uleb(type)]),
      ...strings.map(([module, name]) => [...utf8(module), ...utf8(name), 3, VAL_TYPES.externref, 0]),
    ]),
    ...section(
      3,
      funcs.map(({ type }) => uleb(type)),
    ),
    ...section(
      13,
      tags.map((type) => [0, ...uleb(type)]),
    ),
    ...section(7, [...exports, ...reexports, ...exported]),
    ...section(9, [[3, 0, ...vec(indices.map(uleb))]]),
    ...(datas.length === 0 ? [] : [12, 1, datas.length]),
    ...section(10, bodies),
    ...section(
      11,
      datas.map((bytes) => [1, ...vec(bytes.map((byte) => [byte]))]),
    ),
  ])
}
