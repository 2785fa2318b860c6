/* Registration with the service control manager, the event log and the log-on. Doing a thing again changes nothing; each step says what it was. */
#include <aclapi.h>
#include <sddl.h>
#include <stdio.h>
#include <tlhelp32.h>
#include "common.h"
#include "service.h"

#define RUN_KEY L"Software\\Microsoft\\Windows\\CurrentVersion\\Run"
#define RUN_VALUE L"TillbridgeAgent"
#define EVENT_KEY L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Tillbridge"
#define WAIT_MS 90000

/* SYSTEM and administrators: everything. The service: everything below. Users may read the configuration's folder, never state and log. */
#define RIGHTS_PRIVATE L"D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;" TB_ACCOUNT_SID L")"
#define RIGHTS_SHARED RIGHTS_PRIVATE L"(A;OICI;0x1200a9;;;BU)"

static const struct tb_options *plan;

static void say(const char *result, const wchar_t *step) { printf("%s\t%ls\n", result, step); }

static DWORD fail(const wchar_t *step, DWORD error) {
  printf("error\t%ls\tWindows error %lu\n", step, error);
  return error;
}

/* In a dry run every step that has something to do only says so. */
static bool dry(const wchar_t *step) {
  if (plan->dry_run) say("would", step);
  return plan->dry_run;
}

static DWORD make_folder(const wchar_t *below, const wchar_t *rights) {
  wchar_t path[TB_PATH];
  wchar_t step[TB_PATH + 32];
  PSECURITY_DESCRIPTOR descriptor = NULL;
  PACL list = NULL;
  BOOL present = FALSE;
  BOOL defaulted = FALSE;
  if (!tb_data_path(below, path, TB_PATH)) return fail(L"folder", ERROR_BAD_PATHNAME);
  swprintf(step, TB_PATH + 32, L"folder %ls", path);
  bool there = GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
  if (dry(step)) return 0;
  if (!there && !CreateDirectoryW(path, NULL)) return fail(step, GetLastError());
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(rights, SDDL_REVISION_1, &descriptor, NULL)) return fail(step, GetLastError());
  /* also where it was there: any user may have made it */
  GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted);
  DWORD error = SetNamedSecurityInfoW(path, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, NULL, NULL, list, NULL);
  LocalFree(descriptor);
  if (error != 0) return fail(step, error);
  say(there ? "already" : "done", step);
  return 0;
}

static bool image_path(wchar_t *line) {
  wchar_t path[TB_PATH];
  if (!tb_own_folder(path, TB_PATH - 32)) return false;
  swprintf(line, TB_LINE, L"\"%ls\\tillbridge-service.exe\" run", path);
  return tb_append_word(line, TB_LINE, L"--config") && tb_append_word(line, TB_LINE, plan->config) && tb_append_word(line, TB_LINE, L"--state") &&
         tb_append_word(line, TB_LINE, plan->state) && tb_append_word(line, TB_LINE, L"--log") && tb_append_word(line, TB_LINE, plan->log);
}

/* Restarted by Windows too, should the host itself end: after 5 s, for ever. */
static void set_recovery(SC_HANDLE handle) {
  static wchar_t about[] = L"Recognises loyalty codes at the till and hands the store's own card numbers to the cashier program.";
  SERVICE_DESCRIPTIONW description = {about};
  SC_ACTION actions[] = {{SC_ACTION_RESTART, 5000}, {SC_ACTION_RESTART, 5000}, {SC_ACTION_RESTART, 60000}};
  SERVICE_FAILURE_ACTIONSW failure = {.dwResetPeriod = 86400, .cActions = 3, .lpsaActions = actions};
  SERVICE_FAILURE_ACTIONS_FLAG flag = {TRUE};
  SERVICE_SID_INFO sid = {SERVICE_SID_TYPE_UNRESTRICTED};
  ChangeServiceConfig2W(handle, SERVICE_CONFIG_DESCRIPTION, &description);
  ChangeServiceConfig2W(handle, SERVICE_CONFIG_FAILURE_ACTIONS, &failure);
  ChangeServiceConfig2W(handle, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &flag);
  ChangeServiceConfig2W(handle, SERVICE_CONFIG_SERVICE_SID_INFO, &sid);
}

