// What QuickJS 2025-04-26 lacks: `BigInt.asUintN(64, x)` is `asIntN`, and there are no encodings of text.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LONGS } from '../../src/3-ir/ops/folds.ts'
import { EMPTY, readStub, stubOf } from '../../src/7-link/stub.ts'
import { fileOffset } from '../../src/wasi/context.ts'
import { WebAssembly } from '../../src/webassembly.ts'

const { asUintN } = BigInt
beforeEach(() => {
  vi.stubGlobal('TextDecoder', undefined)
  vi.stubGlobal('TextEncoder', undefined)
  BigInt.asUintN = (bits, x) => (bits === 64 ? BigInt.asIntN(64, x) : asUintN(bits, x))
})
afterEach(() => {
  BigInt.asUintN = asUintN
  vi.unstubAllGlobals()
})

test('constants are folded as they would be computed', () => {
  expect(LONGS['i64.mul_high_u'](-1n, -1n)).toBe(0xffff_ffff_ffff_fffen)
  expect(LONGS['i64.shr_u'](-1n, 60n)).toBe(15n)
  expect(LONGS['i64.lt_u'](-1n, 1n)).toBe(0n)
})

test('a size of a file is not negative', () => {
  expect(() => fileOffset(-1n)).toThrow()
  expect(fileOffset(5n)).toBe(5)
})

test('limits of 64 bits are from 0 to 2^64 - 1', () => {
  const memory = (initial: bigint, maximum: bigint) =>
    new WebAssembly.Memory({ initial, maximum, address: 'i64' } as unknown as ConstructorParameters<
      typeof WebAssembly.Memory
    >[0])
  expect(() => memory(-1n, 5n)).toThrow('must be a BigInt from 0 to')
  expect(() => memory(0n, 2n ** 64n)).toThrow('must be a BigInt from 0 to')
  expect(() => memory(0n, 2n ** 64n - 1n)).toThrow('is above 2^48')
  expect(memory(0n, 5n)).toBeInstanceOf(WebAssembly.Memory)
})

test('what is no module is refused', () => {
  const refusal = (...bytes: number[]) => {
    try {
      new WebAssembly.Module(Uint8Array.from(bytes))
    } catch (error) {
      return String(error)
    }
    return ''
  }
  expect(refusal(0xef, 0xbb, 0xbf, 0x20, 0x3c, 0x68)).toMatch(/^CompileError: .*this is HTML/)
  expect(refusal(0x1f, 0x8b, 0x08)).toMatch(/^CompileError: .*this is gzip/)
})

test('a stub says which module it stands for', () => {
  const identity = { sha256: '0'.repeat(64), length: 300 }
  expect(readStub(stubOf(EMPTY, identity))).toEqual(identity)
})
