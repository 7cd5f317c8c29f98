// Sets of small integers, as bits.

export type Bits = Uint32Array

export const hasBit = (bits: Bits, i: number): boolean => (bits[i >>> 5]! & (1 << (i & 31))) !== 0

export function addBit(bits: Bits, i: number): void {
  bits[i >>> 5]! |= 1 << (i & 31)
}

export function removeBit(bits: Bits, i: number): void {
  bits[i >>> 5]! &= ~(1 << (i & 31))
}

/** Makes `into` the same set. Sets are small: a loop is faster than `set`. */
export function copyAll(into: Bits, bits: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] = bits[i]!
}

export function clear(bits: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i] = 0
}

/** Adds a set to `into`. @returns whether that made it larger */
export function addAll(into: Bits, bits: Bits): boolean {
  let grown = 0
  for (let i = 0; i < into.length; i++) {
    const before = into[i]!
    const after = before | bits[i]!
    grown |= before ^ after
    into[i] = after
  }
  return grown !== 0
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]!; word !== 0; word &= word - 1) count++
  }
  return count
}
