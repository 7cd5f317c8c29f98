// Calls through pointers: objects with methods, sorted by comparisons that are arguments.
#include "kernel.h"

typedef struct Shape Shape;
typedef struct { double (*area)(const Shape *); i32 (*step)(Shape *, i32); } Methods;
struct Shape { const Methods *methods; double a, b; i32 state; };

static double square_area(const Shape *s) { return s->a * s->a; }
static double box_area(const Shape *s) { return s->a * s->b; }
static double round_area(const Shape *s) { return s->a * s->a * 3.14159; }
static double half_area(const Shape *s) { return s->a * s->b * 0.5; }
static i32 step_add(Shape *s, i32 x) { return s->state = (s->state + x) & 0xffff; }
static i32 step_xor(Shape *s, i32 x) { return s->state ^= x & 0xffff; }
static i32 step_shift(Shape *s, i32 x) { return s->state = ((s->state << 1) ^ x) & 0xffff; }

static const Methods METHODS[4] = {
  {square_area, step_add}, {box_area, step_xor}, {round_area, step_shift}, {half_area, step_add},
};

#define N 1024
static Shape shapes[N];
static Shape *order[N];

static i32 by_area(const Shape *a, const Shape *b) {
  double x = a->methods->area(a), y = b->methods->area(b);
  return x < y ? -1 : x > y;
}
static i32 by_state(const Shape *a, const Shape *b) { return a->state - b->state; }

static NOINLINE void sort(Shape **list, i32 count, i32 (*compare)(const Shape *, const Shape *)) {
  for (i32 gap = count / 2; gap > 0; gap /= 2)
    for (i32 i = gap; i < count; i++) {
      Shape *x = list[i];
      i32 j = i;
      for (; j >= gap && compare(list[j - gap], x) > 0; j -= gap) list[j] = list[j - gap];
      list[j] = x;
    }
}

EXPORT double run(i32 n) {
  random_state = 29;
  for (i32 i = 0; i < N; i++) {
    shapes[i] = (Shape){&METHODS[random_u32() % 4], random_f64() * 10, random_f64() * 10, i};
    order[i] = &shapes[i];
  }
  double sum = 0;
  for (i32 round = 0; round < n; round++) {
    for (i32 i = 0; i < N; i++) {
      Shape *s = order[i];
      sum += s->methods->area(s) * s->methods->step(s, i + round);
    }
    sort(order, N, round & 1 ? by_area : by_state);
  }
  return sum;
}
