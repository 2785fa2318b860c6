#include "settings.h"
#include <string.h>
#include "port.h"
#include "text.h"
#include "version.h"

/* Shape of both: universal driver of the equipment library (1C-Romania/SmB_Depo, SettingsFormUniversalDriver; IRPTeam/IRP, HardwareClient). */
static const tb_char settings_xml[] =
    u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    u"<Settings><Page Caption=\"Параметры\"><Group Caption=\"Служба Tillbridge\">"
    u"<Parameter Name=\"Host\" Caption=\"Адрес службы\" Description=\"Только этот компьютер: 127.0.0.1 или localhost\" TypeValue=\"String\" DefaultValue=\"127.0.0.1\"/>"
    u"<Parameter Name=\"Port\" Caption=\"Порт службы\" Description=\"Порт из параметра listen настройки Tillbridge\" TypeValue=\"Number\" DefaultValue=\"7844\"/>"
    u"<Parameter Name=\"TokenFile\" Caption=\"Файл с секретом\" Description=\"Полный путь; в первой строке секрет этой кассы. Секрет не попадает в базу 1С\" TypeValue=\"String\" DefaultValue=\"\"/>"
    u"<Parameter Name=\"Token\" Caption=\"Секрет (если нет файла)\" Description=\"Хранится в базе 1С открытым текстом\" TypeValue=\"String\" DefaultValue=\"\"/>"
    u"</Group><Group Caption=\"События\">"
    u"<Parameter Name=\"EventName\" Caption=\"Имя события\" Description=\"Для типовых конфигураций: Штрихкод\" TypeValue=\"String\" DefaultValue=\"Штрихкод\"/>"
    u"<Parameter Name=\"DeviceID\" Caption=\"Идентификатор устройства\" Description=\"Пусто: драйвер назначит сам\" TypeValue=\"String\" DefaultValue=\"\"/>"
    u"<Parameter Name=\"LogPath\" Caption=\"Файл журнала\" Description=\"Пусто: без журнала. Кодов и секретов в журнале нет\" TypeValue=\"String\" DefaultValue=\"\"/>"
    u"</Group></Page></Settings>";

static const tb_char description_xml[] =
    u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    u"<DriverDescription Name=\"Tillbridge\" Description=\"Сканер и карты лояльности через Tillbridge\" EquipmentType=\"СканерШтрихкода\""
    u" IntegrationComponent=\"false\" MainDriverInstalled=\"false\" DriverVersion=\"" TB_VERSION_4
    u"\" IntegrationComponentVersion=\"" TB_VERSION_4
    u"\" DownloadURL=\"\" LogIsEnabled=\"false\" LogPath=\"\" IsEmulator=\"false\" LocalizationSupported=\"false\" AutoSetup=\"false\"/>";

const tb_char *const tb_settings_xml = settings_xml;
const tb_char *const tb_description_xml = description_xml;

void tb_settings_default(tb_settings *settings) {
  memset(settings, 0, sizeof *settings);
  settings->address = 0x7F000001;
  settings->port = 7844;
  tb_copy(settings->event, TB_EVENT_UNITS + 1, TB_W("Штрихкод"), 8);
}

static bool loopback(const tb_char *text, size_t length, uint32_t *address) {
  tb_char name[16];
  if (length >= 16) return false;
  tb_copy(name, 16, text, length);
  if (tb_same(name, TB_W("localhost"))) {
    *address = 0x7F000001;
    return true;
  }
  uint32_t all = 0;
  unsigned part = 0, digits = 0, parts = 0;
  for (size_t i = 0; i <= length; i++) {
    if (i < length && name[i] >= '0' && name[i] <= '9') {
      part = part * 10 + (unsigned)(name[i] - '0');
      if (++digits > 3 || part > 255) return false;
    } else if (digits > 0 && parts < 4 && (i == length || name[i] == '.')) {
      all = all << 8 | part;
      parts++;
      part = digits = 0;
    } else {
      return false;
    }
  }
  *address = all;
  return parts == 4 && all >> 24 == 127;
}

