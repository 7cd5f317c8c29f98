// Input that is the same on every run and every machine: generated, or read from the packages at their pinned versions.

import crypto, { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A generator of 32-bit numbers (xorshift) that starts from `seed`. */
export function randomNumbers(seed) {
  let x = seed | 0 || 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return x >>> 0
  }
}

/** `length` bytes without pattern. */
export function randomBytes(length, seed = 1) {
  const next = randomNumbers(seed)
  return Uint8Array.from({ length }, () => next() >>> 24)
}

const WORDS = (
  'the of and a memory table module function export import stack value type index branch loop block call ' +
  'return trap limit page offset align store load shift rotate extend wrap promote demote convert'
).split(' ')

/** About `length` characters of compressible text. */
export function text(length, seed = 7) {
  const next = randomNumbers(seed)
  let out = ''
  while (out.length < length) out += WORDS[next() % WORDS.length] + (next() % 12 === 0 ? '.\n' : ' ')
  return out.slice(0, length)
}

/** An RGBA picture with gradients, edges and noise. */
export function picture(width, height) {
  const next = randomNumbers(3)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2
      const pixel = [(x * 255) / width, (y * 255) / height, inside ? 200 : next() & 31, 255]
      data.set(pixel, (y * width + x) * 4)
    }
  }
  return { width, height, data, colorSpace: 'srgb' }
}

/** The file at `path` below the corpus's node_modules. */
export const packageFile = (path) => readFileSync(new URL(`./node_modules/${path}`, import.meta.url))

/** The first 16 hex digits of the SHA-256 of bytes or a string: large results are compared by it. */
export const digest = (data) => createHash('sha256').update(data).digest('hex').slice(0, 16)

/** Makes the random bytes of the platform repeatable, for programs that make keys of them. */
export function seedCrypto(seed = 11) {
  const next = randomNumbers(seed)
  const getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    for (let i = 0; i < bytes.length; i++) bytes[i] = next() >>> 24
    return array
  }
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: getRandomValues, configurable: true })
  crypto.randomBytes = (length) => getRandomValues(Buffer.alloc(length))
}
