// Fast Fourier transform of 4096 complex numbers, there and back.
#include "kernel.h"

#define LOG 12
#define N (1 << LOG)
static double re[N], im[N];

// Sine of a small angle; others come from it by doubling.
static double small_sine(double x) {
  double x2 = x * x;
  return x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72 * (1 - x2 / 110)))));
}

static void reverse_bits(void) {
  for (u32 i = 1, j = 0; i < N; i++) {
    u32 bit = N >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      double t = re[i];
      re[i] = re[j], re[j] = t;
      t = im[i];
      im[i] = im[j], im[j] = t;
    }
  }
}

static NOINLINE void transform(double sign) {
  reverse_bits();
  for (i32 size = 2; size <= N; size <<= 1) {
    double half = 3.141592653589793 / size, s = small_sine(half), c = 2 * s * s;
    double wr0 = 1 - c, wi0 = sign * 2 * s * __builtin_sqrt(1 - s * s);
    for (i32 start = 0; start < N; start += size) {
      double wr = 1, wi = 0;
      for (i32 i = start; i < start + size / 2; i++) {
        i32 j = i + size / 2;
        double xr = re[j] * wr - im[j] * wi, xi = re[j] * wi + im[j] * wr;
        re[j] = re[i] - xr, im[j] = im[i] - xi;
        re[i] += xr, im[i] += xi;
        double t = wr * wr0 - wi * wi0;
        wi = wr * wi0 + wi * wr0, wr = t;
      }
    }
  }
}

EXPORT double run(i32 n) {
  random_state = 5;
  for (i32 i = 0; i < N; i++) re[i] = random_f64(), im[i] = 0;
  for (i32 round = 0; round < n; round++) {
    transform(1);
    transform(-1);
    for (i32 i = 0; i < N; i++) re[i] *= 1.0 / N, im[i] *= 1.0 / N;
  }
  double sum = 0;
  for (i32 i = 0; i < N; i++) sum += re[i] * (i & 7);
  return sum;
}
