// Dot products of floats, in four sums either way, so that the order of the additions is the same.
#include "vector.h"

#define COUNT 16384

static float left[COUNT], right[COUNT];

static float dot(void) {
#if VECTORS
  v128_t sum = wasm_f32x4_splat(0);
  for (int i = 0; i < COUNT; i += 4)
    sum = wasm_f32x4_add(sum, wasm_f32x4_mul(wasm_v128_load(left + i), wasm_v128_load(right + i)));
  float a = wasm_f32x4_extract_lane(sum, 0), b = wasm_f32x4_extract_lane(sum, 1);
  float c = wasm_f32x4_extract_lane(sum, 2), d = wasm_f32x4_extract_lane(sum, 3);
#else
  float a = 0, b = 0, c = 0, d = 0;
  for (int i = 0; i < COUNT; i += 4) {
    a += left[i] * right[i];
    b += left[i + 1] * right[i + 1];
    c += left[i + 2] * right[i + 2];
    d += left[i + 3] * right[i + 3];
  }
#endif
  return a + b + c + d;
}

EXPORT double run(i32 n) {
  random_state = 1;
  for (int i = 0; i < COUNT; i++) {
    left[i] = (float)random_f64();
    right[i] = (float)random_f64();
  }
  double result = 0;
  for (int round = 0; round < n; round++) {
    result += dot();
    left[round % COUNT] += 0.5f;
  }
  return result;
}
