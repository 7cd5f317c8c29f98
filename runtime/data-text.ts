// The inline data of a program: text in which the most frequent bytes are one character and the others two.

/**
 * Bytes from the text that the linker's data.ts makes. Characters are those of ASCII from space to `~` without `"`, `<`
 * and `\`. Each stands for its own code, but for two leads and some exceptions; a lead and any character after it stand
 * for the bytes that no character stands for: in order, first those behind the first lead.
 * @param leads the two leads
 * @param exceptions character and byte as two hexadecimal digits, for each
 * @param size how many bytes there are
 */
export function data_bytes(text: string, leads: string, exceptions: string, size: number): Uint8Array {
  // A byte, or for leads 256 and up: where their pairs begin.
  const values = new Uint16Array(128)
  const pairs = new Uint8Array(256)
  const taken = new Uint8Array(512)
  for (let c = 32; c < 127; c++) values[c] = c
  for (let i = 0; i < exceptions.length; i += 3) {
    values[exceptions.charCodeAt(i)] = parseInt(exceptions.charAt(i + 1) + exceptions.charAt(i + 2), 16)
  }
  values[leads.charCodeAt(0)] = 256
  values[leads.charCodeAt(1)] = 384
  for (let c = 32; c < 127; c++) if (data_uses(c)) taken[values[c]!] = 1
  let next = 0
  for (let i = 0; i < 256; i++) {
    if (!data_uses(i & 127)) continue
    while (taken[next]) next++
    pairs[i] = next++
  }
  const bytes = new Uint8Array(size)
  for (let at = 0, i = 0; at < size; at++) {
    const value = values[text.charCodeAt(i++)]!
    bytes[at] = value < 256 ? value : pairs[value - 256 + text.charCodeAt(i++)]!
  }
  return bytes
}

/** Whether the text may have this character: not what is special in a string literal or a `<script>`. */
export function data_uses(c: number): boolean {
  return c >= 32 && c < 127 && c !== 34 && c !== 60 && c !== 92
}

/** Bytes from text in which each is the character of its code: what little data is. */
export function data_chars(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
