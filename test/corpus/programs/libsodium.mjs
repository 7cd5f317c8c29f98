// libsodium: signatures, key exchange, secret boxes and streams, with repeatable random bytes.
import { randomBytes, seedCrypto, text } from '../inputs.mjs'

export async function run() {
  seedCrypto()
  const { default: sodium } = await import('libsodium-wrappers')
  await sodium.ready
  const message = text(100_000)
  const seed = randomBytes(32)
  const signer = sodium.crypto_sign_seed_keypair(seed)
  const [alice, bob] = [sodium.crypto_box_keypair(), sodium.crypto_box_keypair()]
  const nonce = randomBytes(24, 5)
  const signature = sodium.crypto_sign_detached(message, signer.privateKey)
  const box = sodium.crypto_box_easy(message, nonce, bob.publicKey, alice.privateKey)
  return {
    keys: [signer.publicKey, alice.publicKey, bob.publicKey].map((key) => sodium.to_hex(key)),
    signature: sodium.to_hex(signature),
    verified: [0, 1].map((n) => sodium.crypto_sign_verify_detached(signature, message.slice(n), signer.publicKey)),
    box: sodium.to_hex(sodium.crypto_generichash(32, box)),
    opened: sodium.crypto_box_open_easy(box, nonce, alice.publicKey, bob.privateKey, 'text') === message,
    sealed: sodium.to_hex(sodium.crypto_aead_xchacha20poly1305_ietf_encrypt('secret', 'data', null, nonce, seed)),
    stream: stream(sodium, seed, message),
    error: errorOf(() => sodium.crypto_secretbox_open_easy(box, nonce, seed)),
  }
}

function stream(sodium, key, message) {
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key)
  const pieces = message
    .match(/.{1,9999}/gs)
    .map((piece) => sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, null, 0))
  const pull = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key)
  return pieces.map(
    (piece) => sodium.to_string(sodium.crypto_secretstream_xchacha20poly1305_pull(pull, piece).message).length,
  )
}

function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return String(error)
  }
}
