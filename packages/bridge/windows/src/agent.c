/*
 * tillbridge-agent.exe: what a log-on starts. Runs `tillbridge agent` without a window in the session of whoever logged in, and starts it again
 * for ever. One a session.
 */
#include "common.h"

/* The last start's output is kept, up to so many bytes. */
#define LOG_BYTES (1024 * 1024)

static HANDLE open_log(void) {
  wchar_t path[TB_PATH];
  SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
  DWORD length = GetEnvironmentVariableW(L"LOCALAPPDATA", path, TB_PATH);
  if (length == 0 || length + 32 >= TB_PATH) return NULL;
  wcscat(path, L"\\Tillbridge");
  CreateDirectoryW(path, NULL);
  wcscat(path, L"\\agent.log");
  HANDLE log = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inherit, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (log == INVALID_HANDLE_VALUE) return NULL;
  LARGE_INTEGER size;
  if (GetFileSizeEx(log, &size) && size.QuadPart > LOG_BYTES) {
    CloseHandle(log);
    log = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inherit, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (log == INVALID_HANDLE_VALUE) return NULL;
  }
  return log;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR arguments, int show) {
  static wchar_t line[TB_LINE];
  static wchar_t words[TB_LINE];
  (void)instance;
  (void)before;
  (void)show;
  CreateMutexW(NULL, FALSE, L"Local\\TillbridgeAgent");
  if (GetLastError() == ERROR_ALREADY_EXISTS) return 0;
  tb_name_launcher();
  if (wcslen(arguments) + 16 > TB_LINE) return 2;
  wcscpy(words, L"agent ");
  wcscat(words, arguments);
  for (DWORD failures = 0;;) {
    struct tb_child child;
    HANDLE log = open_log();
    ULONGLONG started = GetTickCount64();
    DWORD error = tb_node_line(words, line, TB_LINE) ? tb_start(line, CREATE_NO_WINDOW, NULL, log, log, &child) : ERROR_BAD_PATHNAME;
    if (error == 0) {
      WaitForSingleObject(child.process, INFINITE);
      tb_end(&child);
    }
    if (log != NULL) CloseHandle(log);
    Sleep(tb_back_off(&failures, GetTickCount64() - started));
  }
}