static bool port_number(const tb_char *text, size_t length, uint16_t *port) {
  uint32_t value = 0;
  if (length == 0 || length > 5) return false;
  for (size_t i = 0; i < length; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (uint32_t)(text[i] - '0');
  }
  *port = (uint16_t)value;
  return value > 0 && value <= 65535;
}

static bool is_blank(tb_char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || c == 0xFEFF; }

static bool text_value(tb_char *out, size_t limit, const tb_char *value, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (value[i] < 0x20 || value[i] == 0x7F || tb_is_lone_surrogate(value, length, i)) return false;
  return length <= limit && tb_copy(out, limit + 1, value, length);
}

tb_set_result tb_settings_put(tb_settings *settings, const tb_char *name, const tb_char *value, size_t length) {
  while (length > 0 && is_blank(value[0])) {
    value++;
    length--;
  }
  while (length > 0 && is_blank(value[length - 1])) length--;
  tb_settings fresh;
  tb_settings_default(&fresh);
  if (tb_same(name, TB_W("EquipmentType"))) {
    tb_char type[48];
    return length == 0 || (tb_copy(type, 48, value, length) && tb_is_scanner(type)) ? TB_SET_DONE : TB_SET_BAD_TYPE;
  }
  if (tb_same(name, TB_W("Host"))) {
    uint32_t address = fresh.address;
    if (length > 0 && !loopback(value, length, &address)) return TB_SET_BAD_HOST;
    settings->address = address;
    return TB_SET_DONE;
  }
  if (tb_same(name, TB_W("Port"))) {
    uint16_t port = fresh.port;
    if (length > 0 && !port_number(value, length, &port)) return TB_SET_BAD_PORT;
    settings->port = port;
    return TB_SET_DONE;
  }
  if (tb_same(name, TB_W("Token"))) {
    tb_char wide[TB_TOKEN_BYTES + 1];
    char token[TB_TOKEN_BYTES + 1];
    if (!text_value(wide, TB_TOKEN_BYTES, value, length) || tb_to_utf8(token, sizeof token, wide, length) == TB_BAD) return TB_SET_TOO_LONG;
    memcpy(settings->token, token, sizeof token);
    return TB_SET_DONE;
  }
  struct {
    const tb_char *name;
    tb_char *out;
    size_t limit;
  } texts[] = {{TB_W("TokenFile"), settings->token_file, TB_PATH_UNITS},
               {TB_W("DeviceID"), settings->device, TB_DEVICE_UNITS},
               {TB_W("EventName"), settings->event, TB_EVENT_UNITS},
               {TB_W("LogPath"), settings->log_path, TB_PATH_UNITS}};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    if (!tb_same(name, texts[i].name)) continue;
    if (length == 0 && texts[i].out == settings->event) {
      memcpy(settings->event, fresh.event, sizeof fresh.event);
      return TB_SET_DONE;
    }
    tb_char checked[TB_PATH_UNITS + 1];
    if (!text_value(checked, texts[i].limit, value, length)) return TB_SET_TOO_LONG;
    tb_copy(texts[i].out, texts[i].limit + 1, checked, length);
    return TB_SET_DONE;
  }
  return TB_SET_UNKNOWN;
}

bool tb_settings_token(const tb_settings *settings, char out[TB_TOKEN_BYTES + 1]) {
  if (settings->token_file[0] == 0) {
    memcpy(out, settings->token, TB_TOKEN_BYTES + 1);
    return out[0] != 0;
  }
  char head[TB_TOKEN_BYTES + 8];
  size_t bytes = 0, from = 0, to = 0;
  if (!tb_file_head(settings->token_file, head, sizeof head, &bytes)) return false;
  if (bytes >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) from = 3; /* Notepad writes a mark */
  while (from < bytes && (head[from] == ' ' || head[from] == '\t')) from++;
  to = from;
  while (to < bytes && head[to] != '\n' && head[to] != '\r') to++;
  while (to > from && (head[to - 1] == ' ' || head[to - 1] == '\t')) to--;
  tb_char wide[TB_TOKEN_BYTES + 1];
  if (to == from || to - from > TB_TOKEN_BYTES || tb_from_utf8(wide, TB_TOKEN_BYTES + 1, head + from, to - from) == TB_BAD) return false;
  memcpy(out, head + from, to - from);
  out[to - from] = 0;
  return true;
}
