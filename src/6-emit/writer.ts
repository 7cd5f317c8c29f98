// ASCII text as bytes, written front to back: joining small strings would cost more than making them.

import { charactersOf } from './characters.ts'

/** Little: much memory outside of the heap makes engines collect, and most that is compiled lazily is short. */
const FIRST_CAPACITY = 1 << 12

const MAX_DIGITS = 10
const DIGIT_0 = 0x30

const isWordByte = Uint8Array.from({ length: 128 }, (_, code) => Number(/[\w$]/.test(String.fromCharCode(code))))

export class Writer {
  #bytes = new Uint8Array(FIRST_CAPACITY)
  #length = 0
  #taken = 0

  /** Bytes written from the start. */
  get offset(): number {
    return this.#taken + this.#length
  }

  /** Bytes written since the last `take`. */
  get length(): number {
    return this.#length
  }

  /** Forgets what was written: offsets begin at 0 again. What one writer has room for, it need not make room for again. */
  clear(): void {
    this.#length = 0
    this.#taken = 0
  }

  /** @param text ASCII */
  text(text: string): void {
    const size = text.length
    if (this.#length + size > this.#bytes.length) this.#grow(size)
    const bytes = this.#bytes
    let at = this.#length
    for (let i = 0; i < size; i++) bytes[at++] = text.charCodeAt(i)
    this.#length = at
  }

  /** Text that starts like a word: a space goes between it and a word before it. */
  word(text: string): void {
    if (isWordByte[this.last] === 1) this.byte(0x20)
    this.text(text)
  }

  /** A whole number that is not negative and below 2^31, as a word: in digits, without a string of them. */
  integer(value: number): void {
    if (isWordByte[this.last] === 1) this.byte(0x20)
    if (this.#length + MAX_DIGITS > this.#bytes.length) this.#grow(MAX_DIGITS)
    let count = 1
    for (let rest = value; rest > 9; rest = (rest / 10) | 0) count++
    const bytes = this.#bytes
    this.#length += count
    let at = this.#length
    for (let rest = value; count > 0; count--) {
      const next = (rest / 10) | 0
      bytes[--at] = DIGIT_0 + rest - 10 * next
      rest = next
    }
  }

  /** One character of ASCII, by its code. */
  byte(code: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = code
  }

  /** The character written last, 0 if there is none. */
  get last(): number {
    return this.#length === 0 ? 0 : this.#bytes[this.#length - 1]!
  }

  /** Takes back the character written last. */
  unwrite(): void {
    this.#length--
  }

  /** Everything written so far as a string; the writer is empty again. */
  take(): string {
    const text = charactersOf(this.#bytes.subarray(0, this.#length))
    this.#taken += this.#length
    this.#length = 0
    return text
  }

  #grow(size: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + size))
    bytes.set(this.#bytes)
    this.#bytes = bytes
  }
}
