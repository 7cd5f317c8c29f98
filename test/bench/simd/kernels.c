// Kernels that exist twice: with vectors (clang -msimd128) and without. Each gives the same check sum either way.
#include <stdint.h>
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

#define EXPORT(name) __attribute__((export_name(name)))
#define COUNT 65536
#define WIDTH 512

static float left[COUNT], right[COUNT];
static uint8_t image[WIDTH * WIDTH + 64], blurred[WIDTH * WIDTH + 64];

EXPORT("start") void start(void) {
  uint32_t s = 1;
  for (int i = 0; i < COUNT; i++) {
    s = s * 1664525u + 1013904223u;
    left[i] = (float)(s >> 8) / 16777216.0f;
    right[i] = (float)((s >> 4) & 0xffff) / 65536.0f;
  }
  for (int i = 0; i < WIDTH * WIDTH; i++) {
    s = s * 1664525u + 1013904223u;
    image[i] = s >> 24 | 1;
  }
}

// Four sums either way, so that the order of the additions is the same.
EXPORT("dot") float dot(int rounds) {
  float result = 0;
  for (int round = 0; round < rounds; round++) {
#ifdef __wasm_simd128__
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
    result += a + b + c + d;
    left[round % COUNT] += 0.5f;
  }
  return result;
}

// Averages of a pixel and its four neighbours, rounded at each step.
EXPORT("blur") int blur(int rounds) {
  for (int round = 0; round < rounds; round++) {
    for (int y = 1; y < WIDTH - 1; y++) {
      const uint8_t *from = image + y * WIDTH;
      uint8_t *to = blurred + y * WIDTH;
#ifdef __wasm_simd128__
      for (int x = 0; x < WIDTH; x += 16) {
        v128_t vertical = wasm_u8x16_avgr(wasm_v128_load(from + x - WIDTH), wasm_v128_load(from + x + WIDTH));
        v128_t horizontal = wasm_u8x16_avgr(wasm_v128_load(from + x - 1), wasm_v128_load(from + x + 1));
        v128_t around = wasm_u8x16_avgr(vertical, horizontal);
        wasm_v128_store(to + x, wasm_u8x16_avgr(around, wasm_v128_load(from + x)));
      }
#else
      for (int x = 0; x < WIDTH; x++) {
        int vertical = (from[x - WIDTH] + from[x + WIDTH] + 1) >> 1;
        int horizontal = (from[x - 1] + from[x + 1] + 1) >> 1;
        to[x] = (((vertical + horizontal + 1) >> 1) + from[x] + 1) >> 1;
      }
#endif
    }
    image[WIDTH + round % WIDTH] ^= blurred[2 * WIDTH];
  }
  uint32_t sum = 0;
  for (int i = 0; i < WIDTH * WIDTH; i++) sum = sum * 31 + blurred[i];
  return sum;
}

EXPORT("memchr") int find(int rounds) {
  int sum = 0;
  for (int round = 0; round < rounds; round++) {
    int place = 200000 + round % 1000;
    image[place] = 0;
    int i = 0;
#ifdef __wasm_simd128__
    for (;; i += 16) {
      v128_t zeros = wasm_i8x16_eq(wasm_v128_load(image + i), wasm_i8x16_splat(0));
      if (!wasm_v128_any_true(zeros)) continue;
      i += __builtin_ctz(wasm_i8x16_bitmask(zeros));
      break;
    }
#else
    while (image[i] != 0) i++;
#endif
    sum += i;
    image[place] = 7;
  }
  return sum;
}

EXPORT("mandelbrot") int mandelbrot(int rounds) {
  int total = 0;
  for (int i = 0; i < rounds * 128; i++) {
    float cy = (i & 127) / 64.0f - 1.0f;
#ifdef __wasm_simd128__
    v128_t y = wasm_f32x4_splat(cy);
    for (int column = 0; column < 128; column += 4) {
      v128_t x = wasm_f32x4_add(wasm_f32x4_splat(column / 64.0f - 1.5f), wasm_f32x4_make(0, 1 / 64.0f, 2 / 64.0f, 3 / 64.0f));
      v128_t zx = wasm_f32x4_splat(0), zy = zx, steps = wasm_i32x4_splat(0);
      for (int step = 0; step < 100; step++) {
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
    for (int column = 0; column < 128; column++) {
      float cx = column / 64.0f - 1.5f, zx = 0, zy = 0;
      int step = 0;
      for (; step < 100; step++) {
        float xx = zx * zx, yy = zy * zy, xy = zx * zy;
        if (!(xx + yy <= 4)) break;
        zx = xx - yy + cx;
        zy = xy + xy + cy;
      }
      total += step;
    }
#endif
  }
  return total;
}
