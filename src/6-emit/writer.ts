// ASCII text as bytes, written front to back: joining small strings would cost more than making them.

/** Little: functions that are compiled one by one have a writer each, and much memory outside of the heap makes engines collect. */
const FIRST_CAPACITY = 1 << 12

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
    const text = toText(this.#bytes, this.#length)
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

function toText(bytes: Uint8Array, length: number): string {
  if (typeof Buffer === 'function') return Buffer.from(bytes.buffer, 0, length).toString('latin1')
  let text = ''
  for (let at = 0; at < length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 4096, length)))
  return text
}
