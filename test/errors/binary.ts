// Modules from bare bytes, for modules that no builder would write.

import { uleb, utf8, vec } from '../binary/leb.ts'

export const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** A section of any size; arguments, as `section` has them, end at some ten thousand. */
export const sectionOf = (id: number, bytes: readonly number[]): number[] => [id, ...uleb(bytes.length), ...bytes]

export const section = (id: number, ...bytes: number[]): number[] => sectionOf(id, bytes)

export const binary = (...sections: number[][]): Uint8Array => Uint8Array.from([...PREAMBLE, ...sections.flat()])

/** A module of one function, of type `[] -> []` or a type given by its bytes, with code but for the final `end`. */
export const withBody = (code: number[], type: number[] = [0x60, 0, 0], before: number[][] = []): Uint8Array => {
  const body = [0, ...code, 0x0b]
  return binary(
    section(1, ...vec([type])),
    section(3, 1, 0),
    ...before,
    sectionOf(10, [1, ...uleb(body.length), ...body]),
    section(0, ...utf8('name'), 1, 6, 1, 0, 3, 0x61, 0x64, 0x64),
  )
}
