// Deep recursion: Ackermann's and Takeuchi's functions.
#include "kernel.h"

static NOINLINE i32 ackermann(i32 m, i32 n) {
  if (m == 0) return n + 1;
  if (n == 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}

static NOINLINE i32 takeuchi(i32 x, i32 y, i32 z) {
  if (y >= x) return z;
  return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

EXPORT i32 run(i32 n) {
  i32 sum = 0;
  for (i32 round = 0; round < n; round++) sum = sum * 3 + ackermann(2, 200 + (round & 7)) + takeuchi(16, 9, 2 + (round & 1));
  return sum;
}
