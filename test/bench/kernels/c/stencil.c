// Jacobi's method for the heat equation on a plane.
#include "kernel.h"

#define N 300
static double grid[2][N][N];

static NOINLINE void step(double (*from)[N], double (*to)[N]) {
  for (i32 i = 1; i < N - 1; i++)
    for (i32 j = 1; j < N - 1; j++)
      to[i][j] = 0.2 * (from[i][j] + from[i - 1][j] + from[i + 1][j] + from[i][j - 1] + from[i][j + 1]);
}

EXPORT double run(i32 n) {
  for (i32 i = 0; i < N; i++)
    for (i32 j = 0; j < N; j++) grid[0][i][j] = grid[1][i][j] = (i * j) % 17;
  for (i32 round = 0; round < n; round++) {
    step(grid[0], grid[1]);
    step(grid[1], grid[0]);
  }
  double sum = 0;
  for (i32 i = 0; i < N; i++) sum += grid[0][i][(i * 3) % N];
  return sum;
}
