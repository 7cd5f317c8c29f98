// Which features modules may use: what options say, and how a module is refused that uses others.

import { describe, expect, test } from 'vitest'
import { CompileError, compile, type FeatureChoice, OptionsError, validate } from '../../src/index.ts'
import { createWebAssembly } from '../../src/webassembly.ts'
import { uleb, utf8, vec } from '../binary/leb.ts'
import { binary, section, sectionOf, withBody } from '../errors/binary.ts'

type Features = FeatureChoice

function refusal(bytes: Uint8Array, features: Features = {}): string {
  try {
    compile(bytes, { features })
  } catch (error) {
    if (error instanceof CompileError) return error.message
    throw error
  }
  return 'compiled'
}

/** Functions of type `[] -> []`, given by their code. */
const functions = (...codes: number[][]): Uint8Array => {
  const bodies = codes.map((code) => [...uleb(code.length + 2), 0, ...code, 0x0b])
  return binary(section(1, 1, 0x60, 0, 0), sectionOf(3, vec(codes.map(() => [0]))), sectionOf(10, vec(bodies)))
}

const EXTEND = [0x41, 0, 0xc0, 0x1a]
const I31 = [0x41, 0, 0xfb, 0x1c, 0x1a]
const FENCE = [0xfe, 3, 0]
const SUSPEND = [0xe2, 0]
const TRY = [0x06, 0x40, 0x0b]
const WRONG = [0x1a]
const COMPACT = binary(section(1, 1, 0x60, 0, 0), section(2, 1, ...utf8('m'), 0, 0x7f, 1, ...utf8('f'), 0, 0))

/** What was there before them. */
const OLD = { 'gc': false, 'legacy-exceptions': false, 'threads': false } as const

describe('a module that uses what is missing', () => {
  test('is refused for all of it at once', () => {
    expect(refusal(functions([], FENCE, EXTEND, I31, TRY), OLD)).toBe(
      'unsupported: gc, legacy-exceptions, threads; ' +
        'switched off: allow with --features gc,legacy-exceptions,threads, or option features of the API (func 1, at 0x1e)',
    )
  })

  test('is validated first', () => {
    expect(refusal(functions(I31, FENCE, WRONG), OLD)).toMatch(
      /^invalid: type mismatch: drop expects a value, found nothing/,
    )
    expect(refusal(functions(I31, [0x27]), OLD)).toMatch(/^malformed: illegal opcode 27/)
  })

  test('whether it is used in code or elsewhere', () => {
    const shared = withBody(I31, undefined, [section(5, 1, 3, 1, 1)])
    expect(refusal(shared, OLD)).toMatch(/^unsupported: gc, threads; /)
  })

  test('also where a proposal is only recognised, with the others', () => {
    expect(refusal(functions(I31, SUSPEND, TRY))).toMatch(/^unsupported: stack-switching; not supported yet/)
    expect(refusal(functions(I31, SUSPEND, TRY), OLD)).toMatch(
      /^unsupported: gc, legacy-exceptions, stack-switching; stack-switching not supported yet, so build without it; gc, legacy-exceptions switched off/,
    )
  })
})

describe('features', () => {
  test('that are on may be switched off', () => {
    expect(refusal(functions(EXTEND))).toBe('compiled')
    expect(refusal(functions(EXTEND), { 'sign-extension': false })).toBe(
      'unsupported: sign-extension; switched off: allow with --features sign-extension, or option features of the API (func 0, at 0x19)',
    )
  })

  test('that are off may be switched on', () => {
    expect(refusal(COMPACT)).toMatch(/^unsupported: compact-import-section; switched off: /)
    expect(refusal(COMPACT, { 'compact-import-section': true })).toBe('compiled')
    expect(refusal(COMPACT, { all: true })).toBe('compiled')
    expect(refusal(COMPACT, { 'all': true, 'compact-import-section': false })).toMatch(/^unsupported/)
  })

  test('that the compiler lacks cannot be switched on', () => {
    expect(refusal(functions(SUSPEND), { 'stack-switching': true })).toMatch(
      /^unsupported: stack-switching; not supported yet/,
    )
  })

  test('are asked by validate too', () => {
    expect(validate(COMPACT)).toBe(false)
    expect(validate(COMPACT, { features: { all: true } })).toBe(true)
    expect(validate(functions(EXTEND), { features: { all: false } })).toBe(false)
    expect(validate(functions([]), { features: { all: false } })).toBe(true)
  })

  test('are asked by the JavaScript API', () => {
    const bytes = COMPACT as Uint8Array<ArrayBuffer>
    const [strict, all] = [createWebAssembly(), createWebAssembly({ features: { all: true } })]
    expect([strict.validate(bytes), all.validate(bytes)]).toEqual([false, true])
    expect(() => new strict.Module(bytes)).toThrow(strict.CompileError)
    expect(all.Module.imports(new all.Module(bytes))).toEqual([{ module: 'm', name: 'f', kind: 'function' }])
  })

  test('have names that are known', () => {
    const wrong: unknown[] = [{ smid: true }, { simd: 'yes' }, { mvp: false }, ['simd'], 'simd', null]
    for (const features of wrong) {
      expect(() => compile(functions([]), { features: features as Features })).toThrow(OptionsError)
    }
    expect(() => compile(functions([]), { features: { smid: true } as Features })).toThrow(
      'unknown feature: smid; there are all, mutable-globals, ',
    )
  })
})