static bool same_image(SC_HANDLE handle, const wchar_t *line) {
  union {
    QUERY_SERVICE_CONFIGW config;
    BYTE bytes[8192];
  } answer;
  DWORD needed;
  return QueryServiceConfigW(handle, &answer.config, sizeof answer, &needed) && wcscmp(answer.config.lpBinaryPathName, line) == 0 &&
         answer.config.dwStartType == SERVICE_AUTO_START;
}

static DWORD register_service(SC_HANDLE manager, SC_HANDLE *handle) {
  static wchar_t line[TB_LINE];
  const wchar_t *step = L"service " TB_SERVICE L" as " TB_ACCOUNT;
  if (!image_path(line)) return fail(step, ERROR_BAD_PATHNAME);
  *handle = OpenServiceW(manager, TB_SERVICE, SERVICE_ALL_ACCESS);
  if (*handle != NULL && same_image(*handle, line)) {
    if (!plan->dry_run) set_recovery(*handle);
    say("already", step);
    return 0;
  }
  if (dry(step)) return 0;
  if (*handle != NULL) {
    if (!ChangeServiceConfigW(*handle, SERVICE_NO_CHANGE, SERVICE_AUTO_START, SERVICE_NO_CHANGE, line, NULL, NULL, NULL, NULL, NULL, NULL)) return fail(step, GetLastError());
  } else {
    *handle = CreateServiceW(manager, TB_SERVICE, TB_SERVICE, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, SERVICE_ERROR_NORMAL, line, NULL, NULL, NULL, TB_ACCOUNT, NULL);
    if (*handle == NULL) return fail(step, GetLastError());
  }
  set_recovery(*handle);
  say("done", step);
  return 0;
}

static DWORD set_text(const wchar_t *step, const wchar_t *path, const wchar_t *name, const wchar_t *text) {
  HKEY key;
  wchar_t old[TB_PATH];
  DWORD size = sizeof old;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, path, name, RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND, NULL, old, &size) == 0 && wcscmp(old, text) == 0) {
    say("already", step);
    return 0;
  }
  if (dry(step)) return 0;
  LSTATUS error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL);
  if (error != 0) return fail(step, (DWORD)error);
  error = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text, (DWORD)((wcslen(text) + 1) * sizeof *text));
  RegCloseKey(key);
  if (error != 0) return fail(step, (DWORD)error);
  say("done", step);
  return 0;
}

static DWORD register_event_source(void) {
  wchar_t path[TB_PATH];
  if (!tb_own_folder(path, TB_PATH - 32)) return ERROR_BAD_PATHNAME;
  wcscat(path, L"\\tillbridge-service.exe");
  return set_text(L"event source", EVENT_KEY, L"EventMessageFile", path);
}

/* A value of the Run key: starts with every log-on, at the user's own level, visible where administrators look, and needs no task scheduler. */
static DWORD register_agent(void) {
  wchar_t folder[TB_PATH];
  wchar_t command[TB_PATH];
  wchar_t usual[TB_PATH];
  if (!tb_own_folder(folder, TB_PATH - 32) || !tb_data_path(L"state", usual, TB_PATH)) return ERROR_BAD_PATHNAME;
  swprintf(command, TB_PATH, L"\"%ls\\tillbridge-agent.exe\"", folder);
  /* the pipe's name comes from the state folder: an agent that looks elsewhere never finds its daemon */
  if (_wcsicmp(plan->state, usual) != 0 && !(tb_append_word(command, TB_PATH, L"--state") && tb_append_word(command, TB_PATH, plan->state))) return ERROR_BAD_PATHNAME;
  return set_text(L"agent at log-on", RUN_KEY, RUN_VALUE, command);
}

static DWORD remove_agent(void) {
  const wchar_t *step = L"no agent at log-on";
  HKEY key;
  LSTATUS error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, RUN_KEY, 0, KEY_SET_VALUE | KEY_QUERY_VALUE, &key);
  if (error == 0) {
    error = RegQueryValueExW(key, RUN_VALUE, NULL, NULL, NULL, NULL);
    if (error == 0 && !plan->dry_run) error = RegDeleteValueW(key, RUN_VALUE);
    RegCloseKey(key);
  }
  if (error == ERROR_FILE_NOT_FOUND) {
    say("already", step);
    return 0;
  }
  if (error != 0) return fail(step, (DWORD)error);
  say(plan->dry_run ? "would" : "done", step);
  return 0;
}

