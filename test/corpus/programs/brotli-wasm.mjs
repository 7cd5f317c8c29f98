// A Rust program behind wasm-bindgen whose memory grows with its input: brotli at several qualities and in streams.
import { createRequire } from 'node:module'
import { digest, randomBytes, text } from '../inputs.mjs'

const require = createRequire(import.meta.url)

export async function run() {
  const brotli = require('brotli-wasm')
  const inputs = [text(300_000), '', 'a'.repeat(5000)].map((input) => Buffer.from(input))
  inputs.push(randomBytes(2 << 20))
  const packed = inputs.map((input, i) => brotli.compress(input, { quality: [6, 11, 9, 1][i] }))
  const same = packed.map((bytes, i) => Buffer.compare(brotli.decompress(bytes), inputs[i]))
  const bad = packed[0].slice().fill(77, 100, 200)
  return {
    sizes: packed.map((bytes) => [bytes.length, digest(bytes)]),
    same,
    stream: stream(brotli, inputs[0]),
    error: errorOf(() => brotli.decompress(bad).length),
  }
}

function stream(brotli, input) {
  const compressor = new brotli.CompressStream(5)
  const sizes = []
  for (let at = 0; at < input.length; at += 65_536) {
    const { buf, code } = compressor.compress(input.subarray(at, at + 65_536), 1 << 20)
    sizes.push([buf.length, code])
  }
  const { buf, code } = compressor.compress(undefined, 1 << 20)
  return [...sizes, [buf.length, code, digest(buf)]]
}

function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return String(error)
  }
}
