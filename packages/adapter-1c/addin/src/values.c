#include "values.h"
#include <string.h>
#include "text.h"

#define NARROW_UNITS 23

tb_char *tb_host_string(tb_memory *memory, const tb_char *text) {
  void *copy = NULL;
  size_t bytes = (tb_length(text) + 1) * sizeof *text;
  if (memory == NULL || !memory->table->alloc(memory, &copy, (unsigned long)bytes) || copy == NULL) return NULL;
  memcpy(copy, text, bytes);
  return copy;
}

bool tb_put_string(tb_memory *memory, tb_variant *slot, const tb_char *text) {
  tb_char *copy = tb_host_string(memory, text);
  if (copy == NULL) return false;
  slot->type = TB_VT_PWSTR;
  slot->value.wide.text = copy;
  slot->value.wide.length = (uint32_t)tb_length(text);
  return true;
}

void tb_put_bool(tb_variant *slot, bool value) {
  slot->type = TB_VT_BOOL;
  slot->value.b = value;
}

void tb_put_whole(tb_variant *slot, int32_t value) {
  slot->type = TB_VT_I4;
  slot->value.i4 = value;
}

static size_t number_text(int64_t number, tb_char out[24]) {
  tb_char backwards[24];
  size_t n = 0, units = 0;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    backwards[n++] = (tb_char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (number < 0) out[units++] = '-';
  while (n > 0) out[units++] = backwards[--n];
  out[units] = 0;
  return units;
}

static bool whole_of(const tb_variant *slot, int64_t *out) {
  double real = slot->type == TB_VT_R4 ? (double)slot->value.r4 : slot->value.r8;
  switch (slot->type) {
    case TB_VT_I1: *out = slot->value.i1; return true;
    case TB_VT_UI1: *out = slot->value.u1; return true;
    case TB_VT_I2: *out = slot->value.i2; return true;
    case TB_VT_UI2: *out = slot->value.u2; return true;
    case TB_VT_I4: *out = slot->value.i4; return true;
    case TB_VT_UI4: *out = slot->value.u4; return true;
    case TB_VT_I8:
    case TB_VT_UI8: *out = slot->value.i8; return true;
    case TB_VT_R4:
    case TB_VT_R8:
      if (!(real >= -9007199254740992.0 && real <= 9007199254740992.0)) return false; /* also what is no number */
      *out = (int64_t)real;
      return (double)*out == real;
    default: return false;
  }
}

bool tb_take_text(const tb_variant *slot, tb_char scratch[24], const tb_char **text, size_t *length) {
  int64_t number;
  *text = scratch;
  scratch[0] = 0;
  *length = 0;
  if (slot->type == TB_VT_EMPTY) return true;
  if (slot->type == TB_VT_PWSTR) {
    /* an empty string may come without memory */
    if (slot->value.wide.text == NULL) return slot->value.wide.length == 0;
    *text = slot->value.wide.text;
    *length = slot->value.wide.length;
    return true;
  }
  if (slot->type == TB_VT_PSTR) {
    if (slot->value.narrow.text == NULL || slot->value.narrow.length > NARROW_UNITS) return slot->value.narrow.length == 0;
    *length = slot->value.narrow.length;
    for (size_t i = 0; i < *length; i++) scratch[i] = (unsigned char)slot->value.narrow.text[i];
    return true;
  }
  if (slot->type == TB_VT_BOOL) {
    const tb_char *word = slot->value.b ? TB_W("true") : TB_W("false");
    *length = tb_length(word);
    return tb_copy(scratch, 24, word, *length);
  }
  if (!whole_of(slot, &number)) return false;
  *length = number_text(number, scratch);
  return true;
}
