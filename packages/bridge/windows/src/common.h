/* What the three Windows programs share. They start the node.exe of the distribution and nothing else: node.exe stays as its maker signed it. */
#ifndef TILLBRIDGE_COMMON_H
#define TILLBRIDGE_COMMON_H

#include <windows.h>
#include <stdbool.h>
#include <wchar.h>

/* Longest path and command line that we make, in characters (CreateProcess takes 32767). */
#define TB_PATH 1024
#define TB_LINE 32768

/* The folder of this program, without a backslash at its end. */
bool tb_own_folder(wchar_t *folder, size_t size);

/* %ProgramData%\Tillbridge, or a path below it when `below` is given. */
bool tb_data_path(const wchar_t *below, wchar_t *path, size_t size);

/* Names this program to the daemon (TILLBRIDGE_LAUNCHER): `service install` registers what started it. */
void tb_name_launcher(void);

/* Command line of node.exe with our bundle and `arguments`, which are quoted as a command line already. */
bool tb_node_line(const wchar_t *arguments, wchar_t *line, size_t size);

/* Appends `word`, quoted as the C runtime takes it apart again, with a space in front. */
bool tb_append_word(wchar_t *line, size_t size, const wchar_t *word);

/* What stands behind the program's own name in its command line, as it was typed. */
const wchar_t *tb_typed_arguments(void);

struct tb_child {
  HANDLE process;
  HANDLE job;
};

/*
 * Starts a process in a job that ends with us: nothing is left behind, whatever ends us. `out` and `err` are inherited; NULL where it gets none.
 * Gives 0, or the error of Windows.
 */
DWORD tb_start(wchar_t *line, DWORD flags, HANDLE in, HANDLE out, HANDLE err, struct tb_child *child);

/* Ends all that is left of it and closes its handles. */
void tb_end(struct tb_child *child);

/* How long to wait before the next start, in ms: 1 s, doubling to 60 s, up to a quarter more by chance; from the start again after a minute of work. */
DWORD tb_back_off(DWORD *failures, ULONGLONG ran_ms);

#endif
