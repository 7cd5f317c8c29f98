// What an output says of the module that it was compiled from, for `nowasm/aot` (runtime/registry.ts).
//
//   const wasm_module = module_register({ sha256: "9f86d0...", length: 41, imports: [], exports: [["add", "function"]],
//     instantiate: instantiate })

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type ExternalKind, externalKind } from '../0-wasm/external.ts'
import { quote } from '../6-emit/build.ts'
import type { Program } from '../6-emit/program.ts'

export interface Registration {
  /** Of the module's bytes, in lower-case hexadecimal. */
  readonly sha256: string
  /** Of the module, in bytes. */
  readonly length: number
  readonly imports: readonly (readonly [module: string, name: string, kind: ExternalKind])[]
  readonly exports: readonly (readonly [name: string, kind: ExternalKind])[]
}

/** The name that the linked program gives to what is registered. */
export const REGISTERED = 'wasm_module'

export const registrationOf = (bytes: Uint8Array, { imports, exports }: Program): Registration => ({
  sha256: bytesToHex(sha256(bytes)),
  length: bytes.length,
  imports: imports.map(({ module, name, kind }) => [module, name, externalKind(kind)]),
  exports: exports.map(({ name, kind }) => [name, externalKind(kind)]),
})

const textOf = (lists: readonly (readonly string[])[]): string =>
  `[${lists.map((list) => `[${list.map(quote).join(', ')}]`).join(', ')}]`

/** The statement that registers the module when the output is loaded. */
export const registrationText = ({ sha256, length, imports, exports }: Registration): string =>
  `var ${REGISTERED} = module_register({ sha256: ${quote(sha256)}, length: ${length}, ` +
  `imports: ${textOf(imports)}, exports: ${textOf(exports)}, instantiate: instantiate });\n`
