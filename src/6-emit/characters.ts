// Text of the codes of its characters.

/** Characters that are made a string at a time: engines limit how many arguments a call has. */
const PIECE = 4096

/** @param codes Latin-1, or UTF-16; in shared memory too */
export function charactersOf(codes: Uint8Array | Uint16Array): string {
  if (codes instanceof Uint8Array && typeof Buffer === 'function')
    return Buffer.from(codes.buffer, codes.byteOffset, codes.length).toString('latin1')
  let text = ''
  for (let at = 0; at < codes.length; at += PIECE) text += String.fromCharCode(...codes.subarray(at, at + PIECE))
  return text
}
