// Arguments, environment, clocks, random numbers, standard streams, the exit code.
#include "say.h"
#include <sys/random.h>

extern char **environ;

static double seconds(clockid_t clock) {
  struct timespec t;
  if (clock_gettime(clock, &t) != 0) return -1;
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  for (int i = 0; i < argc; i++) printf("argument %d: [%s]\n", i, argv[i]);
  for (char **variable = environ; *variable; variable++) printf("variable: [%s]\n", *variable);
  printf("A=%s, NONE is there: %d\n", getenv("A"), getenv("NONE") != NULL);

  printf("after 2020: %d\n", time(NULL) > 1577836800);
  printf("before 2100: %d\n", time(NULL) < 4102444800);
  double before = seconds(CLOCK_MONOTONIC), real = seconds(CLOCK_REALTIME);
  struct timespec pause = {0, 30000000};
  SAY(nanosleep(&pause, NULL));
  double slept = seconds(CLOCK_MONOTONIC) - before;
  printf("slept as long: %d, and not much longer: %d\n", slept >= 0.029, slept < 5);
  printf("the time of day went on: %d\n", seconds(CLOCK_REALTIME) - real >= 0.02);
  SAY(usleep(1000));
  SAY(clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL));
  struct timespec resolution;
  SAY(clock_getres(CLOCK_MONOTONIC, &resolution));
  printf("a resolution: %d\n", resolution.tv_sec == 0 && resolution.tv_nsec > 0);

  unsigned char random[600] = {0};
  SAY(getentropy(random, 256));
  SAY(getentropy(random, 257));
  int zeros = 0;
  for (int i = 0; i < 256; i++) zeros += random[i] == 0;
  printf("random: %d\n", zeros < 20);

  char line[40];
  while (fgets(line, sizeof line, stdin)) printf("input: [%s]\n", line);
  printf("input is over: %d\n", feof(stdin) != 0);
  SAY(isatty(0));
  SAY(isatty(1));
  SAY(lseek(1, 0, SEEK_CUR));
  SAY(write(9, "x", 1));
  fflush(stdout);
  SAY(write(1, "straight\n", 9));
  fprintf(stderr, "to stderr\n");
  exit(argc + 40);
}
