/*
 * Names, parameters and order of calls: the common methods of the equipment library's drivers, as its hosts call them (1C-Romania/SmB_Depo,
 * IRPTeam/IRP) and drivers of others implement them. We report revision 3004: every host read drives that with SetParameter and Open.
 */
#include "methods.h"
#include <string.h>
#include "text.h"
#include "values.h"
#include "version.h"

#define REVISION 3004

static bool answer(tb_object *object, tb_variant *result, tb_say error) {
  tb_mutex_lock(&object->mutex);
  object->error = error;
  tb_mutex_unlock(&object->mutex);
  tb_put_bool(result, error == TB_SAY_NOTHING);
  return true;
}

static tb_say say_set(tb_set_result result) {
  static const tb_say said[] = {[TB_SET_DONE] = TB_SAY_NOTHING,      [TB_SET_UNKNOWN] = TB_SAY_NOTHING,   [TB_SET_BAD_HOST] = TB_SAY_BAD_HOST,
                                [TB_SET_BAD_PORT] = TB_SAY_BAD_PORT, [TB_SET_TOO_LONG] = TB_SAY_TOO_LONG, [TB_SET_BAD_TYPE] = TB_SAY_BAD_TYPE,
                                [TB_SET_BAD_XML] = TB_SAY_BAD_XML};
  return said[result];
}

static bool get_revision(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)object, (void)values, (void)count;
  tb_put_whole(result, REVISION);
  return true;
}

static bool get_version(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)values, (void)count;
  return tb_put_string(object->memory, result, TB_VERSION_4);
}

/* One OUT with XML; hosts of before 3.0 pass seven. */
static bool get_description(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  bool done;
  if (count >= 7) {
    done = tb_put_string(object->memory, &values[0], TB_W("Tillbridge")) && tb_put_string(object->memory, &values[1], TB_W("Сканер и карты лояльности через Tillbridge")) &&
           tb_put_string(object->memory, &values[2], TB_W("СканерШтрихкода")) && tb_put_string(object->memory, &values[6], TB_W(""));
    tb_put_whole(&values[3], REVISION);
    tb_put_bool(&values[4], false);
    tb_put_bool(&values[5], false);
  } else {
    done = tb_put_string(object->memory, &values[0], tb_description_xml);
  }
  return answer(object, result, done ? TB_SAY_NOTHING : TB_SAY_NO_RESOURCES);
}

static bool get_last_error(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  tb_mutex_lock(&object->mutex);
  tb_say error = object->error;
  bool english = object->english;
  tb_mutex_unlock(&object->mutex);
  tb_put_whole(result, (int32_t)error);
  return tb_put_string(object->memory, &values[0], tb_say_text(error, english));
}

static bool get_parameters(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  return answer(object, result, tb_put_string(object->memory, &values[0], tb_settings_xml) ? TB_SAY_NOTHING : TB_SAY_NO_RESOURCES);
}

static bool set_parameter(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  tb_char scratch[2][24], name[65];
  const tb_char *text, *value;
  size_t length, value_length;
  if (!tb_take_text(&values[0], scratch[0], &text, &length) || !tb_take_text(&values[1], scratch[1], &value, &value_length))
    return answer(object, result, TB_SAY_TOO_LONG);
  if (!tb_copy(name, 65, text, length)) return answer(object, result, TB_SAY_NOTHING); /* none of ours */
  tb_mutex_lock(&object->mutex);
  tb_set_result set = tb_settings_put(&object->settings, name, value, value_length);
  tb_mutex_unlock(&object->mutex);
  return answer(object, result, say_set(set));
}

/* Where a device of this id stands, or -1; NULL: a free place. Called with the lock. */
static int place_of(const tb_object *object, const tb_char *id) {
  for (int i = 0; i < TB_DEVICES; i++) {
    if (object->devices[i] == NULL ? id == NULL : id != NULL && tb_same(tb_session_device(object->devices[i]), id)) return i;
  }
  return -1;
}

