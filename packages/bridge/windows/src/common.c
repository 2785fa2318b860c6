#include "common.h"

bool tb_own_folder(wchar_t *folder, size_t size) {
  DWORD length = GetModuleFileNameW(NULL, folder, (DWORD)size);
  if (length == 0 || length >= size) return false;
  wchar_t *slash = wcsrchr(folder, L'\\');
  if (slash == NULL) return false;
  *slash = L'\0';
  return true;
}

static bool join(wchar_t *path, size_t size, const wchar_t *text) {
  size_t used = wcslen(path);
  size_t more = wcslen(text);
  if (used + more + 1 > size) return false;
  wmemcpy(path + used, text, more + 1);
  return true;
}

bool tb_data_path(const wchar_t *below, wchar_t *path, size_t size) {
  DWORD length = GetEnvironmentVariableW(L"ProgramData", path, (DWORD)size);
  if (length >= size) return false;
  if (length == 0) {
    path[0] = L'\0';
    if (!join(path, size, L"C:\\ProgramData")) return false;
  }
  return join(path, size, L"\\Tillbridge") && (below == NULL || (join(path, size, L"\\") && join(path, size, below)));
}

void tb_name_launcher(void) {
  wchar_t path[TB_PATH];
  if (!tb_own_folder(path, TB_PATH) || !join(path, TB_PATH, L"\\tillbridge.exe")) return;
  SetEnvironmentVariableW(L"TILLBRIDGE_LAUNCHER", path);
}

bool tb_append_word(wchar_t *line, size_t size, const wchar_t *word) {
  if (!join(line, size, L" \"")) return false;
  size_t used = wcslen(line);
  /* backslashes double in front of a quote only: "Parsing C++ command-line arguments", learn.microsoft.com */
  for (const wchar_t *at = word; ; at++) {
    size_t slashes = 0;
    while (*at == L'\\') {
      slashes++;
      at++;
    }
    size_t count = *at == L'\0' ? slashes * 2 : *at == L'"' ? slashes * 2 + 1 : slashes;
    if (used + count + 3 > size) return false;
    for (size_t i = 0; i < count; i++) line[used++] = L'\\';
    if (*at == L'\0') break;
    line[used++] = *at;
  }
  line[used++] = L'"';
  line[used] = L'\0';
  return true;
}

bool tb_node_line(const wchar_t *arguments, wchar_t *line, size_t size) {
  wchar_t folder[TB_PATH];
  if (!tb_own_folder(folder, TB_PATH)) return false;
  line[0] = L'\0';
  return join(line, size, L"\"") && join(line, size, folder) && join(line, size, L"\\runtime\\node.exe\" \"") && join(line, size, folder) &&
         join(line, size, L"\\app\\bin\\tillbridge.cjs\"") && (arguments == NULL || (join(line, size, L" ") && join(line, size, arguments)));
}

const wchar_t *tb_typed_arguments(void) {
  const wchar_t *at = GetCommandLineW();
  bool quoted = false;
  for (; *at != L'\0' && (quoted || (*at != L' ' && *at != L'\t')); at++)
    if (*at == L'"') quoted = !quoted;
  while (*at == L' ' || *at == L'\t') at++;
  return at;
}

static HANDLE make_job(void) {
  HANDLE job = CreateJobObjectW(NULL, NULL);
  if (job == NULL) return NULL;
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

DWORD tb_start(wchar_t *line, DWORD flags, HANDLE in, HANDLE out, HANDLE err, struct tb_child *child) {
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION made = {0};
  bool streams = in != NULL || out != NULL || err != NULL;
  if (streams) {
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = in;
    start.hStdOutput = out;
    start.hStdError = err;
  }
  child->process = NULL;
  child->job = make_job();
  if (!CreateProcessW(NULL, line, NULL, NULL, streams, flags | CREATE_SUSPENDED, NULL, NULL, &start, &made)) {
    DWORD error = GetLastError();
    if (child->job != NULL) CloseHandle(child->job);
    child->job = NULL;
    return error;
  }
  if (child->job != NULL) AssignProcessToJobObject(child->job, made.hProcess);
  ResumeThread(made.hThread);
  CloseHandle(made.hThread);
  child->process = made.hProcess;
  return 0;
}

void tb_end(struct tb_child *child) {
  if (child->job != NULL) {
    TerminateJobObject(child->job, 1);
    CloseHandle(child->job);
  }
  if (child->process != NULL) {
    TerminateProcess(child->process, 1);
    WaitForSingleObject(child->process, 5000);
    CloseHandle(child->process);
  }
  child->job = NULL;
  child->process = NULL;
}

DWORD tb_back_off(DWORD *failures, ULONGLONG ran_ms) {
  if (ran_ms >= 60000) *failures = 0;
  DWORD wait = *failures >= 6 ? 60000 : 1000u << *failures;
  if (*failures < 6) (*failures)++;
  if (wait > 60000) wait = 60000;
  return wait + (DWORD)(GetTickCount64() % (wait / 4));
}
