// LU decomposition without pivots, and the determinant's logarithm base.
#include "kernel.h"

#define N 180
static double a[N * N];

static NOINLINE void decompose(double *m) {
  for (i32 k = 0; k < N; k++)
    for (i32 i = k + 1; i < N; i++) {
      double factor = m[i * N + k] / m[k * N + k];
      m[i * N + k] = factor;
      for (i32 j = k + 1; j < N; j++) m[i * N + j] -= factor * m[k * N + j];
    }
}

EXPORT double run(i32 n) {
  double sum = 0;
  for (i32 round = 0; round < n; round++) {
    random_state = 1 + round;
    for (i32 i = 0; i < N * N; i++) a[i] = random_f64() + (i % (N + 1) == 0 ? 20 : 0);
    decompose(a);
    for (i32 i = 0; i < N; i++) sum += a[i * N + i];
  }
  return sum;
}