static tb_say open_device(tb_object *object, const tb_settings *settings, tb_variant *id) {
  if (settings->token[0] == 0 && settings->token_file[0] == 0) return TB_SAY_NO_TOKEN;
  if (object->host == NULL) return TB_SAY_NO_RESOURCES;
  tb_say said = TB_SAY_NOTHING;
  tb_mutex_lock(&object->mutex);
  int place = place_of(object, NULL);
  if (settings->device[0] != 0 && place_of(object, settings->device) >= 0) said = TB_SAY_ID_IN_USE;
  else if (place < 0) said = TB_SAY_TOO_MANY;
  else {
    tb_session *session = tb_session_open(object->host, settings);
    object->devices[place] = session;
    if (session == NULL || !tb_put_string(object->memory, id, tb_session_device(session))) said = TB_SAY_NO_RESOURCES;
  }
  tb_session *useless = said == TB_SAY_NO_RESOURCES && place >= 0 ? object->devices[place] : NULL;
  if (useless != NULL) object->devices[place] = NULL;
  tb_mutex_unlock(&object->mutex);
  if (useless != NULL) tb_session_close(useless);
  return said;
}

/* Gives 1C a device at once, whether the daemon is there or not: a till that starts before its service must not stay without a scanner. */
static bool open_(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  tb_mutex_lock(&object->mutex);
  tb_settings settings = object->settings;
  tb_mutex_unlock(&object->mutex);
  return answer(object, result, open_device(object, &settings, &values[0]));
}

static bool close_(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  tb_char scratch[24], id[TB_DEVICE_UNITS + 1];
  const tb_char *text;
  size_t length;
  if (!tb_take_text(&values[0], scratch, &text, &length) || !tb_copy(id, TB_DEVICE_UNITS + 1, text, length)) return answer(object, result, TB_SAY_BAD_ID);
  tb_mutex_lock(&object->mutex);
  int place = length == 0 ? -1 : place_of(object, id);
  tb_session *session = place < 0 ? NULL : object->devices[place];
  if (session != NULL) object->devices[place] = NULL;
  tb_mutex_unlock(&object->mutex);
  if (session == NULL) return answer(object, result, TB_SAY_BAD_ID);
  tb_session_close(session); /* the lock is open: 1C may be calling Confirm from the event that we wait for */
  return answer(object, result, TB_SAY_NOTHING);
}

static bool test(tb_object *object, tb_variant *result, const tb_settings *settings, tb_variant *description, tb_variant *demo) {
  tb_link_view view;
  tb_char text[TB_SAY_UNITS + 1];
  tb_probe(settings, &view);
  tb_mutex_lock(&object->mutex);
  bool english = object->english;
  tb_mutex_unlock(&object->mutex);
  tb_say_view(&view, english, text);
  bool told = tb_put_string(object->memory, description, text) && tb_put_string(object->memory, demo, TB_W(""));
  tb_say said = tb_say_of_view(&view);
  return answer(object, result, !told ? TB_SAY_NO_RESOURCES : said == TB_SAY_CONNECTED ? TB_SAY_NOTHING : said);
}

static bool device_test(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  tb_mutex_lock(&object->mutex);
  tb_settings settings = object->settings;
  tb_mutex_unlock(&object->mutex);
  return test(object, result, &settings, &values[0], &values[1]);
}

static bool get_actions(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)count;
  return answer(object, result, tb_put_string(object->memory, &values[0], TB_W("")) ? TB_SAY_NOTHING : TB_SAY_NO_RESOURCES);
}

static bool do_action(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)values, (void)count;
  return answer(object, result, TB_SAY_NO_ACTION);
}

static bool nothing_to_do(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)values, (void)count;
  return answer(object, result, TB_SAY_NOTHING);
}

/* 4.3 and later. Published drivers disagree about the order of parameters, so it is read from their values: XML begins with '<', a type of
   equipment has a known name, and what is left is for the answer. */
typedef struct {
  tb_variant *out[3]; /* what is neither, in the order in which they stand */
  const tb_char *xml;
  size_t xml_length;
  bool wrong_type;
} parameters_43;

