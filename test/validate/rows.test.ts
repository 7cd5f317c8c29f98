// Every row with a fixed type: a function of one instruction is valid here, and for the engine that runs this test if it has
// the feature; with an operand of another type it is valid for neither.

import { describe, expect, test } from 'vitest'
import { type Feature, VALIDATED } from '../../src/0-wasm/features.ts'
import { type Op, ops, type TypeAtom } from '../../src/0-wasm/ops/index.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import { opcode } from '../binary/code.ts'
import { uleb, vec } from '../binary/leb.ts'
import { binary, section, sectionOf } from '../errors/binary.ts'

/** What Node 20 has; the others are compared by the mutations of test/validate on newer engines, and by the suite. */
const NATIVE: ReadonlySet<Feature> = new Set<Feature>([
  'mvp',
  'sign-extension',
  'saturating-float-to-int',
  'simd',
  'threads',
])

const CODES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b, addr: 0x7f } as const
/** A type that is not the one wanted. */
const OTHER: Readonly<Record<TypeAtom, TypeAtom>> = {
  i32: 'i64',
  i64: 'i32',
  f32: 'f64',
  f64: 'f32',
  v128: 'i32',
  addr: 'f64',
}

/** Immediates that are valid in the module below. */
function immediates({ immediates: kinds, width }: Op): number[] {
  const bytes: Record<string, number[]> = {
    memarg: [Math.log2(width), 0],
    atomic: [Math.log2(width), 0],
    v128: Array.from({ length: 16 }, () => 0xff),
    lanes: Array.from({ length: 16 }, (_, lane) => lane),
    f32: [0, 0, 0, 0],
    f64: [0, 0, 0, 0, 0, 0, 0, 0],
  }
  return kinds.flatMap((kind) => bytes[kind] ?? [0])
}

function moduleOf(op: Op, params: readonly TypeAtom[]): Uint8Array<ArrayBuffer> {
  const types = (atoms: readonly TypeAtom[]) => vec(atoms.map((atom) => [CODES[atom]]))
  const body = [0, ...params.flatMap((_, i) => [0x20, i]), ...opcode(op.name), ...immediates(op), 0x0b]
  return new Uint8Array(
    binary(
      section(1, 1, 0x60, ...types(params), ...types(op.type!.results)),
      section(3, 1, 0),
      section(4, 1, 0x70, 0, 1),
      section(5, 1, 3, 1, 1),
      section(9, 1, 1, 0, 0),
      section(12, 1),
      sectionOf(10, [1, ...uleb(body.length), ...body]),
      section(11, 1, 1, 0),
    ),
  )
}

function isValid(bytes: Uint8Array): boolean {
  try {
    validate(decode(bytes, VALIDATED))
    return true
  } catch {
    return false
  }
}

const typed = ops.filter(({ type }) => type !== undefined)

describe.each([...new Set(typed.map(({ feature }) => feature))])('%s', (feature) => {
  test.each(typed.filter((op) => op.feature === feature))('$name', (op) => {
    const { params } = op.type!
    const modules = [
      [true, moduleOf(op, params)],
      ...params.map((_, i) => [
        false,
        moduleOf(
          op,
          params.map((atom, at) => (at === i ? OTHER[atom] : atom)),
        ),
      ]),
    ] as [boolean, Uint8Array<ArrayBuffer>][]
    for (const [valid, bytes] of modules) {
      expect(isValid(bytes)).toBe(valid)
      if (NATIVE.has(feature)) expect(WebAssembly.validate(bytes)).toBe(valid)
    }
  })
})
