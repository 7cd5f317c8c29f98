// Zstandard at several levels, and back.
import { digest, packageFile, randomBytes, text } from '../../corpus/inputs.mjs'

export async function start() {
  const zstd = await import('@bokuweb/zstd-wasm')
  await zstd.init()
  const code = packageFile('esbuild-wasm/esbuild.wasm').subarray(0, 1_500_000)
  const inputs = [code, Buffer.from(text(1_000_000)), randomBytes(1 << 20)]
  return () =>
    inputs
      .flatMap((input, i) => LEVELS[i].map((level) => [zstd.compress(input, level), input]))
      .map(([packed, input]) => {
        for (let i = 0; i < 5; i++) if (zstd.decompress(packed).length !== input.length) throw new Error('lost bytes')
        return digest(packed)
      })
      .join()
}

const LEVELS = [
  [1, 3, 9],
  [3, 12],
  [1, 6],
]
