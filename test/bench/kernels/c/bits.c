// Counting, reversing, rotating: N queens by bit masks, Gray codes, leading and trailing zeros.
#include "kernel.h"

static i32 queens(u32 all, u32 columns, u32 left, u32 right) {
  if (columns == all) return 1;
  i32 count = 0;
  for (u32 free = all & ~(columns | left | right); free; free &= free - 1) {
    u32 bit = free & -free;
    count += queens(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return count;
}

static NOINLINE u32 scramble(u32 rounds) {
  u32 x = 0x9e3779b9, sum = 0;
  for (u32 i = 1; i <= rounds; i++) {
    u32 gray = i ^ i >> 1;
    x = (x << (gray & 31) | x >> (-gray & 31)) + (u32)__builtin_popcount(x ^ gray);
    sum += (u32)__builtin_clz(x | 1) * 3 + (u32)__builtin_ctz(gray | 1u << 30) + __builtin_bswap32(x);
  }
  return sum;
}

EXPORT i32 run(i32 n) {
  u32 sum = 0;
  for (i32 round = 0; round < n; round++) sum += (u32)queens(511, 0, 0, 0) + scramble(100000 + round);
  return (i32)sum;
}
