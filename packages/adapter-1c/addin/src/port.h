/* What differs between systems. Everything here returns; nothing waits longer than it is told to. */
#ifndef TB_PORT_H
#define TB_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "abi.h"

#ifdef _WIN32
#include <winsock2.h>
#include <windows.h>
typedef SRWLOCK tb_mutex;
typedef CONDITION_VARIABLE tb_condition;
typedef SOCKET tb_socket;
typedef struct {
  HANDLE thread;
  DWORD id;
} tb_thread;
typedef struct {
  HANDLE woken;
  WSAEVENT network;
} tb_waker;
#define TB_NO_SOCKET INVALID_SOCKET
typedef DWORD(WINAPI *tb_thread_body)(void *context);
#define TB_THREAD_BODY(name) DWORD WINAPI name(void *context)
#else
#include <pthread.h>
typedef pthread_mutex_t tb_mutex;
typedef pthread_cond_t tb_condition;
typedef int tb_socket;
typedef pthread_t tb_thread;
typedef struct {
  int read_end;
  int write_end;
} tb_waker;
#define TB_NO_SOCKET (-1)
typedef void *(*tb_thread_body)(void *context);
#define TB_THREAD_BODY(name) void *name(void *context)
#endif

/* Milliseconds of a clock that never goes back and goes on while the machine sleeps: a code must not survive a closed lid. */
uint64_t tb_now(void);
/* Not secret: tells instances apart and spreads retries. */
uint64_t tb_random(void);

bool tb_mutex_init(tb_mutex *mutex);
void tb_mutex_lock(tb_mutex *mutex);
void tb_mutex_unlock(tb_mutex *mutex);
void tb_mutex_free(tb_mutex *mutex);
bool tb_condition_init(tb_condition *condition);
void tb_condition_signal(tb_condition *condition);
void tb_condition_wait(tb_condition *condition, tb_mutex *mutex, uint32_t ms);
void tb_condition_free(tb_condition *condition);

/* The body ends with tb_thread_leave and `return 0`. While the thread runs, the library stays loaded (Windows). */
bool tb_thread_start(tb_thread *thread, tb_thread_body body, void *context);
void tb_thread_leave(void);
bool tb_thread_is_me(const tb_thread *thread);
/* Of a thread that is at its end. */
void tb_thread_join(tb_thread *thread);
/* Of one that may run on: the library stays loaded for good (Linux), or until it ends (Windows). */
void tb_thread_abandon(tb_thread *thread);

bool tb_network_start(void);
void tb_network_stop(void);
bool tb_waker_init(tb_waker *waker);
void tb_waker_wake(tb_waker *waker);
void tb_waker_free(tb_waker *waker);
/* Waits for the socket (may be TB_NO_SOCKET), for tb_waker_wake, or for the time. */
void tb_waker_wait(tb_waker *waker, tb_socket socket, bool writing, uint32_t ms);

/* Begins to connect to an IPv4 address (host byte order); TB_NO_SOCKET where that fails at once. */
tb_socket tb_socket_connect(tb_waker *waker, uint32_t address, uint16_t port);
/* 1 connected, 0 not yet, -1 failed */
int tb_socket_connected(tb_socket socket);
/* Bytes moved, 0 not now, -1 closed or broken */
int tb_socket_read(tb_socket socket, char *out, size_t room);
int tb_socket_write(tb_socket socket, const char *bytes, size_t count);
void tb_socket_close(tb_socket socket);

/* The beginning of a file, as bytes; false where it cannot be read. */
bool tb_file_head(const tb_char *path, char *out, size_t room, size_t *bytes);
/* Appends; where the file has grown beyond `limit`, the old one becomes PATH.1 first. */
bool tb_file_append(const tb_char *path, const char *bytes, size_t count, size_t limit);
/* Wall clock, UTC. */
void tb_wall_time(struct tm *out, unsigned *ms);
/* Names of this machine and this process's program, as UTF-8; empty where not known. */
uint32_t tb_process(char *machine, size_t machine_room, char *program, size_t program_room);

#endif