static DWORD state_of(SC_HANDLE handle, SERVICE_STATUS_PROCESS *status) {
  DWORD needed;
  return QueryServiceStatusEx(handle, SC_STATUS_PROCESS_INFO, (LPBYTE)status, sizeof *status, &needed) ? 0 : GetLastError();
}

static DWORD wait_for(SC_HANDLE handle, DWORD wanted) {
  SERVICE_STATUS_PROCESS status;
  ULONGLONG start = GetTickCount64();
  do {
    DWORD error = state_of(handle, &status);
    if (error != 0) return error;
    if (status.dwCurrentState == wanted) return 0;
    if (wanted == SERVICE_RUNNING && status.dwCurrentState == SERVICE_STOPPED) return status.dwWin32ExitCode == 0 ? ERROR_SERVICE_NOT_ACTIVE : status.dwWin32ExitCode;
    Sleep(100);
  } while (GetTickCount64() - start < WAIT_MS);
  return ERROR_SERVICE_REQUEST_TIMEOUT;
}

static DWORD start(SC_HANDLE handle) {
  const wchar_t *step = L"start " TB_SERVICE;
  SERVICE_STATUS_PROCESS status;
  if (handle != NULL && state_of(handle, &status) == 0 && status.dwCurrentState == SERVICE_RUNNING) {
    say("already", step);
    return 0;
  }
  if (dry(step)) return 0;
  if (!StartServiceW(handle, 0, NULL) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING) return fail(step, GetLastError());
  DWORD error = wait_for(handle, SERVICE_RUNNING);
  if (error != 0) return fail(step, error);
  say("done", step);
  return 0;
}

static DWORD stop(SC_HANDLE handle) {
  const wchar_t *step = L"stop " TB_SERVICE;
  SERVICE_STATUS_PROCESS status;
  SERVICE_STATUS answer;
  if (state_of(handle, &status) == 0 && status.dwCurrentState == SERVICE_STOPPED) {
    say("already", step);
    return 0;
  }
  if (dry(step)) return 0;
  if (!ControlService(handle, SERVICE_CONTROL_STOP, &answer) && GetLastError() != ERROR_SERVICE_NOT_ACTIVE && GetLastError() != ERROR_SERVICE_CANNOT_ACCEPT_CTRL) return fail(step, GetLastError());
  DWORD error = wait_for(handle, SERVICE_STOPPED);
  if (error != 0) return fail(step, error);
  say("done", step);
  return 0;
}

/* Ends the agents of this installation in every session; what they run ends with them. */
static DWORD stop_agents(void) {
  wchar_t ours[TB_PATH];
  wchar_t path[TB_PATH];
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  bool ended = false;
  if (!tb_own_folder(ours, TB_PATH - 32)) return ERROR_BAD_PATHNAME;
  wcscat(ours, L"\\tillbridge-agent.exe");
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (all == INVALID_HANDLE_VALUE) return fail(L"stop agents", GetLastError());
  for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry)) {
    if (_wcsicmp(entry.szExeFile, L"tillbridge-agent.exe") != 0) continue;
    DWORD length = TB_PATH;
    HANDLE process = OpenProcess(PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, entry.th32ProcessID);
    if (process == NULL) continue;
    if (QueryFullProcessImageNameW(process, 0, path, &length) && _wcsicmp(path, ours) == 0 && !plan->dry_run && TerminateProcess(process, 0)) {
      WaitForSingleObject(process, 5000);
      ended = true;
    }
    CloseHandle(process);
  }
  CloseHandle(all);
  say(plan->dry_run ? "would" : ended ? "done" : "already", L"stop agents");
  return 0;
}

static SC_HANDLE open_manager(DWORD rights, DWORD *error) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, rights);
  *error = manager == NULL ? GetLastError() : 0;
  return manager;
}

