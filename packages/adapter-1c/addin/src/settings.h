/* What the administrator sets in 1C's equipment form, and the XML in which 1C asks for it and hands it back. */
#ifndef TB_SETTINGS_H
#define TB_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "abi.h"

#define TB_PATH_UNITS 520
#define TB_DEVICE_UNITS 64
#define TB_EVENT_UNITS 32
#define TB_TOKEN_BYTES 256

typedef struct {
  uint32_t address; /* IPv4 loopback, host byte order */
  uint16_t port;
  char token[TB_TOKEN_BYTES + 1]; /* UTF-8 */
  tb_char token_file[TB_PATH_UNITS + 1];
  tb_char device[TB_DEVICE_UNITS + 1]; /* empty: made up at Open */
  tb_char event[TB_EVENT_UNITS + 1];
  tb_char log_path[TB_PATH_UNITS + 1];
} tb_settings;

typedef enum { TB_SET_DONE, TB_SET_UNKNOWN, TB_SET_BAD_HOST, TB_SET_BAD_PORT, TB_SET_TOO_LONG, TB_SET_BAD_TYPE, TB_SET_BAD_XML } tb_set_result;

void tb_settings_default(tb_settings *settings);
/* A parameter by its name; TB_SET_UNKNOWN changes nothing. Blanks around the value do not count. */
tb_set_result tb_settings_put(tb_settings *settings, const tb_char *name, const tb_char *value, size_t length);
/* Parameters of 4.3 and later: <Parameters><Parameter Name="" Value=""/></Parameters>. Unknown names are passed over. */
tb_set_result tb_settings_put_xml(tb_settings *settings, const tb_char *xml, size_t length);
/* The token, from the settings or else from its file; false where there is none. */
bool tb_settings_token(const tb_settings *settings, char out[TB_TOKEN_BYTES + 1]);
/* Whether this is the name of a barcode scanner among 1C's types of equipment, in Russian or English. */
bool tb_is_scanner(const tb_char *type);
/* Whether it is the name of any type of equipment that 1C has. */
bool tb_is_equipment(const tb_char *type);

extern const tb_char *const tb_settings_xml;
extern const tb_char *const tb_description_xml;

#endif
