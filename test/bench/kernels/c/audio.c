// Fixed-point sound: a filter of 32 taps and a cascade of biquads, products of 32 bits summed in 64.
#include "kernel.h"

#define SAMPLES 4096
#define TAPS 32
static i32 input[SAMPLES + TAPS], output[SAMPLES], taps[TAPS];
static i32 coefficients[3][5], memory[3][4];

static NOINLINE void filter(void) {
  for (i32 i = 0; i < SAMPLES; i++) {
    i64 sum = 1 << 14;
    for (i32 t = 0; t < TAPS; t++) sum += (i64)input[i + t] * taps[t];
    output[i] = (i32)(sum >> 15);
  }
}

static inline i32 biquad(i32 x, const i32 *c, i32 *m) {
  i64 sum = (i64)c[0] * x + (i64)c[1] * m[0] + (i64)c[2] * m[1] - (i64)c[3] * m[2] - (i64)c[4] * m[3];
  i64 y = sum >> 28;
  if (y > 0x7fffff) y = 0x7fffff;
  if (y < -0x800000) y = -0x800000;
  m[1] = m[0], m[0] = x, m[3] = m[2], m[2] = (i32)y;
  return (i32)y;
}

static NOINLINE void cascade(void) {
  for (i32 i = 0; i < SAMPLES; i++) {
    i32 x = output[i];
    for (i32 stage = 0; stage < 3; stage++) x = biquad(x, coefficients[stage], memory[stage]);
    output[i] = x;
  }
}

EXPORT i32 run(i32 n) {
  random_state = 13;
  for (i32 i = 0; i < SAMPLES + TAPS; i++) input[i] = (i32)random_u32() >> 9;
  for (i32 i = 0; i < TAPS; i++) taps[i] = (i32)random_u32() >> 19;
  for (i32 i = 0; i < 15; i++) (&coefficients[0][0])[i] = (i32)random_u32() >> 5;
  for (i32 i = 0; i < 12; i++) (&memory[0][0])[i] = 0;
  i32 sum = 0;
  for (i32 round = 0; round < n; round++) {
    filter();
    cascade();
    for (i32 i = 0; i < SAMPLES; i += 64) sum = (i32)((u32)sum * 31 + (u32)output[i]);
  }
  return sum;
}
