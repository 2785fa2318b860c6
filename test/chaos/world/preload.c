/*
 * Stands in front of the C library in every process of a daemon: moves the wall clock, makes the disk slow, turns the state folder (STATE)
 * read-only. As CONTROL says, which the test writes while the daemon runs: nanoseconds on top of the wall clock, microseconds that each sync
 * takes longer, and whether nothing can be written. The monotonic clock stays what it is, as with a machine whose time is set. The kernel
 * itself turns a disk read-only under open files only when it finds an error on it (ext4, errors=remount-ro): open files then fail with EROFS.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  volatile int64_t wall_ns;
  volatile int64_t sync_us;
  volatile int64_t read_only;
};

static struct control calm;
static struct control *control = &calm;
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void begin(void) {
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  int fd = open(CONTROL, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) control = mapped;
}

int clock_gettime(clockid_t which, struct timespec *out) {
  if (real_clock_gettime == NULL) real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real_clock_gettime(which, out);
  if (result != 0 || (which != CLOCK_REALTIME && which != CLOCK_REALTIME_COARSE)) return result;
  int64_t ns = (int64_t)out->tv_sec * 1000000000 + out->tv_nsec + control->wall_ns;
  out->tv_sec = ns / 1000000000;
  out->tv_nsec = ns % 1000000000;
  return 0;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  out->tv_sec = now.tv_sec;
  out->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != NULL) *out = now.tv_sec;
  return now.tv_sec;
}

static void wait_for_disk(void) {
  int64_t us = control->sync_us;
  if (us > 0) usleep((useconds_t)us);
}

int fsync(int fd) {
  wait_for_disk();
  return real_fsync(fd);
}

int fdatasync(int fd) {
  wait_for_disk();
  return real_fdatasync(fd);
}

static int refused(void) {
  errno = EROFS;
  return -1;
}

static int path_is_locked(const char *path) {
  return control->read_only != 0 && path != NULL && strncmp(path, STATE, strlen(STATE)) == 0;
}

/* Regular files of the state folder's own disk: pipes and sockets have other devices. */
static int fd_is_locked(int fd) {
  struct stat file, folder;
  if (control->read_only == 0) return 0;
  int saved = errno;
  int locked = fstat(fd, &file) == 0 && stat(STATE, &folder) == 0 && S_ISREG(file.st_mode) && file.st_dev == folder.st_dev;
  errno = saved;
  return locked;
}

#define REAL(name) static __typeof__(name) *real; if (real == NULL) real = dlsym(RTLD_NEXT, #name)
#define WRITES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0; \
    va_end(rest); \
    return (flags & WRITES) != 0 && path_is_locked(path) ? refused() : real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  return fd_is_locked(fd) ? refused() : real(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  REAL(pwrite);
  return fd_is_locked(fd) ? refused() : real(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  return fd_is_locked(fd) ? refused() : real(fd, bytes, count, at);
}

int ftruncate(int fd, off_t length) {
  REAL(ftruncate);
  return fd_is_locked(fd) ? refused() : real(fd, length);
}

int ftruncate64(int fd, off64_t length) {
  REAL(ftruncate64);
  return fd_is_locked(fd) ? refused() : real(fd, length);
}

int unlink(const char *path) {
  REAL(unlink);
  return path_is_locked(path) ? refused() : real(path);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  return path_is_locked(to) ? refused() : real(from, to);
}
