// What versions of functions on BigInts use (src/5-optimize/legalize): i64 values as BigInts that are cut to 64 bits.

/** Cuts to a signed number of so many bits. */
export const sx: (bits: number, x: bigint) => bigint = typeof BigInt64Array === 'function' ? BigInt.asIntN : bigint_none

/** Cuts to an unsigned number of so many bits. */
export const ux: (bits: number, x: bigint) => bigint =
  typeof BigInt64Array === 'function' ? BigInt.asUintN : bigint_none

/** Registers of whichever such version is running; null: the engine has no BigInts. */
export const wl: BigInt64Array | null = typeof BigInt64Array === 'function' ? new BigInt64Array(64) : null

/** The low and high words of the same registers. */
export const wi: Int32Array | null = wl && new Int32Array(wl.buffer)

/** Whether versions on BigInts run instead of those on words. */
export const wb: boolean = bigint_pays()

/**
 * Whether the engine compiles such BigInts as machine words. V8 does, told by its words for an error: 14.6 for sure, 13.6
 * not yet, and `getOrInsert` came between them. Without a JIT it has no WebAssembly. The low word comes first only on
 * little-endian machines.
 */
function bigint_pays(): boolean {
  if (typeof WebAssembly !== 'object' || typeof Map !== 'function' || !('getOrInsert' in Map.prototype)) return false
  if (new Uint8Array(new Int32Array([1]).buffer)[0] !== 1) return false
  try {
    ;(null as unknown as { f: number }).f
  } catch (e) {
    return (e as Error).message === "Cannot read properties of null (reading 'f')"
  }
  return false
}

/** Never called: engines without BigInts run no such version. */
function bigint_none(_: number, x: bigint): bigint {
  return x
}
