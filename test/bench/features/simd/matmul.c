// The product of two matrices of floats, four rows of it at a time; each sum is added up in the same order either way.
#include "vector.h"

#define SIZE 96

static float a[SIZE][SIZE], b[SIZE][SIZE], c[SIZE][SIZE];

static void multiply(void) {
  for (int i = 0; i < SIZE; i++) {
#if VECTORS
    for (int j = 0; j < SIZE; j += 8) {
      v128_t low = wasm_f32x4_splat(0), high = low;
      for (int k = 0; k < SIZE; k++) {
        v128_t x = wasm_v128_load32_splat(&a[i][k]);
        low = wasm_f32x4_add(low, wasm_f32x4_mul(x, wasm_v128_load(&b[k][j])));
        high = wasm_f32x4_add(high, wasm_f32x4_mul(x, wasm_v128_load(&b[k][j + 4])));
      }
      wasm_v128_store(&c[i][j], low);
      wasm_v128_store(&c[i][j + 4], high);
    }
#else
    for (int j = 0; j < SIZE; j++) {
      float sum = 0;
      for (int k = 0; k < SIZE; k++) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
#endif
  }
}

EXPORT double run(i32 n) {
  random_state = 1;
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      a[i][j] = (float)random_f64();
      b[i][j] = (float)random_f64();
    }
  double sum = 0;
  for (int round = 0; round < n; round++) {
    multiply();
    sum += c[round % SIZE][7];
    a[round % SIZE][round % SIZE] = c[3][4] / SIZE;
  }
  return sum;
}
