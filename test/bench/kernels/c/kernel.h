// What every kernel needs and a C library would have given.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char i8;
typedef short i16;
typedef int i32;
typedef long long i64;

#define EXPORT __attribute__((visibility("default")))
#define NOINLINE __attribute__((noinline))

// The compiler turns loops and assignments of structures into calls of these two.
__attribute__((no_builtin)) void *memcpy(void *to, const void *from, unsigned long size) {
  u8 *t = to;
  const u8 *f = from;
  for (unsigned long i = 0; i < size; i++) t[i] = f[i];
  return to;
}

__attribute__((no_builtin)) void *memset(void *to, int value, unsigned long size) {
  u8 *t = to;
  for (unsigned long i = 0; i < size; i++) t[i] = (u8)value;
  return to;
}

static u32 random_state = 1;

// Repeatable 32-bit numbers (xorshift).
static inline u32 random_u32(void) {
  u32 x = random_state;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return random_state = x;
}

// In [0, 1).
static inline double random_f64(void) { return (double)random_u32() * (1.0 / 4294967296.0); }
