// Shortest paths on a grid by a binary heap; keys of 64 bits hold distance and place.

const W = 120
const PLACES = W * W
const cost = new StaticArray<u8>(PLACES)
const best = new StaticArray<u32>(PLACES)
const heap = new StaticArray<u64>(PLACES * 8)
let size = 0

function push(key: u64): void {
  let i = size++
  while (i > 0) {
    const up = (i - 1) >> 1
    if (heap[up] <= key) break
    heap[i] = heap[up]
    i = up
  }
  heap[i] = key
}

function pop(): u64 {
  const least = heap[0]
  const key = heap[--size]
  let i = 0
  for (let child = 1; child < size; child = 2 * i + 1) {
    if (child + 1 < size && heap[child + 1] < heap[child]) child++
    if (heap[child] >= key) break
    heap[i] = heap[child]
    i = child
  }
  heap[i] = key
  return least
}

function reach(place: i32, distance: u32): void {
  const total = distance + cost[place]
  if (total >= best[place]) return
  best[place] = total
  push((u64(total) << 32) | u64(place))
}

function shortest(from: i32): u32 {
  best.fill(u32.MAX_VALUE)
  size = 0
  reach(from, 0)
  while (size > 0) {
    const least = pop()
    const place = i32(least)
    const distance = u32(least >> 32)
    if (distance > best[place]) continue
    const x = place % W
    if (x > 0) reach(place - 1, distance)
    if (x < W - 1) reach(place + 1, distance)
    if (place >= W) reach(place - W, distance)
    if (place < PLACES - W) reach(place + W, distance)
  }
  return best[PLACES - 1 - from]
}

export function run(n: i32): i32 {
  let seed: u32 = 9
  for (let i = 0; i < PLACES; i++) {
    seed = seed * 1664525 + 1013904223
    cost[i] = u8(1 + (seed >> 26))
  }
  let sum: u32 = 0
  for (let round = 0; round < n; round++) sum = sum * 3 + shortest((round * 37) % W)
  return i32(sum)
}
