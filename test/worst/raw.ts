// Modules given section by section, with types that `ModuleBuilder` has no names for.

import { END, VAL_TYPES } from '../binary/code.ts'
import { sleb, uleb, vec } from '../binary/leb.ts'
import { join } from './code.ts'

interface Parts {
  readonly types: readonly (readonly number[])[]
  /** Type and body of each function, with the declarations of its locals and the final `end`. */
  readonly funcs: readonly { readonly type: number; readonly body: readonly number[] }[]
  readonly tables?: readonly (readonly number[])[]
  readonly memories?: readonly (readonly number[])[]
  readonly tags?: readonly (readonly number[])[]
  readonly globals?: readonly (readonly number[])[]
  readonly elements?: readonly (readonly number[])[]
  readonly data?: readonly (readonly number[])[]
}

const section = (id: number, body: readonly number[]): number[] => join([id], uleb(body.length), body)
const sectionOf = (id: number, items: readonly (readonly number[])[] = []): number[] =>
  items.length === 0 ? [] : section(id, join(uleb(items.length), ...items))

export const moduleOf = ({
  types,
  funcs,
  tables,
  memories,
  tags,
  globals,
  elements,
  data,
}: Parts): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    join(
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      sectionOf(1, types),
      sectionOf(
        3,
        funcs.map(({ type }) => uleb(type)),
      ),
      sectionOf(4, tables),
      sectionOf(5, memories),
      sectionOf(13, tags),
      sectionOf(6, globals),
      sectionOf(9, elements),
      data === undefined ? [] : section(12, uleb(data.length)),
      sectionOf(
        10,
        funcs.map(({ body }) => join(uleb(body.length), body)),
      ),
      sectionOf(11, data),
    ),
  )

export const { i32: I32, i64: I64, f32: F32, f64: F64, v128: V128, anyref: ANY } = VAL_TYPES
export const func = (params: readonly number[], results: readonly number[]): number[] => [
  0x60,
  ...uleb(params.length),
  ...params,
  ...uleb(results.length),
  ...results,
]
export const struct = (...fields: readonly (readonly number[])[]): number[] => [
  0x5f,
  ...vec(fields.map((field) => [...field, 1])),
]
export const array = (element: readonly number[]): number[] => [0x5e, ...element, 1]
export const sub = (parents: readonly number[], type: readonly number[]): number[] => [
  0x50,
  ...vec(parents.map(uleb)),
  ...type,
]
export const refNull = (type: number): number[] => [0x63, ...sleb(type)]
export const group = (types: readonly (readonly number[])[]): number[] => join([0x4e], uleb(types.length), ...types)

/** A body whose locals are runs of a type. */
export const body = (
  runs: readonly (readonly [count: number, type: readonly number[]])[],
  code: readonly number[],
): number[] => join(uleb(runs.length), ...runs.map(([count, type]) => [...uleb(count), ...type]), code, [END])

export const list = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))

/** A function of this code in a module of these types; type 0 is its own, and it has a local of each of these types. */
export const ofTypes = (
  types: readonly (readonly number[])[],
  locals: readonly (readonly number[])[],
  code: readonly number[],
) =>
  moduleOf({
    types: [func([I32], []), ...types],
    funcs: [
      {
        type: 0,
        body: body(
          locals.map((type) => [1, type]),
          code,
        ),
      },
    ],
  })
