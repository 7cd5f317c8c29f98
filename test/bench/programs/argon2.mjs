// Password hashes: Argon2id and scrypt, with a megabyte of memory and more.
import { randomBytes } from '../../corpus/inputs.mjs'

export async function start() {
  const { argon2id, scrypt, bcrypt } = await import('hash-wasm')
  const salt = randomBytes(16)
  const argon = { password: 'correct horse', salt, iterations: 8, parallelism: 2, memorySize: 8192, hashLength: 32 }
  const memory = { password: 'staple', salt, costFactor: 16384, blockSize: 8, parallelism: 1, hashLength: 32 }
  return async () => {
    const hashes = [argon2id({ ...argon, outputType: 'hex' }), scrypt(memory)]
    hashes.push(bcrypt({ password: 'battery', salt, costFactor: 8, outputType: 'encoded' }))
    return (await Promise.all(hashes)).join()
  }
}
