/* UTF-8, UTF-16 and names without a locale: std::locale and setlocale fail on tills that lack ru_RU. */
#ifndef TB_TEXT_H
#define TB_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "abi.h"

#define TB_BAD ((size_t)-1)
/* A text in the program's source: u"..." */
#define TB_W(text) ((const tb_char *)u##text)

size_t tb_length(const tb_char *text);
/* Characters until the closing zero, at most `limit`. */
size_t tb_length_within(const tb_char *text, size_t limit);
/* Without regard to case, Latin and Cyrillic letters. Both end with zero. */
bool tb_same(const tb_char *a, const tb_char *b);
/* Copies what fits and closes with a zero; false where it does not fit. */
bool tb_copy(tb_char *out, size_t room, const tb_char *text, size_t length);
/* Decodes strictly. Returns the units written (closed with a zero), or TB_BAD: wrong UTF-8, a zero within, or no room. */
size_t tb_from_utf8(tb_char *out, size_t room, const char *text, size_t bytes);
/* Encodes; a lone surrogate becomes U+FFFD. Returns the bytes written (closed with a zero), or TB_BAD where it does not fit. */
size_t tb_to_utf8(char *out, size_t room, const tb_char *text, size_t length);
/* One character as UTF-8; returns its bytes, at most 4. */
size_t tb_put_utf8(char *out, uint32_t c);
/* Decodes one character of UTF-8; 0 where it is wrong. */
size_t tb_take_utf8(uint32_t *c, const char *text, size_t bytes);
bool tb_is_lone_surrogate(const tb_char *text, size_t length, size_t at);

#endif
