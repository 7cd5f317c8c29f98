// libsodium: signatures, key exchange, streams and hashes.
import { randomBytes, seedCrypto } from '../../corpus/inputs.mjs'

export async function start() {
  seedCrypto()
  const { default: sodium } = await import('libsodium-wrappers')
  await sodium.ready
  const message = randomBytes(1 << 20)
  const seed = randomBytes(32)
  const signer = sodium.crypto_sign_seed_keypair(seed)
  const nonce = randomBytes(24, 5)
  return () => {
    const parts = []
    for (let i = 0; i < 120; i++) {
      const short = message.subarray(i, i + 200)
      const signature = sodium.crypto_sign_detached(short, signer.privateKey)
      if (!sodium.crypto_sign_verify_detached(signature, short, signer.publicKey)) throw new Error('not verified')
      parts.push(sodium.to_hex(sodium.crypto_scalarmult_base(message.subarray(i, i + 32))))
    }
    for (let i = 0; i < 12; i++) {
      const box = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(message, 'data', null, nonce, seed)
      const open = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, box, 'data', nonce, seed)
      parts.push(sodium.to_hex(sodium.crypto_generichash(32, open)), sodium.to_hex(sodium.crypto_hash(box)))
    }
    return parts.at(0) + parts.at(-1) + parts.length
  }
}
