// What the programs share: each line says what was called and what came of it.
#ifndef SAY_H
#define SAY_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/// Prints a call, what it gives, and the name of the error if that is negative.
#define SAY(call)                                                        \
  do {                                                                   \
    errno = 0;                                                           \
    long long result_ = (long long)(call);                               \
    if (result_ < 0) printf("%s = %s\n", #call, strerror(errno));        \
    else printf("%s = %lld\n", #call, result_);                          \
  } while (0)

/// The same for a raw call of WASI, which gives the error itself.
#define RAW(call) printf("%s = %s\n", #call, strerror(call))

static inline void show(const char *name, int follows) {
  struct stat s;
  errno = 0;
  if ((follows ? stat : lstat)(name, &s) != 0) {
    printf("%s: %s\n", name, strerror(errno));
    return;
  }
  const char *type = S_ISREG(s.st_mode) ? "file" : S_ISDIR(s.st_mode) ? "folder" : S_ISLNK(s.st_mode) ? "link" : "other";
  printf("%s: %s", name, type);
  if (!S_ISDIR(s.st_mode)) printf(", %lld bytes, %d names", (long long)s.st_size, (int)s.st_nlink);
  printf("\n");
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/// Prints the entries of a folder in order, with their types, without itself and what is above it.
static inline void list(const char *path) {
  DIR *dir = opendir(path);
  if (!dir) {
    printf("opendir %s: %s\n", path, strerror(errno));
    return;
  }
  char *lines[512];
  int count = 0;
  struct dirent *entry;
  while ((entry = readdir(dir)) && count < 512) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    char line[300];
    snprintf(line, sizeof line, "%s type %d", entry->d_name, entry->d_type);
    lines[count++] = strdup(line);
  }
  closedir(dir);
  qsort(lines, count, sizeof *lines, by_name);
  printf("%s has %d:\n", path, count);
  for (int i = 0; i < count; i++) {
    printf("  %s\n", lines[i]);
    free(lines[i]);
  }
}

static inline void put(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  if (!file) {
    printf("cannot write %s: %s\n", path, strerror(errno));
    return;
  }
  fputs(text, file);
  fclose(file);
}

static inline void get(const char *path) {
  char text[256] = {0};
  FILE *file = fopen(path, "r");
  if (!file) {
    printf("cannot read %s: %s\n", path, strerror(errno));
    return;
  }
  size_t count = fread(text, 1, sizeof text - 1, file);
  printf("%s holds %d bytes: %s\n", path, (int)count, text);
  fclose(file);
}

#endif
