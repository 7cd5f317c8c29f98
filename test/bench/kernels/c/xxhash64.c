// A 64-bit hash of four lanes with multiplications and rotations, of 64 kB.
#include "kernel.h"

#define P1 11400714785074694791ull
#define P2 14029467366897019727ull
#define P3 1609587929392839161ull
#define P4 9650029242287828579ull
#define P5 2870177450012600261ull

static u64 data[8192];

static inline u64 rotate(u64 x, i32 by) { return x << by | x >> (64 - by); }
static inline u64 mix(u64 lane, u64 word) { return rotate(lane + word * P2, 31) * P1; }
static inline u64 merge(u64 hash, u64 lane) { return (hash ^ mix(0, lane)) * P1 + P4; }

static NOINLINE u64 hash(const u64 *p, u32 words, u64 seed) {
  u64 a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
  const u64 *end = p + words;
  for (; p < end; p += 4) a = mix(a, p[0]), b = mix(b, p[1]), c = mix(c, p[2]), d = mix(d, p[3]);
  u64 h = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  h = merge(merge(merge(merge(h, a), b), c), d) + words * 8;
  h = (h ^ h >> 33) * P2;
  h = (h ^ h >> 29) * P3;
  return (h ^ h >> 32) + P5;
}

EXPORT i32 run(i32 n) {
  random_state = 4;
  for (i32 i = 0; i < 8192; i++) data[i] = (u64)random_u32() << 32 | random_u32();
  u64 sum = 0;
  for (i32 round = 0; round < n; round++) sum ^= hash(data, 8192, sum + (u64)round);
  return (i32)(sum ^ sum >> 32);
}
