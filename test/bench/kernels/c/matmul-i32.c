// Integer matrix product, with 16-bit inputs that are read signed and unsigned.
#include "kernel.h"

#define N 128
static i16 a[N][N];
static u16 b[N][N];
static i32 c[N][N];

EXPORT i32 run(i32 n) {
  random_state = 21;
  for (i32 i = 0; i < N; i++)
    for (i32 j = 0; j < N; j++) a[i][j] = (i16)random_u32(), b[i][j] = (u16)random_u32(), c[i][j] = 0;
  for (i32 round = 0; round < n; round++)
    for (i32 i = 0; i < N; i++)
      for (i32 j = 0; j < N; j++) {
        u32 sum = 0;
        for (i32 k = 0; k < N; k++) sum += (u32)(a[i][k] * b[k][j]);
        c[i][j] = (i32)((u32)c[i][j] * 3 + sum);
      }
  u32 sum = 0;
  for (i32 i = 0; i < N; i++) sum += (u32)c[i][(i * 5) % N];
  return (i32)sum;
}
