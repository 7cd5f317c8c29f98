// Password hashes and digests, each a small module of its own.
import { randomBytes, text } from '../inputs.mjs'

export async function run() {
  const hash = await import('hash-wasm')
  const data = randomBytes(1 << 20)
  const salt = data.slice(0, 16)
  const digests = {}
  for (const name of DIGESTS)
    digests[name] = [await hash[name](''), await hash[name](text(1000)), await hash[name](data)]
  const argon = { password: 'correct horse', salt, iterations: 2, parallelism: 2, memorySize: 1024, hashLength: 32 }
  return {
    digests,
    argon2id: await hash.argon2id({ ...argon, outputType: 'encoded' }),
    argon2d: await hash.argon2d({ ...argon, outputType: 'hex' }),
    bcrypt: await hash.bcrypt({ password: 'battery', salt, costFactor: 6, outputType: 'encoded' }),
    scrypt: await hash.scrypt({
      password: 'staple',
      salt,
      costFactor: 1024,
      blockSize: 8,
      parallelism: 2,
      hashLength: 32,
    }),
    pbkdf2: await hash.pbkdf2({
      password: 'p',
      salt,
      iterations: 500,
      hashLength: 24,
      hashFunction: hash.createSHA512(),
    }),
    hmac: (await hash.createHMAC(hash.createSHA3(384), 'key')).update(data).digest(),
  }
}

const DIGESTS = [
  'crc32',
  'crc64',
  'adler32',
  'md4',
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3',
  'keccak',
  'ripemd160',
  'whirlpool',
  'blake2b',
  'blake2s',
  'blake3',
  'sm3',
  'xxhash32',
  'xxhash64',
  'xxhash3',
  'xxhash128',
]
