// Pixels of four bytes over others, by their alpha: each channel is x * a + y * (255 - a), divided by 255 and rounded.
#include "vector.h"

#define PIXELS 32768

static u32 above[PIXELS], below[PIXELS], blended[PIXELS];

#if VECTORS

// (x + 128) * 257 >> 16 is x / 255, rounded, in the range that products have; here the sum of 16 bits cannot overflow.
static v128_t divided(v128_t x) {
  v128_t rounded = wasm_i16x8_add(x, wasm_i16x8_splat(128));
  return wasm_u16x8_shr(wasm_i16x8_add(rounded, wasm_u16x8_shr(rounded, 8)), 8);
}

static void blend(void) {
  for (u32 i = 0; i < PIXELS; i += 4) {
    v128_t x = wasm_v128_load(above + i), y = wasm_v128_load(below + i);
    v128_t alpha = wasm_i8x16_shuffle(x, x, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
    v128_t rest = wasm_v128_not(alpha);
    v128_t low = wasm_i16x8_add(wasm_u16x8_extmul_low_u8x16(x, alpha), wasm_u16x8_extmul_low_u8x16(y, rest));
    v128_t high = wasm_i16x8_add(wasm_u16x8_extmul_high_u8x16(x, alpha), wasm_u16x8_extmul_high_u8x16(y, rest));
    wasm_v128_store(blended + i, wasm_u8x16_narrow_i16x8(divided(low), divided(high)));
  }
}

#else

static u32 divided(u32 x) {
  u32 rounded = x + 128;
  return (rounded + (rounded >> 8)) >> 8;
}

static void blend(void) {
  for (u32 i = 0; i < PIXELS; i++) {
    const u8 *x = (const u8 *)(above + i), *y = (const u8 *)(below + i);
    u8 *to = (u8 *)(blended + i);
    u32 alpha = x[3];
    for (int channel = 0; channel < 4; channel++)
      to[channel] = (u8)divided(x[channel] * alpha + y[channel] * (255 - alpha));
  }
}

#endif

EXPORT u32 run(i32 n) {
  random_state = 1;
  for (int i = 0; i < PIXELS; i++) {
    above[i] = random_u32();
    below[i] = random_u32();
  }
  u32 sum = 0;
  for (int round = 0; round < n; round++) {
    blend();
    above[round % PIXELS] += blended[7];
    sum = sum * 31 + blended[round % PIXELS];
  }
  for (int i = 0; i < PIXELS; i++) sum = sum * 31 + blended[i];
  return sum;
}
