#ifndef _WIN32
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "port.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "text.h"

/*
 * Tills run old systems (Astra, RED OS: glibc 2.17 and later). A library linked on a new one asks for the newest version of each symbol,
 * and glibc 2.34 gave all that moved into libc a new one: name the old versions. Sanitizers put their own functions in these places.
 */
#if defined(__GLIBC__) && defined(__x86_64__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
__asm__(".symver pthread_create,pthread_create@GLIBC_2.2.5");
__asm__(".symver pthread_join,pthread_join@GLIBC_2.2.5");
__asm__(".symver pthread_detach,pthread_detach@GLIBC_2.2.5");
__asm__(".symver pthread_sigmask,pthread_sigmask@GLIBC_2.2.5");
__asm__(".symver pthread_attr_setstacksize,pthread_attr_setstacksize@GLIBC_2.2.5");
__asm__(".symver pthread_condattr_setclock,pthread_condattr_setclock@GLIBC_2.3.3");
__asm__(".symver dladdr,dladdr@GLIBC_2.2.5");
__asm__(".symver dlopen,dlopen@GLIBC_2.2.5");
#endif

#define STACK_BYTES (512 * 1024)

uint64_t tb_now(void) {
  struct timespec t;
  if (clock_gettime(CLOCK_BOOTTIME, &t) != 0) clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* splitmix64 over what differs between calls, threads, processes and machines */
uint64_t tb_random(void) {
  struct timespec t, wall;
  clock_gettime(CLOCK_MONOTONIC, &t);
  clock_gettime(CLOCK_REALTIME, &wall);
  uint64_t z = (uint64_t)t.tv_nsec ^ (uint64_t)t.tv_sec << 30 ^ (uint64_t)wall.tv_nsec << 17 ^ (uint64_t)getpid() << 40 ^ (uint64_t)(uintptr_t)&t;
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

bool tb_mutex_init(tb_mutex *mutex) { return pthread_mutex_init(mutex, NULL) == 0; }
void tb_mutex_lock(tb_mutex *mutex) { pthread_mutex_lock(mutex); }
void tb_mutex_unlock(tb_mutex *mutex) { pthread_mutex_unlock(mutex); }
void tb_mutex_free(tb_mutex *mutex) { pthread_mutex_destroy(mutex); }

bool tb_condition_init(tb_condition *condition) {
  pthread_condattr_t attributes;
  if (pthread_condattr_init(&attributes) != 0) return false;
  bool done = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(condition, &attributes) == 0;
  pthread_condattr_destroy(&attributes);
  return done;
}

void tb_condition_signal(tb_condition *condition) { pthread_cond_broadcast(condition); }

void tb_condition_wait(tb_condition *condition, tb_mutex *mutex, uint32_t ms) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += ms / 1000;
  until.tv_nsec += (long)(ms % 1000) * 1000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_sec++;
    until.tv_nsec -= 1000000000;
  }
  pthread_cond_timedwait(condition, mutex, &until);
}

void tb_condition_free(tb_condition *condition) { pthread_cond_destroy(condition); }

bool tb_thread_start(tb_thread *thread, tb_thread_body body, void *context) {
  pthread_attr_t attributes;
  sigset_t all, before;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  /* the host's signal handlers are not meant for our thread */
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool started = pthread_create(thread, &attributes, body, context) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return started;
}

void tb_thread_leave(void) {}

bool tb_thread_is_me(const tb_thread *thread) { return pthread_equal(*thread, pthread_self()) != 0; }

void tb_thread_join(tb_thread *thread) { pthread_join(*thread, NULL); }

