// What the runner needs and QuickJS has not. The outputs under test need none of it.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function bytesFromBase64(text: string): Uint8Array {
  const bytes: number[] = []
  let [bits, count] = [0, 0]
  for (const digit of text.replace(/=+$/, '')) {
    bits = ((bits << 6) | DIGITS.indexOf(digit)) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 255)
  }
  return Uint8Array.from(bytes)
}

class Utf8Encoder {
  encode(text: string): Uint8Array {
    const escaped = encodeURIComponent(text).replace(/%(..)/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return Uint8Array.from(escaped, (c) => c.charCodeAt(0))
  }
}

/** QuickJS 2025-04-26 gives asUintN(64, -1n) as -1n. */
const asUintN = (bits: number, value: bigint): bigint => value & ((1n << BigInt(bits)) - 1n)

export function installShims(): void {
  Object.assign(globalThis, { Buffer: { from: bytesFromBase64 }, TextEncoder: Utf8Encoder })
  Object.assign(BigInt, { asUintN })
}
