// A switch interpreter: a register machine that runs a program with loops, memory and calls.
#include "kernel.h"

enum { CONST, MOVE, ADD, SUB, MUL, AND, XOR, SHL, SHR, LOAD, STORE, LESS, EQUAL, JUMP, JUMP_IF, CALL, RETURN, HALT };
typedef struct { u8 op, a, b, c; } Code;

#define CODE(op, a, b, c) {op, a, b, c}
// r0: result, r1: outer counter, r2: limit, r3: 1, r4..: scratch
static const Code PROGRAM[] = {
  /* 0 */ CODE(CONST, 0, 0, 0), CODE(CONST, 1, 0, 0), CODE(CONST, 3, 1, 0), CODE(CONST, 7, 255, 0),
  /* 4: outer */ CODE(CONST, 4, 0, 0), CODE(CONST, 5, 100, 0),
  /* 6: inner */ CODE(MUL, 6, 4, 1), CODE(ADD, 0, 0, 6), CODE(XOR, 0, 0, 4), CODE(AND, 8, 0, 7),
  /* 10 */ CODE(LOAD, 9, 8, 0), CODE(ADD, 9, 9, 3), CODE(STORE, 9, 8, 0), CODE(CALL, 24, 0, 0),
  /* 14 */ CODE(ADD, 4, 4, 3), CODE(LESS, 6, 4, 5), CODE(JUMP_IF, 6, 6, 0),
  /* 17 */ CODE(ADD, 1, 1, 3), CODE(LESS, 6, 1, 2), CODE(JUMP_IF, 4, 6, 0), CODE(HALT, 0, 0, 0),
  CODE(HALT, 0, 0, 0), CODE(HALT, 0, 0, 0), CODE(HALT, 0, 0, 0),
  /* 24: function */ CODE(CONST, 10, 7, 0), CODE(SHR, 11, 0, 10), CODE(XOR, 0, 0, 11), CODE(SHL, 11, 9, 3),
  /* 28 */ CODE(EQUAL, 12, 11, 9), CODE(JUMP_IF, 31, 12, 0), CODE(SUB, 0, 0, 11), CODE(MOVE, 13, 0, 0),
  /* 32 */ CODE(RETURN, 0, 0, 0),
};
static i32 memory[256], registers[16], stack[16];

static NOINLINE i32 interpret(const Code *code, i32 limit) {
  i32 *r = registers, *sp = stack;
  const Code *pc = code;
  r[2] = limit;
  for (;;) {
    Code i = *pc++;
    switch (i.op) {
    case CONST: r[i.a] = i.b; break;
    case MOVE: r[i.a] = r[i.b]; break;
    case ADD: r[i.a] = (i32)((u32)r[i.b] + (u32)r[i.c]); break;
    case SUB: r[i.a] = (i32)((u32)r[i.b] - (u32)r[i.c]); break;
    case MUL: r[i.a] = (i32)((u32)r[i.b] * (u32)r[i.c]); break;
    case AND: r[i.a] = r[i.b] & r[i.c]; break;
    case XOR: r[i.a] = r[i.b] ^ r[i.c]; break;
    case SHL: r[i.a] = (i32)((u32)r[i.b] << (r[i.c] & 31)); break;
    case SHR: r[i.a] = (i32)((u32)r[i.b] >> (r[i.c] & 31)); break;
    case LOAD: r[i.a] = memory[r[i.b]]; break;
    case STORE: memory[r[i.b]] = r[i.a]; break;
    case LESS: r[i.a] = r[i.b] < r[i.c]; break;
    case EQUAL: r[i.a] = r[i.b] == r[i.c]; break;
    case JUMP: pc = code + i.a; break;
    case JUMP_IF:
      if (r[i.b]) pc = code + i.a;
      break;
    case CALL:
      *sp++ = (i32)(pc - code);
      pc = code + i.a;
      break;
    case RETURN: pc = code + *--sp; break;
    default: return r[0];
    }
  }
}

EXPORT i32 run(i32 n) {
  for (i32 i = 0; i < 256; i++) memory[i] = i;
  return interpret(PROGRAM, n * 100);
}
