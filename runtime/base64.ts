// The inline data of a program.

/** @param text base64 with padding, without white space */
export function base64(text: string): Uint8Array {
  const engine = Uint8Array as unknown as { fromBase64?(text: string): Uint8Array }
  if (typeof engine.fromBase64 === 'function') return engine.fromBase64(text)
  if (typeof Buffer === 'function' && typeof Buffer.from === 'function') {
    const found = Buffer.from(text, 'base64')
    return new Uint8Array(found.buffer, found.byteOffset, found.length)
  }
  return typeof atob === 'function' ? base64_binary(atob(text)) : base64_plain(text)
}

function base64_binary(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** Decodes without help of the engine. */
export function base64_plain(text: string): Uint8Array {
  const values = base64_values()
  const padding = text.charAt(text.length - 1) !== '=' ? 0 : text.charAt(text.length - 2) !== '=' ? 1 : 2
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    const group =
      (values[text.charCodeAt(i)] << 18) |
      (values[text.charCodeAt(i + 1)] << 12) |
      (values[text.charCodeAt(i + 2)] << 6) |
      values[text.charCodeAt(i + 3)]
    // Stores beyond the end, of padding, are ignored.
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  return bytes
}

function base64_values(): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const values = new Uint8Array(128)
  for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i
  return values
}
