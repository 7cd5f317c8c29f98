// Validates and decodes UTF-8 of one to four bytes.
#include "kernel.h"

#define SIZE 200000
static u8 text[SIZE + 8];

static u8 *put(u8 *p, u32 c) {
  if (c < 0x80) {
    *p++ = (u8)c;
  } else if (c < 0x800) {
    *p++ = (u8)(0xc0 | c >> 6);
    *p++ = (u8)(0x80 | (c & 63));
  } else if (c < 0x10000) {
    *p++ = (u8)(0xe0 | c >> 12);
    *p++ = (u8)(0x80 | (c >> 6 & 63));
    *p++ = (u8)(0x80 | (c & 63));
  } else {
    *p++ = (u8)(0xf0 | c >> 18);
    *p++ = (u8)(0x80 | (c >> 12 & 63));
    *p++ = (u8)(0x80 | (c >> 6 & 63));
    *p++ = (u8)(0x80 | (c & 63));
  }
  return p;
}

// Number of code points, or -1 when the bytes are no UTF-8; `*sum` takes the sum of the code points.
static NOINLINE i32 decode(const u8 *p, const u8 *end, u32 *sum) {
  i32 count = 0;
  while (p < end) {
    u32 c = *p++, least = 0;
    i32 more = 0;
    if (c >= 0x80) {
      if (c >= 0xc2 && c < 0xe0) c &= 31, more = 1, least = 0x80;
      else if (c >= 0xe0 && c < 0xf0) c &= 15, more = 2, least = 0x800;
      else if (c >= 0xf0 && c < 0xf5) c &= 7, more = 3, least = 0x10000;
      else return -1;
      for (; more; more--) {
        if (p == end || (*p & 0xc0) != 0x80) return -1;
        c = c << 6 | (*p++ & 63);
      }
      if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return -1;
    }
    *sum += c;
    count++;
  }
  return count;
}

EXPORT i32 run(i32 n) {
  random_state = 17;
  u8 *end = text;
  while (end < text + SIZE) {
    u32 kind = random_u32() & 15, c = random_u32();
    end = put(end, kind < 10 ? c % 0x80 : kind < 13 ? 0x80 + c % 0x780 : kind < 15 ? 0x800 + c % 0xc000
                                                                                   : 0x10000 + c % 0xfffff);
  }
  u32 sum = 0;
  for (i32 round = 0; round < n; round++) sum = sum * 31 + (u32)decode(text, end, &sum);
  return (i32)sum;
}
