// Hard links and symbolic ones.
#include "say.h"

static void target(const char *path) {
  char text[100] = {0};
  long count = readlink(path, text, sizeof text - 1);
  if (count < 0) printf("readlink %s: %s\n", path, strerror(errno));
  else printf("%s -> %s (%ld)\n", path, text, count);
}

int main(void) {
  mkdir("d", 0777);
  put("d/file", "text");
  SAY(symlink("d/file", "to-file"));
  SAY(symlink("d", "to-folder"));
  SAY(symlink("nowhere", "dangling"));
  SAY(symlink("loop", "loop"));
  SAY(symlink("to-file", "to-link"));
  SAY(symlink("file", "d/beside"));
  SAY(symlink("x", "to-file"));
  SAY(symlink("x", "none/link"));
  SAY(symlink("/etc", "absolute"));
  target("to-file");
  target("to-link");
  target("dangling");
  target("d/file");
  target("none");
  for (int follows = 0; follows < 2; follows++) {
    show("to-file", follows);
    show("to-folder", follows);
    show("to-link", follows);
    show("dangling", follows);
    show("d/beside", follows);
  }
  show("loop", 0);
  SAY(open("loop", O_RDONLY));
  get("to-file");
  get("to-link");
  get("d/beside");
  get("dangling");
  get("loop/x");
  put("to-link", "written through links");
  get("d/file");
  SAY(open("dangling", O_RDONLY));
  SAY(open("to-file", O_WRONLY | O_CREAT | O_EXCL, 0666));
  SAY(mkdir("dangling", 0777));
  SAY(rmdir("to-folder"));
  SAY(unlink("to-link"));
  show("to-file", 0);
  SAY(rename("to-file", "moved"));
  target("moved");
  SAY(rename("d/file", "moved"));
  get("moved");
  show("moved", 0);
  put("d/file", "again");

  SAY(link("d/file", "hard"));
  show("hard", 0);
  show("d/file", 0);
  SAY(link("d/file", "hard"));
  SAY(link("d", "hard-folder"));
  SAY(link("none", "hard-none"));
  SAY(link("d/file", "none/hard"));
  put("hard", "by another name");
  get("d/file");
  SAY(unlink("d/file"));
  get("hard");
  show("hard", 0);
  SAY(unlink("dangling"));
  SAY(unlink("loop"));
  struct stat a, b;
  link("hard", "harder");
  stat("hard", &a);
  stat("harder", &b);
  printf("the same file: %d %d\n", a.st_ino == b.st_ino, a.st_dev == b.st_dev);
  list(".");
  return 0;
}
