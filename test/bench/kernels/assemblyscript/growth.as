// Memory that grows under way, a page at a time up to 32 MB; then the same pages again. Each is written and read.

const MOST = 512

function touch(page: usize): u32 {
  const start = page << 16
  memory.fill(start, 1, 65536)
  let sum: u32 = 0
  for (let round = 0; round < 8; round++) {
    for (let at: usize = 0; at < 65536; at += 64) {
      store<u32>(start + at, load<u32>(start + at, 4) + u32(at))
      sum = sum * 3 + load<u32>(start + at)
    }
  }
  return sum
}

export function run(n: i32): i32 {
  let sum: u32 = 0
  for (let i = 0; i < n; i++) {
    const page = memory.size() < MOST ? memory.grow(1) : MOST - 1 - (i & 127)
    sum += touch(<usize>page)
  }
  return i32(sum)
}