static void sort_43(parameters_43 *p, tb_variant *values, long count) {
  size_t outs = 0;
  memset(p, 0, sizeof *p);
  for (long i = 0; i < count; i++) {
    tb_char scratch[24], type[48];
    const tb_char *text;
    size_t length, from = 0;
    bool readable = values[i].type == TB_VT_PWSTR && tb_take_text(&values[i], scratch, &text, &length);
    while (readable && from < length && (text[from] <= ' ' || text[from] == 0xFEFF)) from++;
    if (readable && p->xml == NULL && from < length && text[from] == '<') {
      p->xml = text + from;
      p->xml_length = length - from;
    } else if (readable && tb_copy(type, 48, text, length) && tb_is_equipment(type)) {
      p->wrong_type = !tb_is_scanner(type);
    } else if (outs < 3) {
      p->out[outs++] = &values[i];
    }
  }
}

static tb_say settings_43(const parameters_43 *p, tb_settings *settings) {
  tb_settings_default(settings);
  if (p->wrong_type) return TB_SAY_BAD_TYPE;
  return p->xml == NULL ? TB_SAY_BAD_XML : say_set(tb_settings_put_xml(settings, p->xml, p->xml_length));
}

static bool equipment_parameters(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  parameters_43 p;
  sort_43(&p, values, count);
  if (p.wrong_type) return answer(object, result, TB_SAY_BAD_TYPE);
  /* a type that we do not know may stand before the answer's slot */
  tb_variant *out = p.out[1] != NULL ? p.out[1] : p.out[0];
  return answer(object, result, out != NULL && tb_put_string(object->memory, out, tb_settings_xml) ? TB_SAY_NOTHING : TB_SAY_NO_RESOURCES);
}

static bool connect_equipment(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  parameters_43 p;
  tb_settings settings;
  sort_43(&p, values, count);
  tb_say said = settings_43(&p, &settings);
  if (said == TB_SAY_NOTHING && (p.out[0] == NULL || p.out[1] != NULL)) said = TB_SAY_BAD_TYPE;
  return answer(object, result, said == TB_SAY_NOTHING ? open_device(object, &settings, p.out[0]) : said);
}

static bool equipment_test(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  parameters_43 p;
  tb_settings settings;
  sort_43(&p, values, count);
  tb_say said = settings_43(&p, &settings);
  if (said == TB_SAY_NOTHING && (p.out[1] == NULL || p.out[2] != NULL)) said = TB_SAY_BAD_TYPE;
  return said == TB_SAY_NOTHING ? test(object, result, &settings, p.out[0], p.out[1]) : answer(object, result, said);
}

static bool auto_setup(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)values, (void)count;
  return answer(object, result, TB_SAY_NO_AUTO_SETUP);
}

static bool verdict_of(const tb_char *text, size_t length, tb_verdict *out) {
  tb_char word[24], known[24];
  if (!tb_copy(word, 24, text, length)) return false;
  for (tb_verdict verdict = TB_APPLIED; verdict <= TB_BLOCKED; verdict++) {
    const char *name = tb_verdict_name(verdict);
    if (tb_from_utf8(known, 24, name, strlen(name)) == TB_BAD || !tb_same(word, known)) continue;
    *out = verdict;
    return true;
  }
  return false;
}

/* The devices, held; the caller releases them. */
static int hold_devices(tb_object *object, tb_session *held[TB_DEVICES]) {
  int n = 0;
  tb_mutex_lock(&object->mutex);
  for (int i = 0; i < TB_DEVICES; i++)
    if (object->devices[i] != NULL) {
      tb_session_hold(object->devices[i]);
      held[n++] = object->devices[i];
    }
  tb_mutex_unlock(&object->mutex);
  return n;
}

