// Searches for a byte in a long text.
#include "vector.h"

#define SIZE 262144

static u8 text[SIZE + 16];

static u32 find(u8 byte) {
#if VECTORS
  v128_t wanted = wasm_u8x16_splat(byte);
  for (u32 i = 0;; i += 16) {
    v128_t same = wasm_i8x16_eq(wasm_v128_load(text + i), wanted);
    if (wasm_v128_any_true(same)) return i + __builtin_ctz(wasm_i8x16_bitmask(same));
  }
#else
  u32 i = 0;
  while (text[i] != byte) i++;
  return i;
#endif
}

EXPORT u32 run(i32 n) {
  random_state = 1;
  for (int i = 0; i < SIZE; i++) text[i] = (u8)(random_u32() >> 24 | 1);
  u32 sum = 0;
  for (int round = 0; round < n; round++) {
    u32 place = 200000 + round % 1000;
    text[place] = 42;
    sum += find(42);
    text[place] = 7;
  }
  return sum;
}
