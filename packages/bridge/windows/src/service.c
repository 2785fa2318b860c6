/* The life of the daemon under the service control manager. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "common.h"
#include "service.h"

/* The daemon finishes what is in flight within 5 s, and a slow machine takes some to ask it; beyond this it is ended. */
#define STOP_MS 20000
/* Up or not: the service counts as running, for it goes on trying. */
#define START_MS 30000
/* What the service control manager is told to wait for between two signs of ours. */
#define HINT_MS 30000

static struct {
  SERVICE_STATUS_HANDLE handle;
  SERVICE_STATUS status;
  HANDLE stop;
  const struct tb_options *options;
} service;

static void tell(DWORD state, DWORD hint) {
  service.status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  service.status.dwCurrentState = state;
  service.status.dwControlsAccepted = state == SERVICE_RUNNING || state == SERVICE_START_PENDING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN : 0;
  service.status.dwWaitHint = hint;
  service.status.dwCheckPoint = hint == 0 ? 0 : service.status.dwCheckPoint + 1;
  SetServiceStatus(service.handle, &service.status);
}

static DWORD WINAPI on_control(DWORD control, DWORD event, LPVOID data, LPVOID context) {
  (void)event;
  (void)data;
  (void)context;
  switch (control) {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_SHUTDOWN:
      tell(SERVICE_STOP_PENDING, HINT_MS);
      SetEvent(service.stop);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

/* One stream of the daemon, read to its end by a thread. */
struct stream {
  HANDLE read;
  HANDLE write;
  struct tb_log *log;
  /* Set when the daemon says READY; NULL for its error stream. */
  HANDLE ready;
  HANDLE thread;
};

static DWORD WINAPI read_stream(LPVOID data) {
  struct stream *stream = data;
  char bytes[4096];
  DWORD count;
  while (ReadFile(stream->read, bytes, sizeof bytes - 1, &count, NULL) && count > 0) {
    bytes[count] = '\0';
    /* it is the first thing that the daemon prints there, written at once */
    if (stream->ready != NULL && strstr(bytes, "READY ") != NULL) SetEvent(stream->ready);
    tb_log_write(stream->log, bytes, count);
  }
  return 0;
}

static bool open_stream(struct stream *stream, struct tb_log *log, HANDLE ready) {
  SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
  stream->log = log;
  stream->ready = ready;
  stream->thread = NULL;
  if (!CreatePipe(&stream->read, &stream->write, &inherit, 0)) return false;
  SetHandleInformation(stream->read, HANDLE_FLAG_INHERIT, 0);
  return true;
}

static void close_stream(struct stream *stream) {
  if (stream->thread != NULL) {
    WaitForSingleObject(stream->thread, 5000);
    CloseHandle(stream->thread);
  }
  CloseHandle(stream->read);
}

static bool daemon_line(const wchar_t *verb, wchar_t *line) {
  return tb_node_line(NULL, line, TB_LINE) && tb_append_word(line, TB_LINE, L"--config") && tb_append_word(line, TB_LINE, service.options->config) &&
         tb_append_word(line, TB_LINE, L"--state") && tb_append_word(line, TB_LINE, service.options->state) && tb_append_word(line, TB_LINE, verb);
}

/* Asks the daemon over its control pipe, as `tillbridge stop` does, and waits for it to end. */
static void stop_daemon(struct tb_child *daemon) {
  static wchar_t line[TB_LINE];
  struct tb_child asked;
  ULONGLONG start = GetTickCount64();
  bool asking = daemon_line(L"stop", line) && tb_start(line, CREATE_NO_WINDOW, NULL, NULL, NULL, &asked) == 0;
  while (WaitForSingleObject(daemon->process, 500) == WAIT_TIMEOUT && GetTickCount64() - start < STOP_MS) tell(SERVICE_STOP_PENDING, HINT_MS);
  if (WaitForSingleObject(daemon->process, 0) == WAIT_TIMEOUT) tb_event(EVENTLOG_WARNING_TYPE, L"The daemon did not stop within %d seconds and was ended.", STOP_MS / 1000);
  if (asking) tb_end(&asked);
}

/* One life of the daemon. Gives false when the service is to stop. */
static bool live(struct tb_log *log, DWORD *code) {
  static wchar_t line[TB_LINE];
  struct tb_child daemon;
  struct stream out;
  struct stream err;
  HANDLE ready = CreateEventW(NULL, TRUE, FALSE, NULL);
  *code = ERROR_OUTOFMEMORY;
  if (ready == NULL || !open_stream(&out, log, ready)) return true;
  if (!open_stream(&err, log, NULL)) {
    CloseHandle(out.write);
    close_stream(&out);
    CloseHandle(ready);
    return true;
  }
  *code = daemon_line(L"run", line) ? tb_start(line, CREATE_NO_WINDOW, NULL, out.write, err.write, &daemon) : ERROR_BAD_PATHNAME;
  CloseHandle(out.write);
  CloseHandle(err.write);
  bool again = true;
  if (*code == 0) {
    out.thread = CreateThread(NULL, 0, read_stream, &out, 0, NULL);
    err.thread = CreateThread(NULL, 0, read_stream, &err, 0, NULL);
    ULONGLONG start = GetTickCount64();
    HANDLE starting[] = {service.stop, daemon.process, ready};
    DWORD said = WAIT_TIMEOUT;
    while (service.status.dwCurrentState == SERVICE_START_PENDING && said == WAIT_TIMEOUT && GetTickCount64() - start < START_MS) {
      said = WaitForMultipleObjects(3, starting, FALSE, 1000);
      if (said == WAIT_TIMEOUT) tell(SERVICE_START_PENDING, HINT_MS);
    }
    if (service.status.dwCurrentState == SERVICE_START_PENDING && said != WAIT_OBJECT_0) tell(SERVICE_RUNNING, 0);
    if (WaitForMultipleObjects(2, starting, FALSE, INFINITE) == WAIT_OBJECT_0) {
      stop_daemon(&daemon);
      again = false;
    }
    GetExitCodeProcess(daemon.process, code);
    tb_end(&daemon);
  }
  close_stream(&out);
  close_stream(&err);
  CloseHandle(ready);
  return again;
}

static void WINAPI service_main(DWORD count, LPWSTR *words) {
  (void)count;
  (void)words;
  service.handle = RegisterServiceCtrlHandlerExW(TB_SERVICE, on_control, NULL);
  if (service.handle == NULL) return;
  tell(SERVICE_START_PENDING, HINT_MS);
  tb_name_launcher();
  struct tb_log *log = tb_log_open(service.options->log);
  DWORD failures = 0;
  DWORD code = 0;
  tb_event(EVENTLOG_INFORMATION_TYPE, L"The service starts.");
  for (;;) {
    ULONGLONG started = GetTickCount64();
    if (!live(log, &code)) break;
    DWORD wait = tb_back_off(&failures, GetTickCount64() - started);
    tb_event(EVENTLOG_ERROR_TYPE, L"The daemon ended (exit code %lu) and is started again in %lu ms. What it said is in %ls\\daemon.log.", code, wait, service.options->log);
    if (service.status.dwCurrentState == SERVICE_START_PENDING) tell(SERVICE_RUNNING, 0);
    if (WaitForSingleObject(service.stop, wait) == WAIT_OBJECT_0) break;
  }
  tb_event(EVENTLOG_INFORMATION_TYPE, L"The service has stopped.");
  tell(SERVICE_STOPPED, 0);
}

int tb_run_service(const struct tb_options *options) {
  static wchar_t name[] = TB_SERVICE;
  const SERVICE_TABLE_ENTRYW table[] = {{name, service_main}, {NULL, NULL}};
  service.options = options;
  service.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (StartServiceCtrlDispatcherW(table)) return 0;
  if (GetLastError() == ERROR_FAILED_SERVICE_CONTROLLER_CONNECT) fputs("this is started by Windows; to start the service: tillbridge-service.exe start\n", stderr);
  return 1;
}
