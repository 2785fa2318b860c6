/* One object of the class, as 1C creates it: AddIn.Tillbridge.Tillbridge. */
#ifndef TB_OBJECT_H
#define TB_OBJECT_H

#include "abi.h"
#include "port.h"
#include "session.h"
#include "settings.h"
#include "texts.h"

/* 1C's equipment library keeps one object for a driver and opens each device with it. */
#define TB_DEVICES 8

typedef struct {
  const tb_init_table *init;
  const tb_language_table *language;
  const tb_locale_table *locale;
  const tb_locale_table *interface_language;
  tb_host *host;
  tb_memory *memory;
  tb_mutex mutex; /* of what follows: 1C may call from several threads */
  bool english;
  tb_settings settings;
  tb_say error;
  tb_session *devices[TB_DEVICES];
} tb_object;

/* Ends every device; returns within 2.5 s for each that 1C holds in an event. */
void tb_object_close_all(tb_object *object);

#endif
