/* 1C's variants in and out. Strings that 1C gets come from 1C's own memory manager. */
#ifndef TB_VALUES_H
#define TB_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include "abi.h"

/* Copies; NULL where 1C has no memory. */
tb_char *tb_host_string(tb_memory *memory, const tb_char *text);
/* Writes an OUT parameter or a result; what the slot held before belongs to 1C. */
bool tb_put_string(tb_memory *memory, tb_variant *slot, const tb_char *text);
void tb_put_bool(tb_variant *slot, bool value);
void tb_put_whole(tb_variant *slot, int32_t value);
/*
 * Any variant as text: strings as they are, whole numbers in digits (they may come as I4 or R8), true and false. `scratch` holds what is not a
 * string; `text` points there or into the variant. False for what has no text.
 */
bool tb_take_text(const tb_variant *slot, tb_char scratch[24], const tb_char **text, size_t *length);

#endif
