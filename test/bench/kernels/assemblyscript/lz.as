// Compression by back references: 3-byte hashes, matches, and the way back.

const SIZE = 65536
const source = new StaticArray<u8>(SIZE)
const packed = new StaticArray<u8>(SIZE * 2)
const unpacked = new StaticArray<u8>(SIZE)
const heads = new StaticArray<i32>(4096)

function hashAt(i: i32): u32 {
  const word = u32(source[i]) | (u32(source[i + 1]) << 8) | (u32(source[i + 2]) << 16)
  return (word * 2654435761) >> 20
}

function compress(): i32 {
  heads.fill(-1)
  let out = 0
  let at = 0
  while (at < SIZE - 3) {
    const slot = hashAt(at)
    const seen = heads[slot]
    heads[slot] = at
    let length = 0
    if (seen >= 0) while (length < 127 && at + length < SIZE && source[seen + length] == source[at + length]) length++
    if (length < 4) {
      packed[out++] = 0
      packed[out++] = source[at++]
    } else {
      packed[out++] = u8(length)
      packed[out++] = u8(at - seen)
      packed[out++] = u8((at - seen) >> 8)
      at += length
    }
  }
  return out
}

function expand(size: i32): i32 {
  let out = 0
  for (let at = 0; at < size; ) {
    const length = <i32>packed[at++]
    if (length == 0) {
      unpacked[out++] = packed[at++]
    } else {
      const from = out - (<i32>packed[at] | (<i32>packed[at + 1] << 8))
      at += 2
      for (let i = 0; i < length; i++) unpacked[out++] = unpacked[from + i]
    }
  }
  return out
}

export function run(n: i32): i32 {
  let seed: u32 = 3
  for (let i = 0; i < SIZE; i++) {
    seed = seed * 1664525 + 1013904223
    source[i] = i > 500 && seed >> 29 != 0 ? source[i - 300 - ((i >> 6) & 63)] : u8(97 + (seed >> 28))
  }
  let sum = 0
  for (let round = 0; round < n; round++) {
    source[round] = u8(round)
    const size = compress()
    sum = sum * 3 + size + expand(size) + unpacked[SIZE - 1000]
  }
  return sum
}
