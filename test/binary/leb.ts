// Numbers, names and vectors as the binary format writes them. Written for the tests alone, apart from the decoder.

/** Unsigned LEB128 of a count, an index or an offset. */
export function uleb(value: number | bigint): number[] {
  if (value < 0x80) return [Number(value)]
  const bytes: number[] = []
  let rest = BigInt(value)
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return bytes
}

/** Signed LEB128 of an integer constant. */
export function sleb(value: number | bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt(value)
  for (;;) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    const done = rest === (low & 0x40 ? -1n : 0n)
    bytes.push(done ? low : low | 0x80)
    if (done) return bytes
  }
}

/** The 4 or 8 bytes of a bit pattern, little-endian. */
export function fixed(bits: bigint, size: 4 | 8): number[] {
  return Array.from({ length: size }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn))
}

/** A vector: the count, then the items. */
export const vec = (items: readonly (readonly number[])[]): number[] => uleb(items.length).concat(...items)

/** A name: its UTF-8 bytes with their count. */
export function utf8(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [...uleb(bytes.length), ...bytes]
}
