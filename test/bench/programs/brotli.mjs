// Brotli in Rust: several qualities, and back.
import { createRequire } from 'node:module'
import { digest, packageFile, text } from '../../corpus/inputs.mjs'

const require = createRequire(import.meta.url)

export async function start() {
  const brotli = require('brotli-wasm')
  const code = packageFile('web-tree-sitter/web-tree-sitter.js')
  const inputs = [code, Buffer.from(text(300_000))]
  return () =>
    inputs
      .flatMap((input) => [4, 9].map((quality) => [brotli.compress(input, { quality }), input]))
      .map(([packed, input]) => {
        for (let i = 0; i < 5; i++) if (brotli.decompress(packed).length !== input.length) throw new Error('lost bytes')
        return digest(packed)
      })
      .join()
}