/* What an extension says of a card that it took out of an event. */
static bool confirm(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  tb_char scratch[3][24];
  const tb_char *id, *status, *text = scratch[2];
  size_t id_length, status_length, length = 0;
  char name[TB_ID_BYTES + 1];
  tb_verdict verdict;
  if (!tb_take_text(&values[0], scratch[0], &id, &id_length) || tb_to_utf8(name, sizeof name, id, id_length) == TB_BAD)
    return answer(object, result, TB_SAY_NOT_CONFIRMED);
  if (!tb_take_text(&values[1], scratch[1], &status, &status_length) || !verdict_of(status, status_length, &verdict))
    return answer(object, result, TB_SAY_BAD_STATUS);
  if (count > 2 && !tb_take_text(&values[2], scratch[2], &text, &length)) length = 0;
  tb_session *held[TB_DEVICES];
  int n = hold_devices(object, held);
  bool done = false;
  for (int i = 0; i < n; i++) {
    done = done || tb_session_confirm(held[i], name, verdict, text, length);
    tb_session_release(held[i]);
  }
  return answer(object, result, done ? TB_SAY_NOTHING : TB_SAY_NOT_CONFIRMED);
}

/* How the connection is, in words; of several devices the first. */
static bool get_state(tb_object *object, tb_variant *result, tb_variant *values, long count) {
  (void)values, (void)count;
  tb_session *held[TB_DEVICES];
  tb_char text[TB_SAY_UNITS + 1];
  int n = hold_devices(object, held);
  tb_mutex_lock(&object->mutex);
  bool english = object->english;
  tb_mutex_unlock(&object->mutex);
  if (n == 0) {
    const tb_char *closed = tb_say_text(TB_SAY_CLOSED, english);
    tb_copy(text, TB_SAY_UNITS + 1, closed, tb_length(closed));
  } else {
    tb_link_view view;
    tb_session_view(held[0], &view);
    tb_say_view(&view, english, text);
  }
  for (int i = 0; i < n; i++) tb_session_release(held[i]);
  return tb_put_string(object->memory, result, text);
}

static const tb_method methods[] = {
    {u"GetInterfaceRevision", u"ПолучитьРевизиюИнтерфейса", 0, get_revision},
    {u"GetVersion", u"ПолучитьНомерВерсии", 0, get_version},
    {u"GetDescription", u"ПолучитьОписание", 1, get_description},
    {u"GetLastError", u"ПолучитьОшибку", 1, get_last_error},
    {u"GetParameters", u"ПолучитьПараметры", 1, get_parameters},
    {u"SetParameter", u"УстановитьПараметр", 2, set_parameter},
    {u"Open", u"Подключить", 1, open_},
    {u"Close", u"Отключить", 1, close_},
    {u"DeviceTest", u"ТестУстройства", 2, device_test},
    {u"GetAdditionalActions", u"ПолучитьДополнительныеДействия", 1, get_actions},
    {u"DoAdditionalAction", u"ВыполнитьДополнительноеДействие", 1, do_action},
    {u"GetLocalizationPattern", u"ПолучитьШаблонЛокализации", 1, get_actions},
    {u"SetLocalization", u"УстановитьЛокализацию", 2, nothing_to_do},
    {u"EquipmentParameters", u"ПараметрыОборудования", 2, equipment_parameters},
    {u"ConnectEquipment", u"ПодключитьОборудование", 3, connect_equipment},
    {u"DisconnectEquipment", u"ОтключитьОборудование", 1, close_},
    {u"EquipmentTest", u"ТестированиеОборудования", 4, equipment_test},
    {u"EquipmentAutoSetup", u"АвтонастройкаОборудования", 5, auto_setup},
    {u"SetApplicationInformation", u"УстановитьИнформациюПриложения", 1, nothing_to_do},
    {u"Confirm", u"Подтвердить", 3, confirm},
    {u"GetState", u"ПолучитьСостояние", 0, get_state},
};

#define METHODS ((long)(sizeof methods / sizeof methods[0]))

long tb_method_count(void) { return METHODS; }

const tb_method *tb_method_at(long index) { return index >= 0 && index < METHODS ? &methods[index] : NULL; }

long tb_method_find(const tb_char *name) {
  for (long i = 0; i < METHODS; i++)
    if (tb_same(name, methods[i].english) || tb_same(name, methods[i].russian)) return i;
  return -1;
}
