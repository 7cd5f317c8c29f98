// A tokeniser in Rust with regular expressions and a table of 100,000 ranks, which makes its memory grow.
import { createRequire } from 'node:module'
import { digest, packageFile, text } from '../inputs.mjs'

const require = createRequire(import.meta.url)

export async function run() {
  const { Tiktoken } = require('@dqbd/tiktoken/lite')
  const { bpe_ranks, special_tokens, pat_str } = require('@dqbd/tiktoken/encoders/cl100k_base.json')
  const encoder = new Tiktoken(bpe_ranks, special_tokens, pat_str)
  const inputs = [
    'hello world',
    'Grüße, \u{1f600} 世界  \n\n 12345',
    text(20_000),
    packageFile('web-tree-sitter/web-tree-sitter.js').toString().slice(0, 50_000),
  ]
  const results = inputs.map((input) => {
    const tokens = encoder.encode(input)
    const back = new TextDecoder().decode(encoder.decode(tokens))
    return [tokens.length, [...tokens.slice(0, 8)], digest(tokens.join()), back === input]
  })
  encoder.free()
  return results
}
