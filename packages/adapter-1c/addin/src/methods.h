/* The methods that 1C's equipment library calls, under their Russian and English names, and those of our own. */
#ifndef TB_METHODS_H
#define TB_METHODS_H

#include <stdbool.h>
#include "object.h"

typedef struct {
  const tb_char *english;
  const tb_char *russian;
  long parameters;
  /* false: 1C raises an exception (wrong count of parameters) */
  bool (*call)(tb_object *object, tb_variant *result, tb_variant *values, long count);
} tb_method;

long tb_method_count(void);
const tb_method *tb_method_at(long index);
/* -1 where there is none; letters of any case. */
long tb_method_find(const tb_char *name);

#endif
