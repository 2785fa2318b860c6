#include "log.h"
#include <stdio.h>
#include <string.h>
#include "port.h"

#define LINE_BYTES 300

void tb_log_line(tb_log *log, const char *format, ...) {
  char line[LINE_BYTES];
  struct tm now;
  unsigned ms;
  va_list arguments;
  tb_wall_time(&now, &ms);
  int head = snprintf(line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02d.%03uZ ", now.tm_year + 1900, now.tm_mon + 1, now.tm_mday, now.tm_hour,
                      now.tm_min, now.tm_sec, ms);
  if (head < 0 || head >= LINE_BYTES) return;
  va_start(arguments, format);
  int body = vsnprintf(line + head, sizeof line - (size_t)head - 1, format, arguments);
  va_end(arguments);
  if (body < 0) return;
  size_t bytes = strlen(line);
  line[bytes++] = '\n';
  if (log->bytes + bytes > sizeof log->pending) {
    log->lost++;
    return;
  }
  memcpy(log->pending + log->bytes, line, bytes);
  log->bytes += bytes;
}

size_t tb_log_take(tb_log *log, char *out) {
  if (log->lost > 0 && log->bytes < sizeof log->pending - LINE_BYTES) {
    unsigned long lost = log->lost;
    log->lost = 0;
    tb_log_line(log, "%lu lines were left out", lost);
  }
  size_t bytes = log->bytes;
  memcpy(out, log->pending, bytes);
  log->bytes = 0;
  return bytes;
}