void tb_thread_abandon(tb_thread *thread) {
  Dl_info us;
  /* never closed: the code must stay where the thread may still be running it */
  if (dladdr((void *)(uintptr_t)tb_thread_abandon, &us) != 0) dlopen(us.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
  pthread_detach(*thread);
}

bool tb_network_start(void) { return true; }
void tb_network_stop(void) {}

bool tb_waker_init(tb_waker *waker) {
  int ends[2];
  if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return false;
  waker->read_end = ends[0];
  waker->write_end = ends[1];
  return true;
}

void tb_waker_wake(tb_waker *waker) {
  char one = 1;
  ssize_t written = write(waker->write_end, &one, 1); /* a full pipe wakes as well */
  (void)written;
}

void tb_waker_free(tb_waker *waker) {
  close(waker->read_end);
  close(waker->write_end);
}

void tb_waker_wait(tb_waker *waker, tb_socket socket, bool writing, uint32_t ms) {
  char drained[64];
  struct pollfd both[2] = {{waker->read_end, POLLIN, 0}, {socket, (short)(POLLIN | (writing ? POLLOUT : 0)), 0}};
  if (poll(both, socket == TB_NO_SOCKET ? 1 : 2, (int)ms) <= 0) return;
  if (both[0].revents != 0)
    while (read(waker->read_end, drained, sizeof drained) > 0) continue;
}

tb_socket tb_socket_connect(tb_waker *waker, uint32_t address, uint16_t port) {
  (void)waker;
  struct sockaddr_in to;
  int one = 1;
  int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (s < 0) return TB_NO_SOCKET;
  memset(&to, 0, sizeof to);
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(address);
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(s, (struct sockaddr *)&to, sizeof to) == 0 || errno == EINPROGRESS) return s;
  close(s);
  return TB_NO_SOCKET;
}

int tb_socket_connected(tb_socket socket) {
  struct pollfd one = {socket, POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  if (poll(&one, 1, 0) <= 0) return 0;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0 ? 1 : -1;
}

int tb_socket_read(tb_socket socket, char *out, size_t room) {
  ssize_t n = recv(socket, out, room, 0);
  if (n > 0) return (int)n;
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? 0 : -1;
}

int tb_socket_write(tb_socket socket, const char *bytes, size_t count) {
  ssize_t n = send(socket, bytes, count, MSG_NOSIGNAL);
  if (n >= 0) return (int)n;
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
}

void tb_socket_close(tb_socket socket) { close(socket); }

#define PATH_BYTES 2048

static bool path_of(char *out, const tb_char *path, const char *suffix) {
  size_t n = tb_to_utf8(out, PATH_BYTES, path, tb_length(path));
  if (n == TB_BAD || n == 0 || n + strlen(suffix) + 1 > PATH_BYTES) return false;
  memcpy(out + n, suffix, strlen(suffix) + 1);
  return true;
}

bool tb_file_head(const tb_char *path, char *out, size_t room, size_t *bytes) {
  char name[PATH_BYTES];
  if (!path_of(name, path, "")) return false;
  /* not blocking: the path may be that of a pipe */
  int file = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  ssize_t n = read(file, out, room);
  close(file);
  *bytes = n > 0 ? (size_t)n : 0;
  return n >= 0;
}

bool tb_file_append(const tb_char *path, const char *bytes, size_t count, size_t limit) {
  char name[PATH_BYTES], old[PATH_BYTES];
  if (!path_of(name, path, "") || !path_of(old, path, ".1")) return false;
  int file = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  if (file < 0) return false;
  off_t size = lseek(file, 0, SEEK_END);
  if (size > 0 && (size_t)size + count > limit) {
    close(file);
    if (rename(name, old) != 0) return false;
    file = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
    if (file < 0) return false;
  }
  bool done = write(file, bytes, count) == (ssize_t)count;
  close(file);
  return done;
}

void tb_wall_time(struct tm *out, unsigned *ms) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  gmtime_r(&t.tv_sec, out);
  *ms = (unsigned)(t.tv_nsec / 1000000);
}

uint32_t tb_process(char *machine, size_t machine_room, char *program, size_t program_room) {
  char path[PATH_BYTES];
  machine[0] = program[0] = 0;
  if (gethostname(machine, machine_room) != 0) machine[0] = 0;
  machine[machine_room - 1] = 0;
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  if (n > 0) {
    path[n] = 0;
    const char *name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    if (strlen(name) < program_room) memcpy(program, name, strlen(name) + 1);
  }
  return (uint32_t)getpid();
}

#endif
