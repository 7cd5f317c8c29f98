// LZ4 from Rust: a small module that is instantiated by the import itself.
import { digest, randomBytes, text } from '../inputs.mjs'

export async function run() {
  const { default: lz4 } = await import('lz4-wasm-nodejs')
  return [Buffer.from(text(2_000_000)), randomBytes(1 << 20), Buffer.alloc(3 << 20)].map((input) => {
    const packed = lz4.compress(input)
    return [packed.length, digest(packed), Buffer.compare(lz4.decompress(packed), input)]
  })
}
