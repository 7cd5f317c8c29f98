// Modules of one function with types of all kinds around it, and what the validator says of it.

import { CompileError } from '../../src/0-wasm/errors.ts'
import { type Feature, VALIDATED } from '../../src/0-wasm/features.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import { END } from '../binary/code.ts'
import { uleb, vec } from '../binary/leb.ts'
import { binary, sectionOf } from '../errors/binary.ts'

export interface Body {
  /** The bytes of value types. */
  readonly params?: readonly number[][]
  readonly results?: readonly number[][]
  readonly locals?: readonly number[][]
  /** Without the final `end`. */
  readonly code: readonly number[]
}

export interface Surroundings {
  /** The types before that of the function, each with its bytes, or a recursive group. */
  readonly types: readonly number[][]
  /** How many types that are: a group counts as one entry. Default: as many as there are entries. */
  readonly typeCount?: number
  /** Further sections by their number. */
  readonly sections?: Readonly<Record<number, readonly number[]>>
}

/** Sections in the order in which they have to stand. */
const ORDER = [2, 4, 5, 13, 6, 7, 9, 12]

export function moduleOf(around: Surroundings, { params = [], results = [], locals = [], code }: Body): Uint8Array {
  const type = [0x60, ...vec(params), ...vec(results)]
  const index = around.typeCount ?? around.types.length
  const body = [...vec(locals.map((local) => [1, ...local])), ...code, END]
  const rest = ORDER.map((id): [number, readonly number[] | undefined] => [id, around.sections?.[id]])
  const before = rest.filter(([id]) => id === 2).flatMap(([id, bytes]) => (bytes ? [sectionOf(id, bytes)] : []))
  const after = rest.filter(([id]) => id !== 2).flatMap(([id, bytes]) => (bytes ? [sectionOf(id, bytes)] : []))
  return binary(
    sectionOf(1, vec([...around.types, type])),
    ...before,
    sectionOf(3, [1, ...uleb(index)]),
    ...after,
    sectionOf(10, [1, ...uleb(body.length), ...body]),
  )
}

/** `valid`, or the message without the place. */
export function verdict(bytes: Uint8Array, available: ReadonlySet<Feature> = VALIDATED): string {
  try {
    validate(decode(bytes, available))
    return 'valid'
  } catch (error) {
    if (error instanceof CompileError) return error.message.replace(/ \((?:func .*)?at 0x[0-9a-f]+\)$/, '')
    throw error
  }
}
