/* The service host: tillbridge-service.exe. */
#ifndef TILLBRIDGE_SERVICE_H
#define TILLBRIDGE_SERVICE_H

#include <windows.h>
#include <stdbool.h>

#define TB_SERVICE L"Tillbridge"
#define TB_ACCOUNT L"NT SERVICE\\Tillbridge"
/* The account's SID: S-1-5-80 and the SHA-1 of the upper-case name in UTF-16LE as five numbers (RtlCreateServiceSid). A test computes it again. */
#define TB_ACCOUNT_SID L"S-1-5-80-1091006173-3077622244-2521017899-1433047423-1600006365"

/* What the command line asked for. A service gets its places from its registration: its own environment may say something else. */
struct tb_options {
  const wchar_t *config;
  const wchar_t *state;
  const wchar_t *log;
  bool agent;
  bool start;
  bool dry_run;
};

/* Verbs; each prints a line a step and gives the exit code, 5 (ERROR_ACCESS_DENIED) where it may not. */
int tb_install(const struct tb_options *options);
int tb_uninstall(const struct tb_options *options);
int tb_start_service(void);
int tb_stop_service(void);
int tb_stop_agents(void);
int tb_status(void);

/* Runs as the service; returns when it has stopped. */
int tb_run_service(const struct tb_options *options);

/* The event log, where an administrator looks first. `type` is EVENTLOG_INFORMATION_TYPE and so on. */
void tb_event(WORD type, const wchar_t *format, ...);

/* A log file that is started anew at 10 MiB, the last three kept: daemon.log, daemon.1.log, daemon.2.log. */
struct tb_log;
struct tb_log *tb_log_open(const wchar_t *folder);
void tb_log_write(struct tb_log *log, const char *bytes, DWORD count);

#endif
