#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "common.h"
#include "messages.h"
#include "service.h"

#define KEPT 3
#define LIMIT (10LL * 1024 * 1024)

struct tb_log {
  wchar_t folder[TB_PATH];
  HANDLE file;
  LONGLONG size;
};

static void name_of(const struct tb_log *log, int number, wchar_t *path) {
  if (number == 0) swprintf(path, TB_PATH, L"%ls\\daemon.log", log->folder);
  else swprintf(path, TB_PATH, L"%ls\\daemon.%d.log", log->folder, number);
}

static void reopen(struct tb_log *log) {
  wchar_t path[TB_PATH];
  LARGE_INTEGER size = {0};
  name_of(log, 0, path);
  log->file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  log->size = log->file != INVALID_HANDLE_VALUE && GetFileSizeEx(log->file, &size) ? size.QuadPart : 0;
}

struct tb_log *tb_log_open(const wchar_t *folder) {
  struct tb_log *log = calloc(1, sizeof *log);
  if (log == NULL || wcslen(folder) + 24 > TB_PATH) {
    free(log);
    return NULL;
  }
  wcscpy(log->folder, folder);
  reopen(log);
  return log;
}

static void turn_over(struct tb_log *log) {
  wchar_t from[TB_PATH];
  wchar_t to[TB_PATH];
  CloseHandle(log->file);
  for (int number = KEPT - 1; number > 0; number--) {
    name_of(log, number - 1, from);
    name_of(log, number, to);
    MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING);
  }
  reopen(log);
}

void tb_log_write(struct tb_log *log, const char *bytes, DWORD count) {
  DWORD written;
  if (log == NULL) return;
  if (log->file == INVALID_HANDLE_VALUE) reopen(log);
  if (log->file == INVALID_HANDLE_VALUE) return;
  if (log->size + count > LIMIT) turn_over(log);
  /* a full disk stops no sale: what cannot be logged is dropped */
  if (WriteFile(log->file, bytes, count, &written, NULL)) log->size += written;
}

void tb_event(WORD type, const wchar_t *format, ...) {
  wchar_t text[1024];
  va_list values;
  va_start(values, format);
  vswprintf(text, sizeof text / sizeof *text, format, values);
  va_end(values);
  text[sizeof text / sizeof *text - 1] = L'\0';
  HANDLE source = RegisterEventSourceW(NULL, TB_SERVICE);
  if (source == NULL) return;
  const wchar_t *texts[] = {text};
  DWORD id = type == EVENTLOG_ERROR_TYPE ? TB_EVENT_ERROR : type == EVENTLOG_WARNING_TYPE ? TB_EVENT_WARNING : TB_EVENT_INFO;
  ReportEventW(source, type, 0, id, NULL, 1, 0, texts, NULL);
  DeregisterEventSource(source);
}
