// A hash map with open addressing: words of a text counted by their bytes.
#include "kernel.h"

#define SLOTS 32768
#define SIZE 100000
typedef struct { u32 hash, at, length, count; } Slot;
static Slot slots[SLOTS];
static u8 text[SIZE];

static inline i32 same(u32 a, u32 b, u32 length) {
  for (u32 i = 0; i < length; i++)
    if (text[a + i] != text[b + i]) return 0;
  return 1;
}

static NOINLINE Slot *find(u32 hash, u32 at, u32 length) {
  u32 i = hash & (SLOTS - 1);
  for (;; i = (i + 1) & (SLOTS - 1)) {
    Slot *s = &slots[i];
    if (!s->count) {
      s->hash = hash, s->at = at, s->length = length;
      return s;
    }
    if (s->hash == hash && s->length == length && same(s->at, at, length)) return s;
  }
}

EXPORT i32 run(i32 n) {
  random_state = 19;
  for (i32 i = 0; i < SIZE; i++) {
    u32 x = random_u32();
    text[i] = x % 4 == 0 ? ' ' : (u8)('a' + (x >> 8) % 7);
  }
  u32 sum = 0;
  for (i32 round = 0; round < n; round++) {
    for (i32 i = 0; i < SLOTS; i++) slots[i].count = 0;
    for (u32 at = 0; at < SIZE;) {
      u32 start = at, hash = 2166136261u;
      for (; at < SIZE && text[at] != ' ' && at - start < 6; at++) hash = (hash ^ text[at]) * 16777619;
      Slot *s = find(hash ^ hash >> 15, start, at - start);
      sum += ++s->count;
      while (at < SIZE && text[at] == ' ') at++;
    }
  }
  return (i32)sum;
}
