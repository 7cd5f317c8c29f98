// Times of files.
#include "say.h"

static void times(const char *path) {
  struct stat s;
  if (lstat(path, &s) != 0) printf("%s: %s\n", path, strerror(errno));
  else
    printf("%s: read %lld.%03ld, changed %lld.%03ld\n", path, (long long)s.st_atim.tv_sec, s.st_atim.tv_nsec / 1000000,
           (long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec / 1000000);
}

int main(void) {
  put("a", "a");
  struct stat s;
  stat("a", &s);
  printf("of today: %d\n", s.st_mtim.tv_sec - time(NULL) < 60 && time(NULL) - s.st_mtim.tv_sec < 60);
  struct timespec both[2] = {{1000000000, 0}, {1234567890, 0}};
  SAY(utimensat(AT_FDCWD, "a", both, 0));
  times("a");
  struct timespec one[2] = {{0, UTIME_OMIT}, {1500000000, 0}};
  SAY(utimensat(AT_FDCWD, "a", one, 0));
  times("a");
  int fd = open("a", O_RDWR);
  struct timespec fraction[2] = {{0, UTIME_OMIT}, {1400000000, 250123000}};
  SAY(utimensat(AT_FDCWD, "a", fraction, 0));
  stat("a", &s);
  printf("to the microsecond: %d\n", s.st_mtim.tv_nsec / 1000 == 250123);
  SAY(utimensat(AT_FDCWD, "a", one, 0));
  struct timespec other[2] = {{5, 0}, {0, UTIME_OMIT}};
  SAY(futimens(fd, other));
  times("a");
  struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  SAY(futimens(fd, now));
  stat("a", &s);
  printf("read now: %d, changed then: %lld\n", time(NULL) - s.st_atim.tv_sec < 60, (long long)s.st_mtim.tv_sec);
  close(fd);
  SAY(utimensat(AT_FDCWD, "none", both, 0));

  symlink("a", "link");
  SAY(utimensat(AT_FDCWD, "link", both, AT_SYMLINK_NOFOLLOW));
  times("link");
  printf("its target did not change: %lld\n", (long long)(stat("link", &s), s.st_mtim.tv_sec));
  SAY(utimensat(AT_FDCWD, "link", both, 0));
  times("a");
  mkdir("d", 0777);
  SAY(utimensat(AT_FDCWD, "d", both, 0));
  times("d");
  int dir = open("d", O_RDONLY | O_DIRECTORY);
  SAY(futimens(dir, one));
  times("d");
  return 0;
}
