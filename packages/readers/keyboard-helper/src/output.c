#include "output.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

enum { ROOM = 1024 * 1024 };

static struct {
  CRITICAL_SECTION lock;
  HANDLE filled;
  HANDLE emptied;
  HANDLE pipe;
  char ring[ROOM];
  unsigned from;
  unsigned count;
  bool broken;
} out;

static DWORD WINAPI write_all(void *unused) {
  static char chunk[65536];
  (void)unused;
  for (;;) {
    EnterCriticalSection(&out.lock);
    unsigned length = out.count < sizeof chunk ? out.count : sizeof chunk;
    for (unsigned i = 0; i < length; i += 1) chunk[i] = out.ring[(out.from + i) % ROOM];
    LeaveCriticalSection(&out.lock);
    if (length == 0) {
      SetEvent(out.emptied);
      WaitForSingleObject(out.filled, INFINITE);
      continue;
    }
    DWORD written = 0;
    bool sound = WriteFile(out.pipe, chunk, length, &written, NULL) && written > 0;
    EnterCriticalSection(&out.lock);
    if (sound) {
      out.from = (out.from + written) % ROOM;
      out.count -= written;
    } else {
      /* nobody reads any more; the end of stdin ends the process */
      out.broken = true;
      out.count = 0;
    }
    LeaveCriticalSection(&out.lock);
  }
  return 0;
}

bool tb_output_start(void) {
  InitializeCriticalSection(&out.lock);
  out.pipe = GetStdHandle(STD_OUTPUT_HANDLE);
  out.filled = CreateEventW(NULL, FALSE, FALSE, NULL);
  out.emptied = CreateEventW(NULL, FALSE, FALSE, NULL);
  return out.filled != NULL && out.emptied != NULL && CreateThread(NULL, 0, write_all, NULL, 0, NULL) != NULL;
}

bool tb_output(const char *line, unsigned length) {
  EnterCriticalSection(&out.lock);
  bool fits = !out.broken && length <= ROOM - out.count;
  for (unsigned i = 0; fits && i < length; i += 1) out.ring[(out.from + out.count + i) % ROOM] = line[i];
  if (fits) out.count += length;
  LeaveCriticalSection(&out.lock);
  if (fits) SetEvent(out.filled);
  return fits;
}

void tb_say(const char *format, ...) {
  char line[2048];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line - 1, format, values);
  va_end(values);
  if (length < 0) return;
  if ((unsigned)length > sizeof line - 2) length = sizeof line - 2;
  line[length] = '\n';
  tb_output(line, (unsigned)length + 1);
}

void tb_output_flush(unsigned ms) {
  for (unsigned waited = 0; waited < ms; waited += 20) {
    EnterCriticalSection(&out.lock);
    unsigned left = out.count;
    LeaveCriticalSection(&out.lock);
    if (left == 0) return;
    WaitForSingleObject(out.emptied, 20);
  }
}
