// How often each byte is there. With vectors: sixteen bytes are loaded at once, and counted in four tables.
#include "vector.h"

#define SIZE 131072

static u8 bytes[SIZE];
static u32 counts[4][256];

static void count(void) {
#if VECTORS
#define ONE(lane) counts[(lane) & 3][wasm_u8x16_extract_lane(in, lane)]++;
  for (u32 i = 0; i < SIZE; i += 16) {
    v128_t in = wasm_v128_load(bytes + i);
    ONE(0) ONE(1) ONE(2) ONE(3) ONE(4) ONE(5) ONE(6) ONE(7)
    ONE(8) ONE(9) ONE(10) ONE(11) ONE(12) ONE(13) ONE(14) ONE(15)
  }
#else
  for (u32 i = 0; i < SIZE; i += 4) {
    counts[0][bytes[i]]++;
    counts[1][bytes[i + 1]]++;
    counts[2][bytes[i + 2]]++;
    counts[3][bytes[i + 3]]++;
  }
#endif
}

EXPORT u32 run(i32 n) {
  random_state = 1;
  for (int i = 0; i < SIZE; i++) bytes[i] = (u8)(random_u32() >> 24);
  for (int i = 0; i < 256; i++) counts[0][i] = counts[1][i] = counts[2][i] = counts[3][i] = 0;
  for (int round = 0; round < n; round++) {
    count();
    bytes[round % SIZE] += 3;
  }
  u32 sum = 0;
  for (int i = 0; i < 256; i++) sum = sum * 31 + counts[0][i] + counts[1][i] + counts[2][i] + counts[3][i];
  return sum;
}
