// 64-bit random numbers (splitmix64 and xoshiro256**), brought into ranges by the high half of a product.
#include "kernel.h"

static u64 s[4], seed;
static u32 buckets[64];

static inline u64 rotate(u64 x, i32 by) { return x << by | x >> (64 - by); }

static inline u64 splitmix(void) {
  u64 z = seed += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static NOINLINE u64 xoshiro(void) {
  u64 result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
  s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return result;
}

EXPORT i32 run(i32 n) {
  seed = 42;
  for (i32 i = 0; i < 4; i++) s[i] = splitmix();
  for (i32 i = 0; i < 64; i++) buckets[i] = 0;
  u64 sum = 0;
  for (i32 i = 0; i < n * 10000; i++) {
    u64 x = xoshiro() ^ splitmix();
    buckets[(x >> 32) * 64 >> 32]++;
    if (x % 1000003 > 500000) sum += x;
  }
  for (i32 i = 0; i < 64; i++) sum = sum * 31 + buckets[i];
  return (i32)(sum ^ sum >> 32);
}