int tb_install(const struct tb_options *options) {
  DWORD error;
  SC_HANDLE handle = NULL;
  plan = options;
  SC_HANDLE manager = open_manager(SC_MANAGER_CONNECT | (options->dry_run ? 0 : SC_MANAGER_CREATE_SERVICE), &error);
  if (manager == NULL) return (int)error;
  error = register_service(manager, &handle);
  if (error == 0) error = make_folder(NULL, RIGHTS_SHARED);
  if (error == 0) error = make_folder(L"state", RIGHTS_PRIVATE);
  if (error == 0) error = make_folder(L"log", RIGHTS_PRIVATE);
  if (error == 0) error = register_event_source();
  if (error == 0) error = options->agent ? register_agent() : remove_agent();
  if (error == 0 && options->start) error = start(handle);
  if (handle != NULL) CloseServiceHandle(handle);
  CloseServiceHandle(manager);
  return (int)error;
}

int tb_uninstall(const struct tb_options *options) {
  DWORD error;
  plan = options;
  SC_HANDLE manager = open_manager(SC_MANAGER_CONNECT, &error);
  if (manager == NULL) return (int)error;
  SC_HANDLE handle = OpenServiceW(manager, TB_SERVICE, DELETE | SERVICE_STOP | SERVICE_QUERY_STATUS);
  error = handle == NULL ? GetLastError() : 0;
  if (error == ERROR_SERVICE_DOES_NOT_EXIST) {
    say("already", L"no service " TB_SERVICE);
    error = 0;
  } else if (error == 0) {
    error = stop(handle);
    if (error == 0 && !dry(L"no service " TB_SERVICE)) {
      if (DeleteService(handle)) say("done", L"no service " TB_SERVICE);
      else error = fail(L"no service " TB_SERVICE, GetLastError());
    }
  }
  if (error == 0) error = remove_agent();
  if (error == 0) error = stop_agents();
  if (error == 0 && !options->dry_run) RegDeleteKeyW(HKEY_LOCAL_MACHINE, EVENT_KEY);
  if (handle != NULL) CloseServiceHandle(handle);
  CloseServiceHandle(manager);
  return (int)error;
}

static int with_service(DWORD rights, DWORD (*work)(SC_HANDLE)) {
  static const struct tb_options now = {0};
  DWORD error;
  plan = &now;
  SC_HANDLE manager = open_manager(SC_MANAGER_CONNECT, &error);
  if (manager == NULL) return (int)error;
  SC_HANDLE handle = OpenServiceW(manager, TB_SERVICE, rights);
  error = handle == NULL ? GetLastError() : work(handle);
  if (handle != NULL) CloseServiceHandle(handle);
  CloseServiceHandle(manager);
  return (int)error;
}

int tb_start_service(void) { return with_service(SERVICE_START | SERVICE_QUERY_STATUS, start); }

int tb_stop_service(void) { return with_service(SERVICE_STOP | SERVICE_QUERY_STATUS, stop); }

int tb_stop_agents(void) {
  static const struct tb_options now = {0};
  plan = &now;
  return (int)stop_agents();
}

static DWORD print_status(SC_HANDLE handle) {
  static const char *const STATES[] = {"unknown", "stopped", "starting", "stopping", "running", "continuing", "pausing", "paused"};
  union {
    QUERY_SERVICE_CONFIGW config;
    BYTE bytes[8192];
  } answer;
  SERVICE_STATUS_PROCESS status;
  DWORD needed;
  DWORD error = state_of(handle, &status);
  if (error != 0) return error;
  printf("state\t%s\n", status.dwCurrentState < 8 ? STATES[status.dwCurrentState] : "unknown");
  printf("pid\t%lu\n", status.dwProcessId);
  if (QueryServiceConfigW(handle, &answer.config, sizeof answer, &needed)) printf("start\t%s\n", answer.config.dwStartType == SERVICE_AUTO_START ? "auto" : "manual");
  return 0;
}

int tb_status(void) {
  int error = with_service(SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG, print_status);
  if (error == ERROR_SERVICE_DOES_NOT_EXIST) puts("state\tabsent");
  return error == ERROR_SERVICE_DOES_NOT_EXIST ? 0 : error;
}
