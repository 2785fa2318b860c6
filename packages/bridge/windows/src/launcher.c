/* tillbridge.exe: the command line. Starts the node.exe beside it with our bundle and the arguments as typed, and ends as that ends. */
#include <stdio.h>
#include "common.h"

/* Ctrl-C goes to every process of the console: node answers it, we wait for node. */
static BOOL WINAPI leave_it_to_node(DWORD event) {
  (void)event;
  return TRUE;
}

int wmain(void) {
  static wchar_t line[TB_LINE];
  struct tb_child child;
  DWORD code = 1;
  tb_name_launcher();
  if (!tb_node_line(tb_typed_arguments(), line, TB_LINE)) {
    fputs("TB_CONFIG_USAGE: the command line is too long\n", stderr);
    return 2;
  }
  SetConsoleCtrlHandler(leave_it_to_node, TRUE);
  DWORD error = tb_start(line, 0, GetStdHandle(STD_INPUT_HANDLE), GetStdHandle(STD_OUTPUT_HANDLE), GetStdHandle(STD_ERROR_HANDLE), &child);
  if (error != 0) {
    fprintf(stderr, "TB_NATIVE_NODE_VERSION: runtime\\node.exe beside this program does not start (error %lu)\ninstall Tillbridge again\n", error);
    return 4;
  }
  WaitForSingleObject(child.process, INFINITE);
  GetExitCodeProcess(child.process, &code);
  /* the daemon's own children end with it; what a command leaves running is none of ours */
  tb_end(&child);
  return (int)code;
}
