/*
 * The driver's log: a file that never grows beyond two times TB_LOG_BYTES, without codes, tokens and confirmations. Lines are collected under
 * the session's lock and written outside of it.
 */
#ifndef TB_LOG_H
#define TB_LOG_H

#include <stdarg.h>
#include <stddef.h>
#include "abi.h"

#define TB_LOG_BYTES (256 * 1024)
#define TB_LOG_PENDING 4096

typedef struct {
  char pending[TB_LOG_PENDING];
  size_t bytes;
  unsigned long lost; /* lines for which there was no room */
} tb_log;

#ifdef __GNUC__
__attribute__((format(printf, 2, 3)))
#endif
void tb_log_line(tb_log *log, const char *format, ...);
/* Moves what is pending to `out` (TB_LOG_PENDING bytes); returns its bytes. */
size_t tb_log_take(tb_log *log, char *out);

#endif
