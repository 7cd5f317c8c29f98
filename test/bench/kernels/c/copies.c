// Bulk copies and fills of many sizes, by memory.copy and memory.fill.
#include "kernel.h"

#define SIZE 262144
static u8 a[SIZE], b[SIZE];

static inline void copy(void *to, const void *from, u32 size) {
  __asm__ volatile("local.get %0\n local.get %1\n local.get %2\n memory.copy 0, 0" : : "r"(to), "r"(from), "r"(size));
}

static inline void fill(void *to, i32 value, u32 size) {
  __asm__ volatile("local.get %0\n local.get %1\n local.get %2\n memory.fill 0" : : "r"(to), "r"(value), "r"(size));
}

EXPORT i32 run(i32 n) {
  random_state = 41;
  for (i32 i = 0; i < SIZE; i++) a[i] = b[i] = (u8)random_u32();
  u32 sum = 0;
  for (i32 round = 0; round < n; round++)
    for (i32 i = 0; i < 400; i++) {
      u32 size = i % 20 == 0 ? 65536 : i % 5 == 0 ? 1024 : 16 + (u32)(i & 31);
      u32 from = random_u32() % (SIZE - 65536), to = random_u32() % (SIZE - 65536);
      if (i % 3 == 0) copy(a + to, a + from, size);
      else copy(b + to, a + from, size);
      if (i % 7 == 0) fill(a + from, i, 256);
      sum = sum * 31 + a[to] + b[to];
    }
  return (i32)sum;
}
