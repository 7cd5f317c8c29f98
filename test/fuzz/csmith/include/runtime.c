// Around a program of csmith, which is PROGRAM: main as an export, and what it calls of the C library.

#include <stdarg.h>
#include <string.h>

__attribute__((import_module("host"), import_name("note"))) void host_note(unsigned value);

void *memcpy(void *to, const void *from, size_t count) {
  char *target = to;
  const char *source = from;
  for (; count > 0; count--) *target++ = *source++;
  return to;
}

void *memmove(void *to, const void *from, size_t count) {
  char *target = to;
  const char *source = from;
  if (target <= source) return memcpy(to, from, count);
  for (; count > 0; count--) target[count - 1] = source[count - 1];
  return to;
}

void *memset(void *to, int byte, size_t count) {
  char *target = to;
  for (; count > 0; count--) *target++ = byte;
  return to;
}

int strcmp(const char *a, const char *b) {
  for (; *a != 0 && *a == *b; a++) b++;
  return *a - *b;
}

// Every format has one %X, after a %s or not.
int printf(const char *format, ...) {
  va_list values;
  va_start(values, format);
  for (; *format != 0; format++) {
    if (format[0] != '%') continue;
    if (format[1] == 's') va_arg(values, char *);
    else host_note(va_arg(values, unsigned));
  }
  va_end(values);
  return 0;
}

#define main csmith_main
#include PROGRAM
#undef main

__attribute__((export_name("run"))) int run(int checks) {
  char *arguments[] = {"", "1"};
  return csmith_main(checks & 1 ? 2 : 1, arguments);
}
