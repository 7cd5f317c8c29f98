// ChaCha20-Poly1305 in AssemblyScript, whose module is bytes in its loader.
import { createRequire } from 'node:module'
import { digest, randomBytes } from '../../inputs.mjs'

export async function run() {
  const { ChaCha20Poly1305, newInstance } = createRequire(import.meta.url)('@chainsafe/as-chacha20poly1305')
  const cipher = new ChaCha20Poly1305(newInstance())
  const results = []
  for (const length of [0, 1, 63, 64, 65, 511, 512, 1000, 4096, 65519, 300000]) {
    const [key, nonce, text, about] = [
      randomBytes(32, 5),
      randomBytes(12, length + 1),
      randomBytes(length, 9),
      randomBytes(32, 2),
    ]
    const sealed = cipher.seal(key, nonce, text, about)
    const opened = cipher.open(key, nonce, sealed, about)
    sealed[length >> 1] ^= 1
    results.push([digest(sealed), digest(opened ?? 'nothing'), cipher.open(key, nonce, sealed, about)])
  }
  return results
}
