// AssemblyScript (not TypeScript: its own extension keeps other tools away). One function for each kind of work.

@external('env', 'print')
declare function print(low: i64, high: u32, value: f32): void

/** How many primes are below `limit`. */
export function sieve(limit: i32): i32 {
  const composite = new Uint8Array(limit)
  let count = 0
  for (let i = 2; i < limit; i++) {
    if (composite[i]) continue
    count++
    for (let j = i + i; j < limit; j += i) composite[j] = 1
  }
  return count
}

/** The trace of the product of two `n` by `n` matrices, in f64 with an f32 step. */
export function matrix(n: i32): f64 {
  const a = new Float64Array(n * n), b = new Float32Array(n * n)
  for (let i = 0; i < n * n; i++) {
    a[i] = Math.sqrt(<f64>i) / 3
    b[i] = <f32>i * <f32>0.1
  }
  let trace: f64 = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum: f64 = 0
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j]
      if (i == j) trace += sum
    }
  }
  return trace
}

/** A 64-bit mixing function applied `rounds` times: multiplication, shifts, rotation, division. */
export function hash(seed: u64, rounds: i32): u64 {
  let x = seed
  for (let i = 0; i < rounds; i++) {
    x ^= x >> 33
    x *= 0xff51afd7ed558ccd
    x = rotl<u64>(x, i & 63) + (x / (<u64>i + 3)) - x % 1000003
    x ^= clz<u64>(x) << popcnt<u64>(<u64>i)
  }
  return x
}

/** The start below `limit` with the longest Collatz run, and that run's length in the high half. */
export function collatz(limit: i32): u64 {
  let best: u64 = 0, bestLength = 0
  for (let start = 1; start < limit; start++) {
    let n: u64 = start, length = 0
    while (n != 1) {
      n = n & 1 ? n * 3 + 1 : n >> 1
      length++
    }
    if (length > bestLength) {
      bestLength = length
      best = start
    }
  }
  print(best, 0xffffffff, <f32>0.1)
  return best | (<u64>bestLength << 32)
}

/** Sorts `n` floats through a callback and folds them. */
export function sortFloats(n: i32): f64 {
  const values = new Array<f64>(n)
  let x: u32 = 12345
  for (let i = 0; i < n; i++) {
    x = x * 1664525 + 1013904223
    values[i] = <f64>(<i32>x) / 65536
  }
  values.sort((p: f64, q: f64): i32 => <i32>(p > q) - <i32>(p < q))
  let sum: f64 = 0
  for (let i = 0; i < n; i++) sum = sum * 0.99 + values[i]
  return sum
}

/** Builds and joins strings, so that the collector runs; the length of what came out, mixed with its characters. */
export function text(n: i32): i32 {
  const parts = new Map<string, i32>()
  for (let i = 0; i < n; i++) parts.set('key ' + (i * 7919 % 1009).toString(), i)
  const all = parts.keys().join(',')
  let sum = all.length
  for (let i = 0; i < all.length; i++) sum = sum * 31 + all.charCodeAt(i)
  return sum
}

/** Fails in the way asked for. */
export function trap(kind: i32): i32 {
  if (kind == 0) return 1 / (kind >> 1)
  if (kind == 1) return <i32>load<u8>(0xfffffff0)
  if (kind == 2) unreachable()
  if (kind == 3) return i32.MIN_VALUE / (kind - 4)
  throw new Error('asked for')
}
