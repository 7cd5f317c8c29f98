// Products and squares of numbers of 2048 bits, by limbs of 32 bits with 64-bit intermediate results.
#include "kernel.h"

#define LIMBS 64
static u32 a[LIMBS], b[LIMBS], product[2 * LIMBS];

static NOINLINE void multiply(const u32 *x, const u32 *y, u32 *out) {
  for (i32 i = 0; i < 2 * LIMBS; i++) out[i] = 0;
  for (i32 i = 0; i < LIMBS; i++) {
    u64 carry = 0;
    for (i32 j = 0; j < LIMBS; j++) {
      carry += (u64)x[i] * y[j] + out[i + j];
      out[i + j] = (u32)carry;
      carry >>= 32;
    }
    out[i + LIMBS] = (u32)carry;
  }
}

// What is left of a number of 32 limbs after division by a small one.
static NOINLINE u32 remainder(const u32 *x, u32 by) {
  u64 rest = 0;
  for (i32 i = LIMBS - 1; i >= 0; i--) rest = (rest << 32 | x[i]) % by;
  return (u32)rest;
}

EXPORT i32 run(i32 n) {
  random_state = 31;
  for (i32 i = 0; i < LIMBS; i++) a[i] = random_u32(), b[i] = random_u32();
  u32 sum = 0;
  for (i32 round = 0; round < n * 20; round++) {
    multiply(a, b, product);
    for (i32 i = 0; i < LIMBS; i++) b[i] = product[i + LIMBS / 2] | 1;
    sum += remainder(b, 1000003);
  }
  return (i32)sum;
}
