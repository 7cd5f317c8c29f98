// The C source of a switch interpreter of 1,000 cases, each too long to be a table entry: the shape of the eval loops
// of sqlite, CPython and QuickJS, with which engines that refuse large functions are found out.

const CASES = 1000

/** @returns {string} */
export function thousandCases() {
  const cases = Array.from({ length: CASES }, (_, i) => `    case ${i}:\n${body(i)}`).join('')
  return `#include "kernel.h"

#define SIZE 4096
typedef struct { u16 op; u8 a, b; } Code;
static Code code[SIZE];
static u32 r[16], memory[256];

static NOINLINE u32 interpret(const Code *pc, const Code *end) {
  u32 sum = 0;
  for (; pc < end; pc++) {
    u32 a = pc->a, b = pc->b;
    switch (pc->op) {
${cases}    }
  }
  return sum;
}

EXPORT i32 run(i32 n) {
  random_state = 3;
  for (i32 i = 0; i < SIZE; i++) code[i] = (Code){random_u32() % ${CASES}, random_u32() & 15, random_u32() & 15};
  for (i32 i = 0; i < 16; i++) r[i] = random_u32();
  for (i32 i = 0; i < 256; i++) memory[i] = random_u32();
  u32 sum = 0;
  for (i32 round = 0; round < n; round++) sum = sum * 31 + interpret(code, code + SIZE);
  return (i32)sum;
}
`
}

/** One of four kinds of work, with constants of its own so that no two cases can be merged. */
function body(i) {
  const constant = (Math.imul(i + 1, 0x9e3779b9) >>> 0) | 1
  const kinds = [
    `r[a] = (r[b] * ${constant}u) ^ (r[a] >> ${(i % 13) + 3});
      if (r[a] & ${1 << (i % 20)}u) sum += r[b] + ${i}u;`,
    `memory[(r[a] >> ${i % 17}) & 255] = r[b] + ${constant}u;
      sum ^= memory[(r[b] + ${i}u) & 255];`,
    `r[b] += memory[(r[a] ^ ${constant}u) & 255] - (sum << ${(i % 7) + 1});
      sum += r[b] < ${constant}u ? ${i}u : r[a];`,
    `for (u32 k = 0; k < 2; k++) r[(a + k) & 15] ^= r[b] + ${constant}u * k;
      sum = (sum << ${(i % 5) + 1}) + r[(a + ${i % 11}u) & 15];`,
  ]
  return `      ${kinds[i % kinds.length]}\n      break;\n`
}
