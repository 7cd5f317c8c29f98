// poll and select over clocks and pipes.
#include "say.h"
#include <poll.h>
#include <sys/select.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(void) {
  struct pollfd out = {1, POLLOUT, 0};
  SAY(poll(&out, 1, 1000));
  printf("can be written: %d\n", (out.revents & POLLOUT) != 0);
  struct pollfd bad = {77, POLLIN, 0};
  SAY(poll(&bad, 1, 0));
  printf("is not open: %d\n", (bad.revents & POLLNVAL) != 0);

  struct pollfd in = {0, POLLIN, 0};
  SAY(poll(&in, 1, 5000));
  printf("can be read: %d\n", (in.revents & POLLRDNORM) != 0);
  char text[100];
  SAY(read(0, text, 5));
  printf("%.5s\n", text);
  in.revents = 0;
  SAY(poll(&in, 1, 5000));
  SAY(read(0, text, 100));
  printf("%.6s\n", text);

  double before = now();
  fd_set none;
  FD_ZERO(&none);
  struct timeval timeout = {0, 20000};
  SAY(select(0, &none, NULL, NULL, &timeout));
  printf("waited: %d\n", now() - before >= 0.019);
  return 0;
}
