// Whether a text is UTF-8. With vectors: by three tables of what pairs of bytes may be (Keiser and Lemire, "Validating UTF-8 In
// Less Than One Instruction Per Byte", 2020), and what is ASCII is skipped.
#include "vector.h"

#define SIZE 65536

static u8 text[SIZE + 16];

#if VECTORS

enum {
  TOO_SHORT = 1, TOO_LONG = 2, OVERLONG_3 = 4, TOO_LARGE = 8, SURROGATE = 16, OVERLONG_2 = 32, OVERLONG_4 = 64,
  TOO_LARGE_1000 = 64, TWO_CONTINUATIONS = 128, CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};

static v128_t errors_of(v128_t in, v128_t before) {
  const v128_t first_high = wasm_u8x16_make(
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO_CONTINUATIONS,
      TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
      TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
  const v128_t first_low = wasm_u8x16_make(
      CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
      CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000);
  const v128_t second_high = wasm_u8x16_make(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE,
      TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
  v128_t one = wasm_i8x16_shuffle(before, in, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  v128_t two = wasm_i8x16_shuffle(before, in, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  v128_t three = wasm_i8x16_shuffle(before, in, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  v128_t pairs = wasm_v128_and(wasm_i8x16_swizzle(first_high, wasm_u8x16_shr(one, 4)),
                               wasm_i8x16_swizzle(first_low, wasm_v128_and(one, wasm_i8x16_splat(15))));
  pairs = wasm_v128_and(pairs, wasm_i8x16_swizzle(second_high, wasm_u8x16_shr(in, 4)));
  v128_t third = wasm_u8x16_sub_sat(two, wasm_u8x16_splat(0xe0 - 0x80));
  v128_t fourth = wasm_u8x16_sub_sat(three, wasm_u8x16_splat(0xf0 - 0x80));
  return wasm_v128_xor(wasm_v128_and(wasm_v128_or(third, fourth), wasm_u8x16_splat(0x80)), pairs);
}

static u32 is_valid(void) {
  // In bytes that end a vector these are the largest that need no more behind them.
  const v128_t complete = wasm_u8x16_make(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0xef, 0xdf, 0xbf);
  v128_t errors = wasm_i8x16_splat(0), before = errors, incomplete = errors;
  for (u32 i = 0; i < SIZE; i += 16) {
    v128_t in = wasm_v128_load(text + i);
    if (!wasm_i8x16_bitmask(in)) {
      errors = wasm_v128_or(errors, incomplete);
      incomplete = wasm_i8x16_splat(0);
    } else {
      errors = wasm_v128_or(errors, errors_of(in, before));
      incomplete = wasm_u8x16_sub_sat(in, complete);
    }
    before = in;
  }
  return !wasm_v128_any_true(wasm_v128_or(errors, incomplete));
}

#else

static u32 is_valid(void) {
  u32 i = 0;
  while (i < SIZE) {
    u8 a = text[i++];
    if (a < 0x80) continue;
    u32 more = a < 0xe0 ? 1 : a < 0xf0 ? 2 : 3;
    if (a < 0xc2 || a > 0xf4 || i + more > SIZE) return 0;
    u8 b = text[i];
    if (b < (a == 0xe0 ? 0xa0 : a == 0xf0 ? 0x90 : 0x80) || b > (a == 0xed ? 0x9f : a == 0xf4 ? 0x8f : 0xbf)) return 0;
    for (u32 k = 1; k < more; k++)
      if ((text[i + k] & 0xc0) != 0x80) return 0;
    i += more;
  }
  return 1;
}

#endif

// Words of letters; one in eight is of another script.
static void write_text(void) {
  u32 i = 0;
  while (i < SIZE - 64) {
    u32 length = 2 + random_u32() % 12, script = random_u32() % 24;
    for (u32 k = 0; k < length; k++) {
      u32 letter = random_u32() % 26;
      if (script == 0) {
        text[i++] = 0xd0;
        text[i++] = (u8)(0x90 + letter);
      } else if (script == 1) {
        text[i++] = 0xe3;
        text[i++] = 0x81;
        text[i++] = (u8)(0x82 + letter);
      } else if (script == 2) {
        text[i++] = 0xf0;
        text[i++] = 0x9f;
        text[i++] = 0x98;
        text[i++] = (u8)(0x80 + letter);
        break;
      } else {
        text[i++] = (u8)('a' + letter);
      }
    }
    text[i++] = ' ';
  }
  while (i < SIZE) text[i++] = '.';
}

EXPORT u32 run(i32 n) {
  random_state = 1;
  write_text();
  u32 sum = 0;
  for (int round = 0; round < n; round++) {
    u8 *byte = text + SIZE - 16 - round % 16;
    if (round % 4 == 0) *byte = 0xff;
    sum += (round + 1) * is_valid();
    *byte = '.';
  }
  return sum;
}
