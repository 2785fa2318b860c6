/* tillbridge-service.exe: the service, and what registers it. */
#include <stdio.h>
#include <wchar.h>
#include "common.h"
#include "service.h"

static const char *const USAGE =
  "tillbridge-service.exe install [--no-agent] [--no-start] [--config FILE] [--state FOLDER] [--dry-run]\n"
  "tillbridge-service.exe uninstall [--dry-run]\n"
  "tillbridge-service.exe start | stop | status | stop-agents\n";

static bool parse(int count, wchar_t **words, struct tb_options *options) {
  for (int i = 2; i < count; i++) {
    if (wcscmp(words[i], L"--no-agent") == 0) options->agent = false;
    else if (wcscmp(words[i], L"--no-start") == 0) options->start = false;
    else if (wcscmp(words[i], L"--dry-run") == 0) options->dry_run = true;
    else if (wcscmp(words[i], L"--config") == 0 && i + 1 < count) options->config = words[++i];
    else if (wcscmp(words[i], L"--state") == 0 && i + 1 < count) options->state = words[++i];
    else if (wcscmp(words[i], L"--log") == 0 && i + 1 < count) options->log = words[++i];
    else return false;
  }
  return true;
}

/* Where nothing was named: below %ProgramData%\Tillbridge. */
static bool add_places(struct tb_options *options) {
  static wchar_t config[TB_PATH];
  static wchar_t state[TB_PATH];
  static wchar_t log[TB_PATH];
  if (!tb_data_path(L"tillbridge.yaml", config, TB_PATH) || !tb_data_path(L"state", state, TB_PATH) || !tb_data_path(L"log", log, TB_PATH)) return false;
  if (options->config == NULL) options->config = config;
  if (options->state == NULL) options->state = state;
  if (options->log == NULL) options->log = log;
  return true;
}

int wmain(int count, wchar_t **words) {
  struct tb_options options = {.agent = true, .start = true};
  const wchar_t *verb = count > 1 ? words[1] : L"";
  if (parse(count, words, &options) && add_places(&options)) {
    if (wcscmp(verb, L"run") == 0) return tb_run_service(&options);
    if (wcscmp(verb, L"install") == 0) return tb_install(&options);
    if (wcscmp(verb, L"uninstall") == 0) return tb_uninstall(&options);
    if (wcscmp(verb, L"start") == 0) return tb_start_service();
    if (wcscmp(verb, L"stop") == 0) return tb_stop_service();
    if (wcscmp(verb, L"stop-agents") == 0) return tb_stop_agents();
    if (wcscmp(verb, L"status") == 0) return tb_status();
  }
  fputs(USAGE, stderr);
  return 2;
}
