// Rabin's fingerprints, which cut data into pieces: AssemblyScript of before its runtime was new, with reference counts, and i64.
import { createRequire } from 'node:module'
import { randomBytes } from '../../inputs.mjs'

export async function run() {
  const { create } = createRequire(import.meta.url)('rabin-wasm')
  const results = []
  for (const [bits, least, most, window, polynomial] of [
    [12, 256, 8192, 64, '0x3DF305DFB2A805'],
    [15, 4096, 65536, 32, '0x3DA3358B4DC173'],
  ]) {
    const rabin = await create(bits, least, most, window, polynomial)
    results.push([...rabin.fingerprint(randomBytes(400_000, 3))], [...rabin.fingerprint(randomBytes(50_000, 8))])
  }
  return results
}
