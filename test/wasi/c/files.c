// Reading and writing files: ends, positions, holes, appending, what may not be done.
#include "say.h"

static void streams(void) {
  put("a.txt", "hello\nworld\n");
  FILE *file = fopen("a.txt", "r+");
  char line[20];
  while (fgets(line, sizeof line, file)) printf("line: %s", line);
  printf("at the end: %d, no error: %d\n", feof(file) != 0, ferror(file) == 0);
  SAY(fread(line, 1, 5, file));
  SAY(fseek(file, -6, SEEK_END));
  SAY(ftell(file));
  SAY(fwrite("W", 1, 1, file));
  SAY(fseek(file, 0, SEEK_SET));
  SAY(fgetc(file));
  SAY(ungetc('J', file));
  SAY(fread(line, 1, 5, file));
  printf("%.5s\n", line);
  SAY(fclose(file));
  get("a.txt");
  file = fopen("a.txt", "a+");
  SAY(fprintf(file, "%s %d\n", "more", 42));
  rewind(file);
  SAY(fread(line, 1, 5, file));
  fclose(file);
  get("a.txt");
  printf("no such file: %d %s\n", fopen("none/a.txt", "w") == NULL, strerror(errno));
  printf("no such file: %d %s\n", fopen("none.txt", "r") == NULL, strerror(errno));
  printf("a file is no folder: %d %s\n", fopen("a.txt/b", "r") == NULL, strerror(errno));
}

static void positions(void) {
  char buffer[64] = {0};
  int fd = open("p.bin", O_RDWR | O_CREAT | O_TRUNC, 0666);
  SAY(write(fd, "0123456789", 10));
  SAY(lseek(fd, 0, SEEK_CUR));
  SAY(pread(fd, buffer, 4, 3));
  SAY(pread(fd, buffer, 4, 8));
  SAY(pread(fd, buffer, 4, 100));
  SAY(pread(fd, buffer, 4, -1));
  SAY(pwrite(fd, "abc", 3, 4));
  SAY(lseek(fd, 0, SEEK_CUR));
  SAY(lseek(fd, -3, SEEK_END));
  SAY(read(fd, buffer, 64));
  SAY(read(fd, buffer, 64));
  SAY(lseek(fd, -1, SEEK_SET));
  SAY(lseek(fd, -100, SEEK_CUR));
  SAY(lseek(fd, 0, 77));
  SAY(lseek(fd, 20, SEEK_SET));
  SAY(read(fd, buffer, 64));
  SAY(write(fd, "z", 1));
  SAY(lseek(fd, 9, SEEK_SET));
  SAY(read(fd, buffer, 64));
  printf("a hole: %d %d %d %c\n", buffer[0], buffer[1], buffer[10], buffer[11]);
  SAY(ftruncate(fd, 5));
  SAY(lseek(fd, 0, SEEK_END));
  SAY(ftruncate(fd, 4096));
  SAY(lseek(fd, 0, SEEK_END));
  SAY(ftruncate(fd, -1));
  SAY(read(fd, buffer, 0));
  SAY(write(fd, buffer, 0));
  SAY(fsync(fd));
  SAY(fdatasync(fd));
  SAY(close(fd));
  SAY(close(fd));
  SAY(read(fd, buffer, 1));
  SAY(fsync(fd));
}

static void modes(void) {
  char buffer[8];
  int fd = open("x.txt", O_WRONLY | O_CREAT | O_EXCL, 0666);
  printf("created: %d\n", fd >= 0);
  SAY(read(fd, buffer, 1));
  SAY(write(fd, "one", 3));
  close(fd);
  SAY(open("x.txt", O_WRONLY | O_CREAT | O_EXCL, 0666));
  SAY(open("x.txt", O_RDONLY | O_DIRECTORY));
  fd = open("x.txt", O_RDONLY);
  SAY(write(fd, "no", 2));
  SAY(ftruncate(fd, 0));
  SAY(read(fd, buffer, 8));
  close(fd);
  fd = open("x.txt", O_WRONLY | O_APPEND);
  SAY(lseek(fd, 0, SEEK_SET));
  SAY(write(fd, "two", 3));
  SAY(lseek(fd, 0, SEEK_CUR));
  SAY(write(fd, "three", 5));
  SAY(lseek(fd, 0, SEEK_CUR));
  SAY((fcntl(fd, F_GETFL) & O_APPEND) != 0);
  close(fd);
  get("x.txt");
  fd = open("x.txt", O_RDWR | O_TRUNC);
  SAY(read(fd, buffer, 8));
  SAY(write(fd, "new", 3));
  SAY(fcntl(fd, F_SETFL, O_APPEND));
  SAY(lseek(fd, 0, SEEK_SET));
  SAY(write(fd, "end", 3));
  SAY(fcntl(fd, F_SETFL, 0));
  SAY(lseek(fd, 0, SEEK_SET));
  SAY(write(fd, "N", 1));
  close(fd);
  get("x.txt");
  SAY(access("x.txt", R_OK | W_OK));
  SAY(access("none", F_OK));
  SAY(truncate("x.txt", 2));
  get("x.txt");
  SAY(posix_fallocate(open("x.txt", O_RDWR), 0, 100));
  show("x.txt", 1);
}

static void much(void) {
  enum { SIZE = 300000 };
  char *block = malloc(SIZE);
  for (int i = 0; i < SIZE; i++) block[i] = (char)(i * 7 + i / 1000);
  FILE *file = fopen("big.bin", "w+");
  size_t written = 0;
  for (int i = 0; i < 10; i++) written += fwrite(block, 1, SIZE, file);
  printf("%d written\n", (int)written);
  rewind(file);
  unsigned sum = 0;
  int byte;
  while ((byte = fgetc(file)) != EOF) sum = sum * 31 + (unsigned)byte;
  printf("sum %u\n", sum);
  fclose(file);
  show("big.bin", 1);
}

int main(void) {
  streams();
  positions();
  modes();
  much();
  return 0;
}
