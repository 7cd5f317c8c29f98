// Zstandard at several levels and with a dictionary.
import { digest, packageFile, randomBytes, text } from '../inputs.mjs'

export async function run() {
  const zstd = await import('@bokuweb/zstd-wasm')
  await zstd.init()
  const code = packageFile('web-tree-sitter/web-tree-sitter.js')
  const inputs = [code, randomBytes(1 << 20), Buffer.from(text(500_000)), Buffer.alloc(100_000)]
  const results = []
  for (const [i, input] of inputs.entries()) {
    const packed = zstd.compress(input, [9, 1, 15, 3][i])
    results.push([packed.length, digest(packed), Buffer.compare(zstd.decompress(packed), input)])
  }
  const dictionary = code.subarray(0, 20_000)
  const small = code.subarray(20_000, 24_000)
  const packed = zstd.compressUsingDict(zstd.createCCtx(), small, dictionary, 5)
  const unpacked = zstd.decompressUsingDict(zstd.createDCtx(), packed, dictionary)
  return { results, dictionary: [packed.length, digest(packed), Buffer.compare(unpacked, small)] }
}
