// Bytes to base64. With vectors: 12 bytes become 16 letters, by shifts in words and a swizzle as the table (Mula and Lemire,
// "Faster Base64 Encoding and Decoding Using AVX2 Instructions", 2018).
#include "vector.h"

#define SIZE 49152

static u8 bytes[SIZE + 16], letters[SIZE / 3 * 4];

#if !VECTORS
static const u8 alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
#endif

static void encode(void) {
  u8 *to = letters;
#if VECTORS
  // What to add to a number of six bits: by its class, which a saturating subtraction finds.
  const v128_t shifts = wasm_i8x16_make('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                                        '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0);
  for (u32 i = 0; i < SIZE; i += 12, to += 16) {
    v128_t from = wasm_v128_load(bytes + i);
    v128_t in = wasm_i8x16_shuffle(from, from, 2, 1, 0, 0, 5, 4, 3, 3, 8, 7, 6, 6, 11, 10, 9, 9);
    v128_t first = wasm_v128_and(wasm_u32x4_shr(in, 18), wasm_i32x4_splat(0x3f));
    v128_t second = wasm_v128_and(wasm_u32x4_shr(in, 4), wasm_i32x4_splat(0x3f00));
    v128_t third = wasm_v128_and(wasm_i32x4_shl(in, 10), wasm_i32x4_splat(0x3f0000));
    v128_t fourth = wasm_v128_and(wasm_i32x4_shl(in, 24), wasm_i32x4_splat(0x3f000000));
    v128_t sixes = wasm_v128_or(wasm_v128_or(first, second), wasm_v128_or(third, fourth));
    v128_t class = wasm_u8x16_sub_sat(sixes, wasm_i8x16_splat(51));
    v128_t isUpper = wasm_i8x16_lt(sixes, wasm_i8x16_splat(26));
    class = wasm_v128_or(class, wasm_v128_and(isUpper, wasm_i8x16_splat(13)));
    wasm_v128_store(to, wasm_i8x16_add(sixes, wasm_i8x16_swizzle(shifts, class)));
  }
#else
  for (u32 i = 0; i < SIZE; i += 3, to += 4) {
    u32 a = bytes[i], b = bytes[i + 1], c = bytes[i + 2];
    to[0] = alphabet[a >> 2];
    to[1] = alphabet[(a & 3) << 4 | b >> 4];
    to[2] = alphabet[(b & 15) << 2 | c >> 6];
    to[3] = alphabet[c & 63];
  }
#endif
}

EXPORT u32 run(i32 n) {
  random_state = 1;
  for (int i = 0; i < SIZE; i++) bytes[i] = (u8)(random_u32() >> 24);
  for (int round = 0; round < n; round++) {
    encode();
    bytes[round % SIZE] ^= letters[5];
  }
  u32 sum = 0;
  for (u32 i = 0; i < sizeof letters; i++) sum = sum * 31 + letters[i];
  return sum;
}
