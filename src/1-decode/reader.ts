// The only file that reads values from bytes: the primitive ones of the binary format (spec, "Binary Format / Values").

import { CompileError, type ErrorKind, type Place } from '../0-wasm/errors.ts'

const CONTINUES = 0x80

/** Reads a byte range from front to back. Every failure is a CompileError with the offset it happened at. */
export class Reader {
  readonly bytes: Uint8Array
  /** Offset of the next byte, from the start of the module. */
  pos: number
  /** Offset after the last byte. */
  readonly end: number
  /** What the range is, for messages: `the type section`. */
  readonly what: string
  /** The low and high word of the last 64-bit value, as int32. */
  lo = 0
  hi = 0
  readonly #place: (offset: number) => Place

  constructor(
    bytes: Uint8Array,
    start: number,
    end: number,
    what: string,
    place: (offset: number) => Place = (offset) => ({ offset }),
  ) {
    this.bytes = bytes
    this.pos = start
    this.end = end
    this.what = what
    this.#place = place
  }

  /** @returns an error to throw. */
  fail(what: string, offset = this.pos, kind: ErrorKind = 'malformed'): CompileError {
    return new CompileError(kind, what, this.#place(offset))
  }

  byte(): number {
    if (this.pos >= this.end) throw this.fail(`unexpected end of ${this.what}`)
    return this.bytes[this.pos++]!
  }

  /** The next byte, not consumed. */
  peek(): number {
    if (this.pos >= this.end) throw this.fail(`unexpected end of ${this.what}`)
    return this.bytes[this.pos]!
  }

  /** @returns a range of `size` bytes, which it steps over. */
  range(size: number): { start: number; end: number } {
    const start = this.pos
    const left = this.end - start
    if (size > left) throw this.fail(`unexpected end of ${this.what}: ${size} bytes expected, ${left} left`)
    this.pos += size
    return { start, end: this.pos }
  }

  u32(): number {
    const byte = this.byte()
    if (byte < CONTINUES) return byte
    this.#leb(byte, 32, false)
    return this.lo >>> 0
  }

  /** As a number, so exact up to 2^53. */
  u64(): number {
    const byte = this.byte()
    if (byte < CONTINUES) return byte
    this.#leb(byte, 64, false)
    return (this.hi >>> 0) * 2 ** 32 + (this.lo >>> 0)
  }

  /** The same, exact. */
  bigU64(): bigint {
    const value = this.u64()
    return value <= Number.MAX_SAFE_INTEGER ? BigInt(value) : (BigInt(this.hi >>> 0) << 32n) | BigInt(this.lo >>> 0)
  }

  s32(): number {
    const byte = this.byte()
    if (byte < CONTINUES) return (byte << 25) >> 25
    this.#leb(byte, 32, true)
    return this.lo
  }

  s33(): number {
    const byte = this.byte()
    if (byte < CONTINUES) return (byte << 25) >> 25
    this.#leb(byte, 33, true)
    return this.hi * 2 ** 32 + (this.lo >>> 0)
  }

  /** Into `lo` and `hi`. */
  s64(): void {
    this.#leb(this.byte(), 64, true)
  }

  /** Four bytes, little endian, as int32. */
  word(): number {
    const { start } = this.range(4)
    const { bytes } = this
    return bytes[start]! | (bytes[start + 1]! << 8) | (bytes[start + 2]! << 16) | (bytes[start + 3]! << 24)
  }

  /** A byte vector that holds UTF-8. */
  name(): string {
    const { start, end } = this.range(this.u32())
    const text = utf8(this.bytes, start, end)
    if (text === undefined) throw this.fail('malformed UTF-8 encoding', start)
    return text
  }

  /** LEB128 of at most `bits` bits, whose first byte is given, into `lo` and `hi`. */
  #leb(first: number, bits: number, signed: boolean): void {
    const last = Math.ceil(bits / 7) * 7 - 7
    let byte = first
    let shift = 0
    this.lo = first & 0x7f
    this.hi = 0
    while (byte >= CONTINUES) {
      shift += 7
      byte = this.byte()
      if (shift === last) this.#checkLast(byte, bits - last, signed)
      const value = byte & 0x7f
      if (shift < 32) this.lo |= value << shift
      if (shift > 28) this.hi |= value << (shift - 32)
      else if (shift === 28) this.hi |= value >> 4
    }
    if (signed && byte & 0x40) this.#extend(shift + 7)
  }

  /** Of the last possible byte, only the lowest `bits` bits count; the others must repeat the sign. */
  #checkLast(byte: number, bits: number, signed: boolean): void {
    if (byte >= CONTINUES) throw this.fail('integer representation too long', this.pos - 1)
    const excess = signed ? byte >> (bits - 1) : byte >> bits
    if (excess !== 0 && !(signed && excess === 0x7f >> (bits - 1))) throw this.fail('integer too large', this.pos - 1)
  }

  /** Fills all bits from `bit` upwards with ones. */
  #extend(bit: number): void {
    if (bit < 32) this.lo |= -1 << bit
    if (bit < 64) this.hi |= bit < 32 ? -1 : -1 << (bit - 32)
  }
}

/** Strict UTF-8, written out because engines without WebAssembly often lack TextDecoder too. */
function utf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = ''
  let units: number[] = []
  for (let pos = start; pos < end; ) {
    const first = bytes[pos]!
    const size = sequenceSize(first)
    if (size === 0 || pos + size > end) return undefined
    const point = size === 1 ? first : codePoint(bytes, pos, size)
    if (point < 0) return undefined
    if (point < 0x1_0000) units.push(point)
    else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff))
    pos += size
    if (units.length > 4096) {
      text += String.fromCharCode(...units)
      units = []
    }
  }
  return text + String.fromCharCode(...units)
}

/** @returns the length that a first byte announces, 0 if it cannot be one. */
function sequenceSize(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2) return 0
  if (first < 0xe0) return 2
  if (first < 0xf0) return 3
  return first < 0xf5 ? 4 : 0
}

/** Neither overlong nor a surrogate nor above U+10FFFF, else -1. */
function codePoint(bytes: Uint8Array, pos: number, size: number): number {
  let point = bytes[pos]! & (0xff >> (size + 1))
  for (let index = 1; index < size; index++) {
    const byte = bytes[pos + index]!
    if ((byte & 0xc0) !== 0x80) return -1
    point = (point << 6) | (byte & 0x3f)
  }
  if (size === 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return -1
  if (size === 4 && (point < 0x1_0000 || point > 0x10_ffff)) return -1
  return point
}
