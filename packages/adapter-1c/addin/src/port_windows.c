#ifdef _WIN32
#include "port.h"
#include <string.h>
#include "text.h"

#define STACK_BYTES (512 * 1024)
#define PATH_UNITS 1024

/* Counts while the machine sleeps; its 10 to 16 ms are fine enough for deadlines of seconds. */
uint64_t tb_now(void) { return GetTickCount64(); }

/* splitmix64 over what differs between calls, threads, processes and machines */
uint64_t tb_random(void) {
  LARGE_INTEGER counter;
  FILETIME wall;
  QueryPerformanceCounter(&counter);
  GetSystemTimeAsFileTime(&wall);
  uint64_t z = (uint64_t)counter.QuadPart ^ (uint64_t)wall.dwLowDateTime << 24 ^ (uint64_t)wall.dwHighDateTime ^
               (uint64_t)GetCurrentProcessId() << 40 ^ (uint64_t)(uintptr_t)&counter;
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

bool tb_mutex_init(tb_mutex *mutex) {
  InitializeSRWLock(mutex);
  return true;
}
void tb_mutex_lock(tb_mutex *mutex) { AcquireSRWLockExclusive(mutex); }
void tb_mutex_unlock(tb_mutex *mutex) { ReleaseSRWLockExclusive(mutex); }
void tb_mutex_free(tb_mutex *mutex) { (void)mutex; }

bool tb_condition_init(tb_condition *condition) {
  InitializeConditionVariable(condition);
  return true;
}
void tb_condition_signal(tb_condition *condition) { WakeAllConditionVariable(condition); }
void tb_condition_wait(tb_condition *condition, tb_mutex *mutex, uint32_t ms) { SleepConditionVariableSRW(condition, mutex, ms, 0); }
void tb_condition_free(tb_condition *condition) { (void)condition; }

static bool our_module(HMODULE *module, DWORD more) {
  return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | more, (const WCHAR *)(uintptr_t)our_module, module) != 0;
}

bool tb_thread_start(tb_thread *thread, tb_thread_body body, void *context) {
  HMODULE held;
  if (!our_module(&held, 0)) return false; /* one reference, given back by tb_thread_leave */
  thread->thread = CreateThread(NULL, STACK_BYTES, body, context, STACK_SIZE_PARAM_IS_A_RESERVATION, &thread->id);
  if (thread->thread == NULL) FreeLibrary(held);
  return thread->thread != NULL;
}

void tb_thread_leave(void) {
  HMODULE module;
  if (our_module(&module, GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT)) FreeLibraryAndExitThread(module, 0);
}

bool tb_thread_is_me(const tb_thread *thread) { return thread->id == GetCurrentThreadId(); }

void tb_thread_join(tb_thread *thread) {
  /* a bound, not a wait: while a library is being unloaded a thread cannot end, because it needs the loader's lock */
  WaitForSingleObject(thread->thread, 1000);
  CloseHandle(thread->thread);
}

void tb_thread_abandon(tb_thread *thread) { CloseHandle(thread->thread); }

bool tb_network_start(void) {
  WSADATA data;
  return WSAStartup(MAKEWORD(2, 2), &data) == 0;
}
void tb_network_stop(void) { WSACleanup(); }

bool tb_waker_init(tb_waker *waker) {
  waker->woken = CreateEventW(NULL, FALSE, FALSE, NULL);
  waker->network = WSACreateEvent();
  if (waker->woken != NULL && waker->network != WSA_INVALID_EVENT) return true;
  tb_waker_free(waker);
  return false;
}

void tb_waker_wake(tb_waker *waker) { SetEvent(waker->woken); }

void tb_waker_free(tb_waker *waker) {
  if (waker->woken != NULL) CloseHandle(waker->woken);
  if (waker->network != WSA_INVALID_EVENT) WSACloseEvent(waker->network);
}

/* The caller reads and writes until nothing moves, so that each event of WSAEventSelect is armed again. */
void tb_waker_wait(tb_waker *waker, tb_socket socket, bool writing, uint32_t ms) {
  (void)writing;
  HANDLE both[2] = {waker->woken, waker->network};
  DWORD count = socket == TB_NO_SOCKET ? 1 : 2;
  if (WaitForMultipleObjects(count, both, FALSE, ms) == WAIT_OBJECT_0 + 1) {
    WSANETWORKEVENTS events;
    WSAEnumNetworkEvents(socket, waker->network, &events);
  }
}

