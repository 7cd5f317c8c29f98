// Gaussian blur of a picture of single-precision pixels, first along the rows, then along the columns.
#include "kernel.h"

#define W 320
#define H 240
static float picture[H][W][3], between[H][W][3];
static const float WEIGHTS[5] = {0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f};

static NOINLINE void rows(void) {
  for (i32 y = 0; y < H; y++)
    for (i32 x = 2; x < W - 2; x++)
      for (i32 c = 0; c < 3; c++) {
        float sum = 0;
        for (i32 k = 0; k < 5; k++) sum += WEIGHTS[k] * picture[y][x + k - 2][c];
        between[y][x][c] = sum;
      }
}

static NOINLINE void columns(void) {
  for (i32 y = 2; y < H - 2; y++)
    for (i32 x = 0; x < W; x++)
      for (i32 c = 0; c < 3; c++) {
        float sum = 0;
        for (i32 k = 0; k < 5; k++) sum += WEIGHTS[k] * between[y + k - 2][x][c];
        picture[y][x][c] = sum;
      }
}

EXPORT double run(i32 n) {
  random_state = 3;
  for (i32 i = 0; i < H * W * 3; i++) (&picture[0][0][0])[i] = (float)(random_u32() & 255);
  for (i32 round = 0; round < n; round++) {
    rows();
    columns();
  }
  double sum = 0;
  for (i32 y = 0; y < H; y++) sum += picture[y][y][y % 3];
  return sum;
}
