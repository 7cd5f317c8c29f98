// SipHash-2-4 of short keys, as hash maps use it.
#include "kernel.h"

static u64 keys[4096];

static inline u64 rotate(u64 x, i32 by) { return x << by | x >> (64 - by); }

#define ROUND                                                    \
  a += b, b = rotate(b, 13) ^ a, a = rotate(a, 32);              \
  c += d, d = rotate(d, 16) ^ c;                                 \
  a += d, d = rotate(d, 21) ^ a;                                 \
  c += b, b = rotate(b, 17) ^ c, c = rotate(c, 32)

static NOINLINE u64 hash(const u64 *words, i32 count, u64 k0, u64 k1) {
  u64 a = k0 ^ 0x736f6d6570736575, b = k1 ^ 0x646f72616e646f6d;
  u64 c = k0 ^ 0x6c7967656e657261, d = k1 ^ 0x7465646279746573;
  for (i32 i = 0; i < count; i++) {
    d ^= words[i];
    ROUND;
    ROUND;
    a ^= words[i];
  }
  d ^= (u64)count << 59;
  ROUND;
  ROUND;
  a ^= (u64)count << 59;
  c ^= 255;
  ROUND;
  ROUND;
  ROUND;
  ROUND;
  return a ^ b ^ c ^ d;
}

EXPORT i32 run(i32 n) {
  random_state = 8;
  for (i32 i = 0; i < 4096; i++) keys[i] = (u64)random_u32() << 32 | random_u32();
  u64 sum = 0;
  for (i32 round = 0; round < n; round++)
    for (i32 i = 0; i < 4092; i++) sum += hash(keys + i, 1 + (i & 3), 0x0706050403020100, sum);
  return (i32)(sum ^ sum >> 32);
}
