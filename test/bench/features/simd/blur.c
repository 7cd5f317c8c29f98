// Averages of a pixel of one byte and its four neighbours, rounded at each step.
#include "vector.h"

#define SIZE 512

static u8 image[SIZE * SIZE + 64], blurred[SIZE * SIZE + 64];

static void row(const u8 *from, u8 *to) {
#if VECTORS
  for (int x = 0; x < SIZE; x += 16) {
    v128_t vertical = wasm_u8x16_avgr(wasm_v128_load(from + x - SIZE), wasm_v128_load(from + x + SIZE));
    v128_t horizontal = wasm_u8x16_avgr(wasm_v128_load(from + x - 1), wasm_v128_load(from + x + 1));
    v128_t around = wasm_u8x16_avgr(vertical, horizontal);
    wasm_v128_store(to + x, wasm_u8x16_avgr(around, wasm_v128_load(from + x)));
  }
#else
  for (int x = 0; x < SIZE; x++) {
    int vertical = (from[x - SIZE] + from[x + SIZE] + 1) >> 1;
    int horizontal = (from[x - 1] + from[x + 1] + 1) >> 1;
    to[x] = (((vertical + horizontal + 1) >> 1) + from[x] + 1) >> 1;
  }
#endif
}

EXPORT u32 run(i32 n) {
  random_state = 1;
  for (int i = 0; i < SIZE * SIZE; i++) image[i] = (u8)(random_u32() >> 24);
  for (int round = 0; round < n; round++) {
    for (int y = 1; y < SIZE - 1; y++) row(image + y * SIZE, blurred + y * SIZE);
    image[SIZE + round % SIZE] ^= blurred[2 * SIZE];
  }
  u32 sum = 0;
  for (int i = 0; i < SIZE * SIZE; i++) sum = sum * 31 + blurred[i];
  return sum;
}
