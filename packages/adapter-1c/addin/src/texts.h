/* What the driver tells a person, in Russian and English. 1C shows it to the cashier or the administrator. */
#ifndef TB_TEXTS_H
#define TB_TEXTS_H

#include <stdbool.h>
#include "abi.h"
#include "session.h"

typedef enum {
  TB_SAY_NOTHING,
  TB_SAY_BAD_HOST,
  TB_SAY_BAD_PORT,
  TB_SAY_TOO_LONG,
  TB_SAY_BAD_TYPE,
  TB_SAY_BAD_XML,
  TB_SAY_NO_TOKEN,
  TB_SAY_BAD_ID,
  TB_SAY_ID_IN_USE,
  TB_SAY_TOO_MANY,
  TB_SAY_NO_RESOURCES,
  TB_SAY_NO_AUTO_SETUP,
  TB_SAY_NO_ACTION,
  TB_SAY_BAD_STATUS,
  TB_SAY_NOT_CONFIRMED,
  TB_SAY_NO_DAEMON,
  TB_SAY_NO_ANSWER,
  TB_SAY_LOST,
  TB_SAY_REFUSED_TOKEN,
  TB_SAY_REFUSED_BUSY,
  TB_SAY_REFUSED_PROTOCOL,
  TB_SAY_REFUSED_TILL,
  TB_SAY_REFUSED_STOPPING,
  TB_SAY_REFUSED,
  TB_SAY_CONNECTING,
  TB_SAY_CONNECTED,
  TB_SAY_CLOSED,
  TB_SAY_COUNT
} tb_say;

#define TB_SAY_UNITS 400

const tb_char *tb_say_text(tb_say what, bool english);
tb_say tb_say_of_view(const tb_link_view *view);
/* The sentence for a connection, with the name of the till or the daemon's own words behind it. `out` has TB_SAY_UNITS + 1 units. */
void tb_say_view(const tb_link_view *view, bool english, tb_char *out);

#endif
