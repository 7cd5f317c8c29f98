// The primes below 500,000.
#include "kernel.h"

#define N 500000
static u8 composite[N];

EXPORT i32 run(i32 n) {
  i32 count = 0;
  for (i32 round = 0; round < n; round++) {
    for (i32 i = 0; i < N; i++) composite[i] = 0;
    for (i32 i = 2; i * i < N; i++)
      if (!composite[i])
        for (i32 j = i * i; j < N; j += i) composite[j] = 1;
    for (i32 i = 2; i < N; i++) count += !composite[i];
  }
  return count;
}
