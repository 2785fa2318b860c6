/* Reads commands from stdin, one a line, and prints what the driver's own parsers make of them:
     json HEX   a line of the daemon: "no", or each member as name=type:value
     xml HEX    connection parameters as UTF-8: the result's number, then port and token */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "json.h"
#include "settings.h"
#include "text.h"

static size_t bytes_of(const char *hex, char *out) {
  size_t n = 0;
  for (; hex[0] != 0 && hex[1] != 0 && hex[0] != '\n'; hex += 2) {
    char two[3] = {hex[0], hex[1], 0};
    out[n++] = (char)strtol(two, NULL, 16);
  }
  return n;
}

/* In memory of just its size, so that one byte too far is seen. */
static char *exactly(const char *bytes, size_t n) {
  char *copy = malloc(n == 0 ? 1 : n);
  if (copy == NULL) exit(2);
  memcpy(copy, bytes, n);
  return copy;
}

static void json(const char *bytes, size_t n) {
  tb_json message;
  char *line = exactly(bytes, n);
  if (!tb_json_read(&message, line, n)) {
    printf("no\n");
    free(line);
    return;
  }
  printf("yes");
  for (size_t i = 0; i < message.count; i++) {
    static tb_char wide[TB_LINE_BYTES];
    const tb_json_member *member = &message.members[i];
    uint64_t number;
    printf(" ");
    for (const char *c = member->key; *c != 0; c++) printf("%02x", (unsigned char)*c);
    if (member->type == TB_JSON_STRING) {
      size_t units = tb_json_wide(member, wide, TB_LINE_BYTES);
      printf("=s:");
      for (size_t u = 0; u < units; u++) printf("%04x", wide[u]);
    } else if (member->type == TB_JSON_NUMBER) {
      if (tb_json_whole(member, &number)) printf("=n:%llu", (unsigned long long)number);
      else printf("=n:other");
    } else {
      printf("=%s", member->type == TB_JSON_TRUE ? "true" : member->type == TB_JSON_FALSE ? "false" : member->type == TB_JSON_NULL ? "null" : "nested");
    }
  }
  printf("\n");
  free(line);
}

static void xml(const char *bytes, size_t n) {
  tb_settings settings;
  tb_char *wide = malloc((n + 1) * sizeof *wide);
  if (wide == NULL) exit(2);
  tb_settings_default(&settings);
  size_t units = tb_from_utf8(wide, n + 1, bytes, n);
  if (units == TB_BAD) printf("bad text\n");
  else {
    tb_char *tight = (tb_char *)exactly((const char *)wide, units * sizeof *wide);
    int result = (int)tb_settings_put_xml(&settings, tight, units);
    printf("%d %u ", result, settings.port);
    for (const char *c = settings.token; *c != 0; c++) printf("%02x", (unsigned char)*c);
    printf("\n");
    free(tight);
  }
  free(wide);
}

int main(void) {
  static char line[1 << 20], bytes[1 << 19];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (strncmp(line, "json ", 5) == 0) json(bytes, bytes_of(line + 5, bytes));
    else if (strncmp(line, "xml ", 4) == 0) xml(bytes, bytes_of(line + 4, bytes));
  }
  return 0;
}
