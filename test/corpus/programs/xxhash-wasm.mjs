// 32 and 64-bit hashes of texts and bytes, at once and in pieces.
import { randomBytes, text } from '../inputs.mjs'

export async function run() {
  const { default: xxhash } = await import('xxhash-wasm')
  const { h32, h64, h32Raw, h64Raw, create32, create64 } = await xxhash()
  const bytes = randomBytes(4 << 20)
  const pieces = [create32(5), create64(2n ** 63n + 5n)]
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 3) % 65521) {
    for (const piece of pieces) piece.update(bytes.subarray(at, at + size))
  }
  const words = text(20_000)
  const short = Array.from({ length: 70 }, (_, i) => [h32(words.slice(0, i), i), String(h64(words.slice(i, 99), 7n))])
  return { long: [h32Raw(bytes), h64Raw(bytes), ...pieces.map((piece) => piece.digest())].map(String), short }
}
