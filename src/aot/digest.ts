// The SHA-256 of a module's bytes, by what is quickest: the engine's own where there is one, else by arithmetic.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

interface NodeCrypto {
  createHash(algorithm: string): { update(bytes: Uint8Array): { digest(encoding: 'hex'): string } }
}

interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => NodeCrypto | undefined }
  readonly crypto?: { readonly subtle?: { digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> } }
}

/** What `digestLater` found. */
const found = new WeakMap<Uint8Array, string>()

/** In lower-case hexadecimal. */
export function digest(bytes: Uint8Array): string {
  const known = found.get(bytes)
  if (known !== undefined) return known
  const crypto = (globalThis as Host).process?.getBuiltinModule?.('node:crypto')
  return crypto?.createHash('sha256').update(bytes).digest('hex') ?? bytesToHex(sha256(bytes))
}

/** After this `digest` has its result for these bytes, which nobody may change, without computing it. */
export async function digestLater(bytes: Uint8Array): Promise<void> {
  const { process, crypto } = globalThis as Host
  if (process?.getBuiltinModule || !crypto?.subtle) return
  found.set(bytes, bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))))
}
