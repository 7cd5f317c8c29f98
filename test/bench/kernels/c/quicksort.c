// Quicksort of 100,000 numbers, with insertion sort for what is short.
#include "kernel.h"

#define N 100000
static i32 numbers[N];

static void sort(i32 *low, i32 *high) {
  while (high - low > 12) {
    i32 pivot = low[(high - low) / 2], *i = low, *j = high;
    while (i <= j) {
      while (*i < pivot) i++;
      while (*j > pivot) j--;
      if (i <= j) {
        i32 t = *i;
        *i++ = *j, *j-- = t;
      }
    }
    sort(low, j);
    low = i;
  }
  for (i32 *i = low + 1; i <= high; i++) {
    i32 x = *i, *j = i;
    for (; j > low && j[-1] > x; j--) *j = j[-1];
    *j = x;
  }
}

EXPORT i32 run(i32 n) {
  i32 sum = 0;
  for (i32 round = 0; round < n; round++) {
    random_state = 100 + round;
    for (i32 i = 0; i < N; i++) numbers[i] = (i32)random_u32();
    sort(numbers, numbers + N - 1);
    for (i32 i = 0; i < N; i += 997) sum = sum * 31 + numbers[i];
  }
  return sum;
}
