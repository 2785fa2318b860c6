/*
 * One line of the daemon as JSON (RFC 8259), and lines for it. Reads nothing but flat messages: what is nested is checked and passed over.
 * Bounded in everything: keys, depth, length of the line; no memory is allocated.
 */
#ifndef TB_JSON_H
#define TB_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "abi.h"

#define TB_LINE_BYTES 4096
#define TB_JSON_KEYS 32
#define TB_JSON_KEY_BYTES 64
#define TB_JSON_DEPTH 4

typedef enum { TB_JSON_STRING, TB_JSON_NUMBER, TB_JSON_TRUE, TB_JSON_FALSE, TB_JSON_NULL, TB_JSON_NESTED } tb_json_type;

typedef struct {
  char key[TB_JSON_KEY_BYTES + 1];
  tb_json_type type;
  const char *from; /* in the line; of a string, without its quotes */
  size_t bytes;
} tb_json_member;

typedef struct {
  tb_json_member members[TB_JSON_KEYS];
  size_t count;
} tb_json;

/* Checks the whole line; false where it is not an object within the bounds. `json` points into `line`. */
bool tb_json_read(tb_json *json, const char *line, size_t bytes);
const tb_json_member *tb_json_find(const tb_json *json, const char *key);
/* The text of a string in UTF-16, zeros and lone surrogates included. Returns the units (a zero is put behind them), TB_BAD where it is no string or has no room. */
size_t tb_json_wide(const tb_json_member *member, tb_char *out, size_t room);
/* The text of a string as UTF-8 without control characters; false where it is no string, has such, or has no room. */
bool tb_json_text(const tb_json_member *member, char *out, size_t room);
/* 0 to 2^53-1, without sign, fraction and exponent. */
bool tb_json_whole(const tb_json_member *member, uint64_t *out);

/* A line being written. `failed` once it did not fit. */
typedef struct {
  char text[TB_LINE_BYTES];
  size_t bytes;
  bool failed;
} tb_out;

void tb_out_raw(tb_out *out, const char *text);
void tb_out_number(tb_out *out, uint64_t number);
/* A string with its quotes, escaped. */
void tb_out_text(tb_out *out, const char *utf8);
void tb_out_wide(tb_out *out, const tb_char *text, size_t length);
/* Closes the line with LF; false where it did not fit. */
bool tb_out_end(tb_out *out);

#endif
