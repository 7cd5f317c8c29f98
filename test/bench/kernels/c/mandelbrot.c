// Escape times of a picture of 200 lines of 200 points.
#include "kernel.h"

static NOINLINE i32 escape(double cr, double ci, i32 limit) {
  double zr = 0, zi = 0;
  for (i32 i = 0; i < limit; i++) {
    double r2 = zr * zr, i2 = zi * zi;
    if (r2 + i2 > 4) return i;
    zi = 2 * zr * zi + ci;
    zr = r2 - i2 + cr;
  }
  return limit;
}

EXPORT i32 run(i32 n) {
  i32 sum = 0;
  for (i32 round = 0; round < n; round++)
    for (i32 y = 0; y < 200; y++)
      for (i32 x = 0; x < 200; x++) sum += escape(x * 0.015 - 2.1, y * 0.0125 - 1.25 + round * 1e-6, 200);
  return sum;
}
