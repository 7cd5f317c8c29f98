// What csmith.h and compilers want of the C library.
#pragma once
typedef __SIZE_TYPE__ size_t;
void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *to, int byte, size_t count);
int strcmp(const char *a, const char *b);
