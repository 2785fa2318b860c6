#include "json.h"
#include <string.h>
#include "text.h"

typedef struct {
  const char *at;
  const char *end;
} cursor;

static void skip_space(cursor *c) {
  while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\r' || *c->at == '\n')) c->at++;
}

static bool take(cursor *c, char wanted) {
  if (c->at >= c->end || *c->at != wanted) return false;
  c->at++;
  return true;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

static bool four_digits(cursor *c, tb_char *unit) {
  unsigned value = 0;
  if (c->end - c->at < 4) return false;
  for (int i = 0; i < 4; i++) {
    int digit = hex_digit(*c->at++);
    if (digit < 0) return false;
    value = value << 4 | (unsigned)digit;
  }
  *unit = (tb_char)value;
  return true;
}

static bool escaped(cursor *c, tb_char *unit) {
  static const char names[] = "\"\\/bfnrt";
  static const char means[] = "\"\\/\b\f\n\r\t";
  if (c->at >= c->end) return false;
  char name = *c->at++;
  if (name == 'u') return four_digits(c, unit);
  const char *found = name == 0 ? NULL : strchr(names, name);
  if (found == NULL) return false;
  *unit = (tb_char)means[found - names];
  return true;
}

/* The next character of a string: one or two units; 0 where it is wrong. */
static size_t next_units(cursor *c, tb_char unit[2]) {
  unsigned char first = (unsigned char)*c->at;
  if (first < 0x20) return 0;
  if (first == '\\') {
    c->at++;
    return escaped(c, unit) ? 1 : 0;
  }
  uint32_t value = 0;
  size_t n = tb_take_utf8(&value, c->at, (size_t)(c->end - c->at));
  if (n == 0) return 0;
  c->at += n;
  if (value <= 0xFFFF) {
    unit[0] = (tb_char)value;
    return 1;
  }
  unit[0] = (tb_char)(0xD800 + ((value - 0x10000) >> 10));
  unit[1] = (tb_char)(0xDC00 + ((value - 0x10000) & 0x3FF));
  return 2;
}

/* After the opening quote; gives what is between the quotes. */
static bool string_body(cursor *c, const char **from, size_t *bytes) {
  *from = c->at;
  while (c->at < c->end && *c->at != '"') {
    tb_char unit[2];
    if (next_units(c, unit) == 0) return false;
  }
  *bytes = (size_t)(c->at - *from);
  return take(c, '"');
}

static bool digits(cursor *c) {
  const char *from = c->at;
  while (c->at < c->end && *c->at >= '0' && *c->at <= '9') c->at++;
  return c->at > from;
}

static bool number(cursor *c) {
  take(c, '-');
  bool zero = c->at < c->end && *c->at == '0';
  if (zero) c->at++;
  else if (!digits(c)) return false;
  if (take(c, '.') && !digits(c)) return false;
  if (take(c, 'e') || take(c, 'E')) {
    if (!take(c, '+')) take(c, '-');
    if (!digits(c)) return false;
  }
  return true;
}

static bool word(cursor *c, const char *text) {
  size_t n = strlen(text);
  if ((size_t)(c->end - c->at) < n || memcmp(c->at, text, n) != 0) return false;
  c->at += n;
  return true;
}

static bool value(cursor *c, tb_json_member *member, int depth);

static bool nested(cursor *c, int depth) {
  bool object = *c->at == '{';
  char close = object ? '}' : ']';
  c->at++;
  if (depth >= TB_JSON_DEPTH) return false;
  skip_space(c);
  if (take(c, close)) return true;
  do {
    const char *from;
    size_t bytes;
    tb_json_member inner;
    skip_space(c);
    if (object) {
      if (!take(c, '"') || !string_body(c, &from, &bytes)) return false;
      skip_space(c);
      if (!take(c, ':')) return false;
    }
    if (!value(c, &inner, depth + 1)) return false;
    skip_space(c);
  } while (take(c, ','));
  return take(c, close);
}

static bool value(cursor *c, tb_json_member *member, int depth) {
  skip_space(c);
  if (c->at >= c->end) return false;
  member->from = c->at;
  switch (*c->at) {
    case '"':
      c->at++;
      member->type = TB_JSON_STRING;
      return string_body(c, &member->from, &member->bytes);
    case '{':
    case '[':
      member->type = TB_JSON_NESTED;
      if (!nested(c, depth)) return false;
      break;
    case 't':
      member->type = TB_JSON_TRUE;
      if (!word(c, "true")) return false;
      break;
    case 'f':
      member->type = TB_JSON_FALSE;
      if (!word(c, "false")) return false;
      break;
    case 'n':
      member->type = TB_JSON_NULL;
      if (!word(c, "null")) return false;
      break;
    default:
      member->type = TB_JSON_NUMBER;
      if (!number(c)) return false;
  }
  member->bytes = (size_t)(c->at - member->from);
  return true;
}

static bool key(cursor *c, tb_json *json, tb_json_member *member) {
  tb_json_member name = {.type = TB_JSON_STRING};
  if (!take(c, '"') || !string_body(c, &name.from, &name.bytes)) return false;
  if (!tb_json_text(&name, member->key, sizeof member->key)) return false;
  return tb_json_find(json, member->key) == NULL;
}

bool tb_json_read(tb_json *json, const char *line, size_t bytes) {
  cursor c = {line, line + bytes};
  json->count = 0;
  skip_space(&c);
  if (!take(&c, '{')) return false;
  skip_space(&c);
  if (!take(&c, '}')) {
    do {
      if (json->count == TB_JSON_KEYS) return false;
      tb_json_member *member = &json->members[json->count];
      skip_space(&c);
      if (!key(&c, json, member)) return false;
      skip_space(&c);
      if (!take(&c, ':') || !value(&c, member, 1)) return false;
      json->count++;
      skip_space(&c);
    } while (take(&c, ','));
    if (!take(&c, '}')) return false;
  }
  skip_space(&c);
  return c.at == c.end;
}

const tb_json_member *tb_json_find(const tb_json *json, const char *key) {
  for (size_t i = 0; i < json->count; i++)
    if (strcmp(json->members[i].key, key) == 0) return &json->members[i];
  return NULL;
}

size_t tb_json_wide(const tb_json_member *member, tb_char *out, size_t room) {
  if (member == NULL || member->type != TB_JSON_STRING) return TB_BAD;
  cursor c = {member->from, member->from + member->bytes};
  size_t units = 0;
  while (c.at < c.end) {
    tb_char unit[2];
    size_t n = next_units(&c, unit);
    if (n == 0 || units + n >= room) return TB_BAD;
    for (size_t i = 0; i < n; i++) out[units++] = unit[i];
  }
  if (units >= room) return TB_BAD;
  out[units] = 0;
  return units;
}

bool tb_json_text(const tb_json_member *member, char *out, size_t room) {
  tb_char wide[TB_LINE_BYTES];
  size_t units = tb_json_wide(member, wide, TB_LINE_BYTES);
  if (units == TB_BAD) return false;
  for (size_t i = 0; i < units; i++)
    if (wide[i] < 0x20 || wide[i] == 0x7F || tb_is_lone_surrogate(wide, units, i)) return false;
  return tb_to_utf8(out, room, wide, units) != TB_BAD;
}

bool tb_json_whole(const tb_json_member *member, uint64_t *out) {
  if (member == NULL || member->type != TB_JSON_NUMBER || member->bytes > 16) return false;
  uint64_t total = 0;
  for (size_t i = 0; i < member->bytes; i++) {
    if (member->from[i] < '0' || member->from[i] > '9') return false;
    total = total * 10 + (uint64_t)(member->from[i] - '0');
  }
  *out = total;
  return total <= 9007199254740991u;
}

static void put(tb_out *out, const char *text, size_t bytes) {
  if (out->failed || out->bytes + bytes > sizeof out->text) {
    out->failed = true;
    return;
  }
  memcpy(out->text + out->bytes, text, bytes);
  out->bytes += bytes;
}

void tb_out_raw(tb_out *out, const char *text) { put(out, text, strlen(text)); }

void tb_out_number(tb_out *out, uint64_t number) {
  char text[20];
  size_t at = sizeof text;
  do {
    text[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  put(out, text + at, sizeof text - at);
}

static void put_unit(tb_out *out, tb_char unit) {
  static const char hex[] = "0123456789abcdef";
  char text[6] = {'\\', 'u', hex[unit >> 12], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
  put(out, text, sizeof text);
}

void tb_out_wide(tb_out *out, const tb_char *text, size_t length) {
  put(out, "\"", 1);
  for (size_t i = 0; i < length; i++) {
    char utf8[8];
    bool pair = text[i] >= 0xD800 && text[i] <= 0xDBFF && !tb_is_lone_surrogate(text, length, i);
    if (text[i] == '"' || text[i] == '\\') {
      char both[2] = {'\\', (char)text[i]};
      put(out, both, 2);
    } else if (text[i] < 0x20 || text[i] == 0x7F || tb_is_lone_surrogate(text, length, i)) {
      put_unit(out, text[i]);
    } else {
      size_t n = tb_to_utf8(utf8, sizeof utf8, text + i, pair ? 2 : 1);
      put(out, utf8, n);
      if (pair) i++;
    }
  }
  put(out, "\"", 1);
}

void tb_out_text(tb_out *out, const char *utf8) {
  tb_char wide[TB_LINE_BYTES];
  size_t units = tb_from_utf8(wide, TB_LINE_BYTES, utf8, strlen(utf8));
  if (units == TB_BAD) out->failed = true;
  else tb_out_wide(out, wide, units);
}

bool tb_out_end(tb_out *out) {
  put(out, "\n", 1);
  return !out->failed;
}