tb_socket tb_socket_connect(tb_waker *waker, uint32_t address, uint16_t port) {
  struct sockaddr_in to;
  BOOL one = TRUE;
  SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
  if (s == INVALID_SOCKET) return TB_NO_SOCKET;
  SetHandleInformation((HANDLE)s, HANDLE_FLAG_INHERIT, 0);
  memset(&to, 0, sizeof to);
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(address);
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (const char *)&one, sizeof one);
  WSAResetEvent(waker->network);
  /* makes the socket non-blocking too */
  bool begun = WSAEventSelect(s, waker->network, FD_CONNECT | FD_READ | FD_WRITE | FD_CLOSE) == 0 &&
               (connect(s, (struct sockaddr *)&to, sizeof to) == 0 || WSAGetLastError() == WSAEWOULDBLOCK);
  if (begun) return s;
  closesocket(s);
  return TB_NO_SOCKET;
}

int tb_socket_connected(tb_socket socket) {
  fd_set writable, failed;
  struct timeval now = {0, 0};
  FD_ZERO(&writable);
  FD_ZERO(&failed);
  FD_SET(socket, &writable);
  FD_SET(socket, &failed);
  if (select(0, NULL, &writable, &failed, &now) <= 0) return 0;
  return FD_ISSET(socket, &failed) ? -1 : 1;
}

int tb_socket_read(tb_socket socket, char *out, size_t room) {
  int n = recv(socket, out, (int)room, 0);
  if (n > 0) return n;
  return n < 0 && WSAGetLastError() == WSAEWOULDBLOCK ? 0 : -1;
}

int tb_socket_write(tb_socket socket, const char *bytes, size_t count) {
  int n = send(socket, bytes, (int)count, 0);
  if (n >= 0) return n;
  return WSAGetLastError() == WSAEWOULDBLOCK ? 0 : -1;
}

void tb_socket_close(tb_socket socket) { closesocket(socket); }

bool tb_file_head(const tb_char *path, char *out, size_t room, size_t *bytes) {
  HANDLE file = CreateFileW((const WCHAR *)path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return false;
  DWORD n = 0;
  /* a pipe or a device could block */
  bool done = GetFileType(file) == FILE_TYPE_DISK && ReadFile(file, out, (DWORD)room, &n, NULL) != 0;
  CloseHandle(file);
  *bytes = n;
  return done;
}

static HANDLE open_end(const tb_char *path) {
  HANDLE file = CreateFileW((const WCHAR *)path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS, 0, NULL);
  if (file != INVALID_HANDLE_VALUE && GetFileType(file) == FILE_TYPE_DISK) return file;
  if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
  return NULL;
}

bool tb_file_append(const tb_char *path, const char *bytes, size_t count, size_t limit) {
  WCHAR old[PATH_UNITS + 2];
  LARGE_INTEGER size;
  DWORD written = 0;
  size_t length = tb_length(path);
  if (length == 0 || length > PATH_UNITS - 1) return false;
  HANDLE file = open_end(path);
  if (file == NULL) return false;
  if (GetFileSizeEx(file, &size) && size.QuadPart > 0 && (uint64_t)size.QuadPart + count > limit) {
    CloseHandle(file);
    memcpy(old, path, length * sizeof *path);
    memcpy(old + length, L".1", 3 * sizeof *old);
    if (!MoveFileExW((const WCHAR *)path, old, MOVEFILE_REPLACE_EXISTING)) return false;
    file = open_end(path);
    if (file == NULL) return false;
  }
  bool done = WriteFile(file, bytes, (DWORD)count, &written, NULL) && written == count;
  CloseHandle(file);
  return done;
}

void tb_wall_time(struct tm *out, unsigned *ms) {
  SYSTEMTIME now;
  GetSystemTime(&now);
  memset(out, 0, sizeof *out);
  out->tm_year = now.wYear - 1900;
  out->tm_mon = now.wMonth - 1;
  out->tm_mday = now.wDay;
  out->tm_hour = now.wHour;
  out->tm_min = now.wMinute;
  out->tm_sec = now.wSecond;
  *ms = now.wMilliseconds;
}

uint32_t tb_process(char *machine, size_t machine_room, char *program, size_t program_room) {
  WCHAR text[PATH_UNITS];
  DWORD size = PATH_UNITS;
  machine[0] = program[0] = 0;
  if (GetComputerNameW(text, &size) && tb_to_utf8(machine, machine_room, (const tb_char *)text, size) == TB_BAD) machine[0] = 0;
  DWORD n = GetModuleFileNameW(NULL, text, PATH_UNITS);
  if (n > 0 && n < PATH_UNITS) {
    DWORD from = n;
    while (from > 0 && text[from - 1] != L'\\') from--;
    if (tb_to_utf8(program, program_room, (const tb_char *)text + from, n - from) == TB_BAD) program[0] = 0;
  }
  return GetCurrentProcessId();
}

#endif
