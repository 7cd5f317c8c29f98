// WASI's own calls, which no function of C has: rights, renumbering, preopens, cookies, bad arguments.
#include "say.h"
#include <wasi/api.h>

static void state(const char *what, int fd) {
  __wasi_fdstat_t s;
  int error = __wasi_fd_fdstat_get(fd, &s);
  if (error) printf("%s: %s\n", what, strerror(error));
  else
    printf("%s: type %d, rights %llx, hands down %llx\n", what, s.fs_filetype, (unsigned long long)s.fs_rights_base,
           (unsigned long long)s.fs_rights_inheriting);
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 1024);
  state("stdin", 0);
  state("stdout", 1);
  state("folder", 3);
  state("none", 40);
  put("a", "0123456789");
  int file = open("a", O_RDWR), reader = open("a", O_RDONLY), writer = open("a", O_WRONLY);
  int folder = open(".", O_RDONLY | O_DIRECTORY);
  state("file", file);
  state("reader", reader);
  state("writer", writer);
  state("opened folder", folder);

  __wasi_prestat_t prestat;
  RAW(__wasi_fd_prestat_get(3, &prestat));
  printf("kind %d, name of %d bytes\n", prestat.tag, (int)prestat.u.dir.pr_name_len);
  char name[20] = {0};
  RAW(__wasi_fd_prestat_dir_name(3, (uint8_t *)name, prestat.u.dir.pr_name_len));
  printf("[%s]\n", name);
  RAW(__wasi_fd_prestat_get(file, &prestat));
  RAW(__wasi_fd_prestat_get(40, &prestat));
  RAW(__wasi_fd_prestat_dir_name(file, (uint8_t *)name, 1));

  __wasi_filesize_t at;
  RAW(__wasi_fd_seek(file, 4, __WASI_WHENCE_SET, &at));
  RAW(__wasi_fd_tell(file, &at));
  printf("at %d\n", (int)at);
  RAW(__wasi_fd_tell(folder, &at));
  RAW(__wasi_fd_seek(folder, 0, __WASI_WHENCE_SET, &at));
  RAW(__wasi_fd_tell(40, &at));
  RAW(__wasi_fd_advise(file, 0, 10, __WASI_ADVICE_SEQUENTIAL));
  RAW(__wasi_fd_advise(file, 0, 10, 77));
  RAW(__wasi_fd_advise(40, 0, 10, 0));
  RAW(__wasi_fd_allocate(file, 5, 20));
  RAW(__wasi_fd_allocate(file, 0, 0));
  RAW(__wasi_fd_allocate(reader, 0, 99));
  show("a", 1);

  RAW(__wasi_fd_fdstat_set_rights(file, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_SEEK, 0));
  RAW(__wasi_fd_fdstat_set_rights(file, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE, 0));
  state("file", file);
  RAW(__wasi_fd_tell(file, &at));
  RAW(__wasi_fd_seek(file, 0, __WASI_WHENCE_CUR, &at));
  RAW(__wasi_fd_sync(file));
  RAW(__wasi_fd_filestat_set_size(file, 0));
  RAW(__wasi_fd_fdstat_set_rights(40, 0, 0));

  __wasi_size_t count;
  __wasi_iovec_t parts[3] = {{(uint8_t *)name, 2}, {(uint8_t *)name + 5, 0}, {(uint8_t *)name + 10, 3}};
  RAW(__wasi_fd_pread(file, parts, 3, 1, &count));
  printf("%d: %.2s %.3s\n", (int)count, name, name + 10);
  RAW(__wasi_fd_read(file, parts, 0, &count));
  printf("%d\n", (int)count);
  RAW(__wasi_fd_read(folder, parts, 3, &count));
  RAW(__wasi_fd_read(file, (__wasi_iovec_t *)0xfffffff0u, 3, &count));
  parts[0].buf_len = 0xffffffff;
  RAW(__wasi_fd_pread(file, parts, 1, 0, &count));

  __wasi_filestat_t stats;
  RAW(__wasi_path_filestat_get(3, 0, "a", &stats));
  RAW(__wasi_path_filestat_get(reader, 0, "a", &stats));
  RAW(__wasi_path_filestat_get(40, 0, "a", &stats));
  int opened;
  RAW(__wasi_path_open(3, 0, "/a", 0, __WASI_RIGHTS_FD_READ, 0, 0, &opened));
  RAW(__wasi_path_open(3, 0, "../a", 0, __WASI_RIGHTS_FD_READ, 0, 0, &opened));
  RAW(__wasi_path_open(3, 0, "x/../../a", 0, __WASI_RIGHTS_FD_READ, 0, 0, &opened));
  RAW(__wasi_path_open(3, 0, "a", 0, ~0ull, 0, 0, &opened));
  RAW(__wasi_path_open(reader, 0, "a", 0, __WASI_RIGHTS_FD_READ, 0, 0, &opened));

  RAW(__wasi_fd_renumber(reader, writer));
  state("reader", reader);
  state("writer", writer);
  RAW(__wasi_fd_renumber(reader, writer));
  RAW(__wasi_fd_renumber(writer, 40));
  printf("the lowest free one again: %d\n", open("a", O_RDONLY) == reader);
  RAW(__wasi_fd_close(writer));
  RAW(__wasi_fd_close(writer));

  uint8_t buffer[40];
  RAW(__wasi_fd_readdir(reader, buffer, 40, 0, &count));
  RAW(__wasi_fd_readdir(40, buffer, 40, 0, &count));
  RAW(__wasi_fd_readdir(folder, buffer, 40, 1000, &count));
  printf("%d\n", (int)count);
  RAW(__wasi_sock_shutdown(40, 2));
  RAW(__wasi_sched_yield());
  __wasi_timestamp_t time;
  RAW(__wasi_clock_time_get(99, 0, &time));
  RAW(__wasi_clock_time_get(__WASI_CLOCKID_PROCESS_CPUTIME_ID, 0, &time));
  RAW(__wasi_clock_time_get(__WASI_CLOCKID_THREAD_CPUTIME_ID, 0, &time));
  RAW(__wasi_clock_res_get(99, &time));
  return 0;
}
