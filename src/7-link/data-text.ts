// Bytes as text that is short as it is and after compression: the most frequent bytes are one character of ASCII, their
// own where it may be, the others two. What it means is said where it is read: runtime/data-text.ts.

import { Writer } from '../6-emit/writer.ts'

/** What `data_bytes` of the runtime takes. */
export interface DataText {
  readonly chunks: readonly string[]
  readonly leads: string
  readonly exceptions: string
}

/** ASCII without `"`, `<` and `\`, which are special in string literals and in `<script>`. */
const CHARACTERS = Array.from({ length: 95 }, (_, i) => i + 32).filter((c) => c !== 0x22 && c !== 0x3c && c !== 0x5c)

const PLAIN = new Set(CHARACTERS)

const LEADS = 2

/** Text leaves the writer in pieces of about this many characters. */
const CHUNK = 1 << 20

export function toDataText(bytes: Uint8Array): DataText {
  const { first, second, leads, exceptions } = codesOf(mostFrequent(bytes))
  const writer = new Writer()
  const chunks: string[] = []
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    writer.byte(first[byte]!)
    if (second[byte] !== 0) writer.byte(second[byte]!)
    if (writer.length >= CHUNK) chunks.push(writer.take())
  }
  return { chunks: [...chunks, writer.take()], leads, exceptions }
}

/** The bytes that get one character. */
function mostFrequent(bytes: Uint8Array): Set<number> {
  const counts = new Uint32Array(256)
  for (let i = 0; i < bytes.length; i++) counts[bytes[i]!]!++
  const ranked = Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b)
  return new Set(ranked.slice(0, CHARACTERS.length - LEADS))
}

interface Codes {
  /** By byte: its character, or its lead. */
  readonly first: Uint8Array
  /** By byte: the character behind the lead, or 0. */
  readonly second: Uint8Array
  readonly leads: string
  readonly exceptions: string
}

function codesOf(singles: ReadonlySet<number>): Codes {
  const first = new Uint8Array(256)
  const second = new Uint8Array(256)
  const free = CHARACTERS.filter((c) => !singles.has(c))
  for (const c of CHARACTERS) if (singles.has(c)) first[c] = c
  let exceptions = ''
  for (let byte = 0; byte < 256; byte++) {
    if (!singles.has(byte) || first[byte] !== 0) continue
    first[byte] = free.shift()!
    exceptions += String.fromCharCode(first[byte]!) + byte.toString(16).padStart(2, '0')
  }
  let pair = 0
  for (let byte = 0; byte < 256; byte++) {
    if (singles.has(byte)) continue
    first[byte] = free[Math.floor(pair / CHARACTERS.length)]!
    second[byte] = CHARACTERS[pair++ % CHARACTERS.length]!
  }
  return { first, second, leads: String.fromCharCode(...free), exceptions }
}

const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 9: '\\t', 10: '\\n', 13: '\\r' }

/**
 * @returns the inside of a string literal whose characters have these codes, for `data_chars` of the runtime; undefined if
 *   it is not shorter than `limit`
 */
export function toCharacters(bytes: Uint8Array, limit: number): string | undefined {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    if (text.length + bytes.length - i >= limit) return undefined
    const byte = bytes[i]!
    const next = bytes[i + 1] ?? 0
    // `\0` and a digit would be an octal escape.
    const short = byte === 0 && next >= 0x30 && next <= 0x39 ? undefined : ESCAPES[byte]
    text += PLAIN.has(byte) ? String.fromCharCode(byte) : (short ?? `\\x${byte.toString(16).padStart(2, '0')}`)
  }
  return text.length < limit ? text : undefined
}
