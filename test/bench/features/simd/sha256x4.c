// SHA-256 of four messages at once (FIPS 180-4): lane by lane with vectors, one message after the other without.
#include "vector.h"

#define BLOCKS 16

static u32 messages[4][BLOCKS * 16];
static u32 digests[4][8];

static const u32 constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static const u32 start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#if VECTORS
typedef v128_t word;
#define ADD wasm_i32x4_add
#define AND wasm_v128_and
#define XOR wasm_v128_xor
#define SHR(x, n) wasm_u32x4_shr(x, n)
#define ROTR(x, n) wasm_v128_or(wasm_u32x4_shr(x, n), wasm_i32x4_shl(x, 32 - (n)))
#define ALL(x) wasm_i32x4_splat(x)
#else
typedef u32 word;
#define ADD(x, y) ((x) + (y))
#define AND(x, y) ((x) & (y))
#define XOR(x, y) ((x) ^ (y))
#define SHR(x, n) ((x) >> (n))
#define ROTR(x, n) ((x) >> (n) | (x) << (32 - (n)))
#define ALL(x) (x)
#endif

static void block(word *state, const word *words) {
  word w[64];
  for (int i = 0; i < 16; i++) w[i] = words[i];
  for (int i = 16; i < 64; i++) {
    word s0 = XOR(XOR(ROTR(w[i - 15], 7), ROTR(w[i - 15], 18)), SHR(w[i - 15], 3));
    word s1 = XOR(XOR(ROTR(w[i - 2], 17), ROTR(w[i - 2], 19)), SHR(w[i - 2], 10));
    w[i] = ADD(ADD(w[i - 16], s0), ADD(w[i - 7], s1));
  }
  word a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    word s1 = XOR(XOR(ROTR(e, 6), ROTR(e, 11)), ROTR(e, 25));
    word choice = XOR(g, AND(e, XOR(f, g)));
    word t1 = ADD(ADD(ADD(h, s1), ADD(choice, w[i])), ALL(constants[i]));
    word s0 = XOR(XOR(ROTR(a, 2), ROTR(a, 13)), ROTR(a, 22));
    word majority = XOR(AND(a, b), AND(c, XOR(a, b)));
    h = g;
    g = f;
    f = e;
    e = ADD(d, t1);
    d = c;
    c = b;
    b = a;
    a = ADD(t1, ADD(s0, majority));
  }
  state[0] = ADD(state[0], a);
  state[1] = ADD(state[1], b);
  state[2] = ADD(state[2], c);
  state[3] = ADD(state[3], d);
  state[4] = ADD(state[4], e);
  state[5] = ADD(state[5], f);
  state[6] = ADD(state[6], g);
  state[7] = ADD(state[7], h);
}

#if VECTORS

static void hash(void) {
  word state[8], words[16];
  for (int i = 0; i < 8; i++) state[i] = ALL(start[i]);
  for (int b = 0; b < BLOCKS; b++) {
    for (int i = 0; i < 16; i++) {
      int k = b * 16 + i;
      words[i] = wasm_i32x4_make(messages[0][k], messages[1][k], messages[2][k], messages[3][k]);
    }
    block(state, words);
  }
  for (int i = 0; i < 8; i++) {
    digests[0][i] = wasm_i32x4_extract_lane(state[i], 0);
    digests[1][i] = wasm_i32x4_extract_lane(state[i], 1);
    digests[2][i] = wasm_i32x4_extract_lane(state[i], 2);
    digests[3][i] = wasm_i32x4_extract_lane(state[i], 3);
  }
}

#else

static void hash(void) {
  for (int m = 0; m < 4; m++) {
    word *state = digests[m];
    for (int i = 0; i < 8; i++) state[i] = start[i];
    for (int b = 0; b < BLOCKS; b++) block(state, messages[m] + b * 16);
  }
}

#endif

EXPORT u32 run(i32 n) {
  random_state = 1;
  for (int m = 0; m < 4; m++)
    for (int i = 0; i < BLOCKS * 16; i++) messages[m][i] = random_u32();
  u32 sum = 0;
  for (int round = 0; round < n; round++) {
    hash();
    for (int m = 0; m < 4; m++) {
      messages[m][round % 16] ^= digests[m][round % 8];
      sum = sum * 31 + digests[m][7];
    }
  }
  return sum;
}
