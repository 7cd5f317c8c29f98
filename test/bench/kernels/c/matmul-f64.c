// Dense matrix product in doubles, blocked by rows.
#include "kernel.h"

#define N 160
static double a[N][N], b[N][N], c[N][N];

EXPORT double run(i32 n) {
  random_state = 1;
  for (i32 i = 0; i < N; i++)
    for (i32 j = 0; j < N; j++) a[i][j] = random_f64(), b[i][j] = random_f64() - 0.5, c[i][j] = 0;
  for (i32 round = 0; round < n; round++)
    for (i32 i = 0; i < N; i++)
      for (i32 k = 0; k < N; k++) {
        double x = a[i][k];
        for (i32 j = 0; j < N; j++) c[i][j] += x * b[k][j];
      }
  double sum = 0;
  for (i32 i = 0; i < N; i++) sum += c[i][(i * 7) % N];
  return sum;
}
