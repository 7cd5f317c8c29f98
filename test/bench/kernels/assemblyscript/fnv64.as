// A 64-bit hash a byte at a time, and 64-bit division and comparison.

const SIZE = 65536
const data = new StaticArray<u8>(SIZE)

function hash(seed: u64): u64 {
  let h: u64 = 0xcbf29ce484222325 ^ seed
  for (let i = 0; i < SIZE; i++) h = (h ^ u64(unchecked(data[i]))) * 0x100000001b3
  return h
}

function greatestDivisor(a: u64, b: u64): u64 {
  while (b != 0) {
    const rest = a % b
    a = b
    b = rest
  }
  return a
}

export function run(n: i32): i32 {
  for (let i = 0; i < SIZE; i++) data[i] = u8(i * 7 + (i >> 5))
  let sum: u64 = 0
  for (let round = 0; round < n; round++) {
    const h = hash(sum)
    sum += h ^ greatestDivisor(h, sum | 1)
  }
  return i32(sum ^ (sum >> 32))
}
