// Conway's game on a torus, a byte for each cell.

const W = 256
const H = 256
let now = new StaticArray<u8>(W * H)
let next = new StaticArray<u8>(W * H)

function step(): void {
  for (let y = 0; y < H; y++) {
    const up = ((y + H - 1) % H) * W
    const row = y * W
    const down = ((y + 1) % H) * W
    for (let x = 0; x < W; x++) {
      const left = (x + W - 1) % W
      const right = (x + 1) % W
      const around: u32 =
        now[up + left] + now[up + x] + now[up + right] + now[row + left] + now[row + right] +
        now[down + left] + now[down + x] + now[down + right]
      next[row + x] = around == 3 || (around == 2 && now[row + x]) ? 1 : 0
    }
  }
  const swap = now
  now = next
  next = swap
}

export function run(n: i32): i32 {
  let seed: u32 = 1
  for (let i = 0; i < W * H; i++) {
    seed = seed * 1664525 + 1013904223
    now[i] = u8(seed >> 31)
  }
  for (let i = 0; i < n; i++) step()
  let sum = 0
  for (let i = 0; i < W * H; i++) sum += now[i] * (i % 31)
  return sum
}
