// The distance of two strings of 16-bit characters, by dynamic programming.

const SIZE = 600
const a = new StaticArray<u16>(SIZE)
const b = new StaticArray<u16>(SIZE)
const row = new StaticArray<i32>(SIZE + 1)

function distance(): i32 {
  for (let j = 0; j <= SIZE; j++) row[j] = j
  for (let i = 0; i < SIZE; i++) {
    let before = row[0]
    row[0] = i + 1
    for (let j = 0; j < SIZE; j++) {
      const diagonal = before + i32(a[i] != b[j])
      before = row[j + 1]
      row[j + 1] = min(diagonal, min(before, row[j]) + 1)
    }
  }
  return row[SIZE]
}

export function run(n: i32): i32 {
  let seed: u32 = 5
  for (let i = 0; i < SIZE; i++) {
    seed = seed * 1664525 + 1013904223
    a[i] = u16(seed >> 28)
    b[i] = u16((seed >> 20) & 15)
  }
  let sum = 0
  for (let round = 0; round < n; round++) {
    a[round % SIZE] = u16(round & 15)
    sum = sum * 3 + distance()
  }
  return sum
}
