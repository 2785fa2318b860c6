// Texts of the host: words of a command line, percent-encoded UTF-8 on the outside, UTF-16 inside.
#pragma once
#include "native-api.hpp"
#include "platform.hpp"

class Line {
 public:
  /// On the heap: too large for a thread's stack under sanitizers. Give it back with sys::release.
  static Line* make() {
    auto* line = static_cast<Line*>(sys::allocate(sizeof(Line)));
    line->length_ = 0;
    return line;
  }
  void clear() { length_ = 0; }
  void put(char c) {
    if (length_ + 1 < sizeof text_) text_[length_++] = c;
  }
  void put(const char* text) {
    while (*text != 0) put(*text++);
  }
  void put(long long number) {
    char digits[24];
    int n = 0;
    unsigned long long rest = number < 0 ? 0ull - static_cast<unsigned long long>(number) : static_cast<unsigned long long>(number);
    do {
      digits[n++] = static_cast<char>('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    if (number < 0) put('-');
    while (n > 0) put(digits[--n]);
  }
  void put(const Char* text, size_t length) {
    for (size_t i = 0; i < length; i++) {
      uint32_t c = text[i];
      if (c >= 0xD800 && c <= 0xDBFF && i + 1 < length && text[i + 1] >= 0xDC00 && text[i + 1] <= 0xDFFF) c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00u);
      if (c < 0x80) encoded(c);
      else if (c < 0x800) encoded(0xC0 | c >> 6), encoded(0x80 | (c & 63));
      else if (c < 0x10000) encoded(0xE0 | c >> 12), encoded(0x80 | (c >> 6 & 63)), encoded(0x80 | (c & 63));
      else encoded(0xF0 | c >> 18), encoded(0x80 | (c >> 12 & 63)), encoded(0x80 | (c >> 6 & 63)), encoded(0x80 | (c & 63));
    }
  }
  void end() {
    put('\n');
    sys::write(text_, length_);
  }

 private:
  void encoded(uint32_t byte) {
    static const char hex[] = "0123456789ABCDEF";
    bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '.' || byte == '-' || byte == '_';
    if (plain) return put(static_cast<char>(byte));
    put('%');
    put(hex[byte >> 4 & 15]);
    put(hex[byte & 15]);
  }
  size_t length_;
  char text_[65536];
};

inline size_t lengthOf(const Char* text) {
  size_t n = 0;
  while (text[n] != 0) n++;
  return n;
}

inline bool same(const char* a, const char* b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

/// Cuts the next word off; empty at the end.
inline char* word(char** rest) {
  char* at = *rest;
  while (*at == ' ') at++;
  char* from = at;
  while (*at != 0 && *at != ' ') at++;
  if (*at != 0) *at++ = 0;
  *rest = at;
  return from;
}

inline long number(const char* text) {
  long value = 0;
  bool negative = *text == '-';
  for (text += negative ? 1 : 0; *text >= '0' && *text <= '9'; text++) value = value * 10 + (*text - '0');
  return negative ? -value : value;
}

inline unsigned hexDigit(char c) { return c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 32) - 'a' + 10); }

/// Decodes into `out`; returns its units. The input is the test's own and right.
inline uint32_t decode(const char* text, Char* out) {
  uint32_t units = 0, value = 0, more = 0;
  while (*text != 0) {
    unsigned byte = static_cast<unsigned char>(*text);
    if (*text == '%') {
      byte = hexDigit(text[1]) << 4 | hexDigit(text[2]);
      text += 2;
    }
    text++;
    if (byte < 0x80) value = byte, more = 0;
    else if (byte >= 0xF0) value = byte & 7, more = 3;
    else if (byte >= 0xE0) value = byte & 15, more = 2;
    else if (byte >= 0xC0) value = byte & 31, more = 1;
    else value = value << 6 | (byte & 63), more--;
    if (more > 0) continue;
    if (value > 0xFFFF) out[units++] = static_cast<Char>(0xD800 + ((value - 0x10000) >> 10)), value = 0xDC00 + ((value - 0x10000) & 0x3FF);
    out[units++] = static_cast<Char>(value);
  }
  out[units] = 0;
  return units;
}
