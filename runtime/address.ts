// Addresses, sizes and counts as JavaScript gives and gets them: numbers, or BigInts where addresses have 64 bits (JavaScript
// API, AddressValueToU64 and U64ToAddressValue).

import { api_u32 } from './api.ts'

/** How a memory or table with 64-bit addresses takes and gives them. */
export interface WideAddress {
  /** @returns a number; what is above 2^32 - 1 as that, which is out of bounds and more than anything can grow by */
  read(x: unknown, what: string): number
  write(x: number): number | bigint
}

interface Addressed {
  /** Only of those whose addresses have 64 bits. */
  readonly address?: WideAddress
}

export function address_in(instance: Addressed, x: unknown, what: string): number {
  return instance.address ? instance.address.read(x, what) : api_u32(x, what)
}

export function address_out(instance: Addressed, x: number): number | bigint {
  return instance.address ? instance.address.write(x) : x
}

export const address_wide: WideAddress = {
  read: function (x, what) {
    return Math.min(Number(address_u64(x, what)), 4294967295)
  },
  write: function (x) {
    return BigInt(x)
  },
}

/** WebIDL's ToBigInt, in range. */
export function address_u64(x: unknown, what: string): bigint {
  const value = BigInt.asIntN(9007199254740991, x as bigint)
  // Not by `BigInt.asUintN(64, value)`, which in QuickJS 2025-04-26 is -1 for -1 and for 2^64 - 1.
  if (value >> BigInt(64) === BigInt(0)) return value
  throw new TypeError(what + ' must be a BigInt from 0 to 18446744073709551615')
}
