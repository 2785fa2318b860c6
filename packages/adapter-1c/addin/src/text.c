#include "text.h"

size_t tb_length(const tb_char *text) {
  size_t n = 0;
  while (text[n] != 0) n++;
  return n;
}

size_t tb_length_within(const tb_char *text, size_t limit) {
  size_t n = 0;
  while (n < limit && text[n] != 0) n++;
  return n;
}

static tb_char lower(tb_char c) {
  if (c >= 'A' && c <= 'Z') return (tb_char)(c + 32);
  if (c >= 0x410 && c <= 0x42F) return (tb_char)(c + 32);
  if (c == 0x401) return 0x451; /* the letter yo stands apart from the others */
  return c;
}

bool tb_same(const tb_char *a, const tb_char *b) {
  while (*a != 0 && lower(*a) == lower(*b)) {
    a++;
    b++;
  }
  return *a == 0 && *b == 0;
}

bool tb_copy(tb_char *out, size_t room, const tb_char *text, size_t length) {
  size_t n = length < room ? length : room - 1;
  for (size_t i = 0; i < n; i++) out[i] = text[i];
  out[n] = 0;
  return n == length;
}

size_t tb_take_utf8(uint32_t *c, const char *text, size_t bytes) {
  static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
  if (bytes == 0) return 0;
  unsigned char first = (unsigned char)text[0];
  size_t n = first < 0x80 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 ? 4 : 0;
  if (n == 0 || n > bytes) return 0;
  uint32_t value = n == 1 ? first : first & (0xFFu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    unsigned char next = (unsigned char)text[i];
    if ((next & 0xC0) != 0x80) return 0;
    value = value << 6 | (next & 0x3F);
  }
  if (value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  *c = value;
  return n;
}

size_t tb_from_utf8(tb_char *out, size_t room, const char *text, size_t bytes) {
  size_t units = 0;
  for (size_t at = 0; at < bytes;) {
    uint32_t c = 0;
    size_t n = tb_take_utf8(&c, text + at, bytes - at);
    size_t wide = c > 0xFFFF ? 2 : 1;
    if (n == 0 || c == 0 || units + wide >= room) return TB_BAD;
    if (wide == 2) {
      out[units++] = (tb_char)(0xD800 + ((c - 0x10000) >> 10));
      out[units++] = (tb_char)(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      out[units++] = (tb_char)c;
    }
    at += n;
  }
  if (units >= room) return TB_BAD;
  out[units] = 0;
  return units;
}

size_t tb_put_utf8(char *out, uint32_t c) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

static bool is_high(tb_char c) { return c >= 0xD800 && c <= 0xDBFF; }
static bool is_low(tb_char c) { return c >= 0xDC00 && c <= 0xDFFF; }

bool tb_is_lone_surrogate(const tb_char *text, size_t length, size_t at) {
  if (is_high(text[at])) return at + 1 >= length || !is_low(text[at + 1]);
  if (is_low(text[at])) return at == 0 || !is_high(text[at - 1]);
  return false;
}

size_t tb_to_utf8(char *out, size_t room, const tb_char *text, size_t length) {
  size_t bytes = 0;
  for (size_t at = 0; at < length; at++) {
    uint32_t c = text[at];
    if (tb_is_lone_surrogate(text, length, at)) {
      c = 0xFFFD;
    } else if (is_high(text[at])) {
      c = 0x10000 + ((uint32_t)(text[at] - 0xD800) << 10) + (uint32_t)(text[at + 1] - 0xDC00);
      at++;
    }
    char one[4];
    size_t n = tb_put_utf8(one, c);
    if (bytes + n >= room) return TB_BAD;
    for (size_t i = 0; i < n; i++) out[bytes++] = one[i];
  }
  if (bytes >= room) return TB_BAD;
  out[bytes] = 0;
  return bytes;
}
