// Steps until points leave the circle, in floats: four points at once with vectors.
#include "vector.h"

#define SIZE 128
#define STEPS 100

static u32 line(float cy) {
  u32 total = 0;
#if VECTORS
  v128_t y = wasm_f32x4_splat(cy);
  for (int column = 0; column < SIZE; column += 4) {
    v128_t left = wasm_f32x4_splat(column / 64.0f - 1.5f);
    v128_t x = wasm_f32x4_add(left, wasm_f32x4_make(0, 1 / 64.0f, 2 / 64.0f, 3 / 64.0f));
    v128_t zx = wasm_f32x4_splat(0), zy = zx, steps = wasm_i32x4_splat(0);
    for (int step = 0; step < STEPS; step++) {
      v128_t xx = wasm_f32x4_mul(zx, zx), yy = wasm_f32x4_mul(zy, zy), xy = wasm_f32x4_mul(zx, zy);
      v128_t inside = wasm_f32x4_le(wasm_f32x4_add(xx, yy), wasm_f32x4_splat(4));
      if (!wasm_v128_any_true(inside)) break;
      steps = wasm_i32x4_sub(steps, inside);
      zx = wasm_f32x4_add(wasm_f32x4_sub(xx, yy), x);
      zy = wasm_f32x4_add(wasm_f32x4_add(xy, xy), y);
    }
    total += wasm_i32x4_extract_lane(steps, 0) + wasm_i32x4_extract_lane(steps, 1);
    total += wasm_i32x4_extract_lane(steps, 2) + wasm_i32x4_extract_lane(steps, 3);
  }
#else
  for (int column = 0; column < SIZE; column++) {
    float cx = column / 64.0f - 1.5f, zx = 0, zy = 0;
    int step = 0;
    for (; step < STEPS; step++) {
      float xx = zx * zx, yy = zy * zy, xy = zx * zy;
      if (!(xx + yy <= 4)) break;
      zx = xx - yy + cx;
      zy = xy + xy + cy;
    }
    total += step;
  }
#endif
  return total;
}

EXPORT u32 run(i32 n) {
  u32 total = 0;
  for (int i = 0; i < n * SIZE; i++) total += line((i & (SIZE - 1)) / 64.0f - 1.0f);
  return total;
}
