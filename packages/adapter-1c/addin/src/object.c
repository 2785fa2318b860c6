/* The tables that 1C calls through, and the library's exports. */
#include "object.h"
#include <stdlib.h>
#include <string.h>
#include "methods.h"
#include "text.h"
#include "values.h"

#define EVENT_DEPTH 50
#define API_VERSION 2000
#define CAPABILITIES 3
#define ATTACH_ANY 3

/* 1C holds a pointer to each base of the class: the object begins with their tables, and each method gets the address of its own. */
static tb_object *of_init(void *self) { return self; }
static tb_object *of_language(void *self) { return (tb_object *)((char *)self - offsetof(tb_object, language)); }
static tb_object *of_locale(void *self) { return (tb_object *)((char *)self - offsetof(tb_object, locale)); }
static tb_object *of_interface_language(void *self) { return (tb_object *)((char *)self - offsetof(tb_object, interface_language)); }

/* 1C destroys through DestroyObject, never through the table. */
static void unused_destructor(void) {}

static bool TB_API init(void *self, void *host) {
  tb_object *object = of_init(self);
  if (host == NULL) return false;
  object->host = host;
  /* nothing may be allocated here: some hosts set the memory manager later. The platform's own depth is one event */
  object->host->table->set_event_depth(object->host, EVENT_DEPTH);
  return true;
}

static bool TB_API set_memory(void *self, void *memory) {
  of_init(self)->memory = memory;
  return memory != NULL;
}

static long TB_API info(void *self) {
  (void)self;
  return API_VERSION;
}

void tb_object_close_all(tb_object *object) {
  for (int i = 0; i < TB_DEVICES; i++) {
    tb_mutex_lock(&object->mutex);
    tb_session *session = object->devices[i];
    object->devices[i] = NULL;
    tb_mutex_unlock(&object->mutex);
    if (session != NULL) tb_session_close(session);
  }
}

static void TB_API done(void *self) {
  tb_object *object = of_init(self);
  tb_object_close_all(object);
  object->host = NULL;
}

static bool TB_API register_as(void *self, tb_char **name) {
  *name = tb_host_string(of_language(self)->memory, TB_W("Tillbridge"));
  return *name != NULL;
}

static long TB_API no_properties(void *self) {
  (void)self;
  return 0;
}
static long TB_API find_property(void *self, const tb_char *name) {
  (void)self, (void)name;
  return -1;
}
static const tb_char *TB_API property_name(void *self, long index, long language) {
  (void)self, (void)index, (void)language;
  return NULL;
}
static bool TB_API no_property(void *self, long index, tb_variant *value) {
  (void)self, (void)index, (void)value;
  return false;
}
static bool TB_API no_access(void *self, long index) {
  (void)self, (void)index;
  return false;
}

static long TB_API method_count(void *self) {
  (void)self;
  return tb_method_count();
}

static long TB_API find_method(void *self, const tb_char *name) {
  (void)self;
  return name == NULL ? -1 : tb_method_find(name);
}

static const tb_char *TB_API method_name(void *self, long index, long language) {
  const tb_method *method = tb_method_at(index);
  if (method == NULL || language < 0 || language > 1) return NULL;
  return tb_host_string(of_language(self)->memory, language == 0 ? method->english : method->russian);
}

static long TB_API parameter_count(void *self, long index) {
  (void)self;
  const tb_method *method = tb_method_at(index);
  return method == NULL ? 0 : method->parameters;
}

/* Only the text of Confirm may be left out. */
static bool TB_API default_value(void *self, long index, long parameter, tb_variant *value) {
  value->type = TB_VT_EMPTY;
  if (index < 0 || index != tb_method_find(TB_W("Confirm")) || parameter != 2) return false;
  return tb_put_string(of_language(self)->memory, value, TB_W(""));
}

static bool TB_API has_result(void *self, long index) {
  (void)self;
  return tb_method_at(index) != NULL;
}

static bool call(tb_object *object, long index, tb_variant *result, tb_variant *values, long count) {
  const tb_method *method = tb_method_at(index);
  /* Confirm's last parameter has a default, whether the host fills it in or not */
  long least = method == NULL ? 0 : method->parameters - (index == tb_method_find(TB_W("Confirm")) ? 1 : 0);
  if (method == NULL || object->memory == NULL || count < least || (least > 0 && values == NULL)) return false;
  return method->call(object, result, values, count);
}

static bool TB_API call_function(void *self, long index, tb_variant *result, tb_variant *values, long count) {
  if (result == NULL) return false;
  result->type = TB_VT_EMPTY;
  return call(of_language(self), index, result, values, count);
}

/* A function called as a statement: the result is thrown away. */
static bool TB_API call_procedure(void *self, long index, tb_variant *values, long count) {
  tb_object *object = of_language(self);
  tb_variant result;
  memset(&result, 0, sizeof result);
  bool done_ = call(object, index, &result, values, count);
  if (result.type == TB_VT_PWSTR) object->memory->table->free(object->memory, (void **)&result.value.wide.text);
  return done_;
}

/* "rus_RUS" on Windows, "ru_RU" on Linux; of the newer call "ru". Anything that is not Russian gets English. */
static void set_language(tb_object *object, const tb_char *name) {
  tb_char two[3];
  if (name == NULL || tb_length_within(name, 2) < 2) return;
  tb_copy(two, 3, name, 2);
  tb_mutex_lock(&object->mutex);
  object->english = !tb_same(two, TB_W("ru"));
  tb_mutex_unlock(&object->mutex);
}

static void TB_API set_locale(void *self, const tb_char *name) { set_language(of_locale(self), name); }
static void TB_API set_interface_language(void *self, const tb_char *code) { set_language(of_interface_language(self), code); }

#if TB_DESTRUCTOR_SLOTS == 2
#define DESTRUCTOR {(void *)(uintptr_t)unused_destructor, (void *)(uintptr_t)unused_destructor}
#else
#define DESTRUCTOR {(void *)(uintptr_t)unused_destructor}
#endif

static const tb_init_table init_table = {DESTRUCTOR, init, set_memory, info, done};
static const tb_language_table language_table = {
    DESTRUCTOR,   register_as, no_properties, find_property, property_name,   no_property,   no_property, no_access,      no_access,
    method_count, find_method, method_name,   parameter_count, default_value, has_result, call_procedure, call_function};
static const tb_locale_table locale_table = {DESTRUCTOR, set_locale};
static const tb_locale_table interface_language_table = {DESTRUCTOR, set_interface_language};

TB_EXPORT const tb_char *GetClassNames(void) { return TB_W("Tillbridge"); }

/* Gives 1, not the address: `long` has 32 bits on Windows, and an address whose lower half is zero would read as a failure. */
TB_EXPORT long GetClassObject(const tb_char *name, void **out) {
  if (name == NULL || out == NULL || *out != NULL || !tb_same(name, TB_W("Tillbridge"))) return 0;
  tb_object *object = calloc(1, sizeof *object);
  if (object == NULL || !tb_mutex_init(&object->mutex)) {
    free(object);
    return 0;
  }
  object->init = &init_table;
  object->language = &language_table;
  object->locale = &locale_table;
  object->interface_language = &interface_language_table;
  tb_settings_default(&object->settings);
  *out = object;
  return 1;
}

TB_EXPORT long DestroyObject(void **object) {
  if (object == NULL || *object == NULL) return -1;
  tb_object *ours = *object;
  tb_object_close_all(ours);
  tb_mutex_free(&ours->mutex);
  memset(&ours->settings, 0, sizeof ours->settings);
  free(ours);
  *object = NULL;
  return 0;
}

TB_EXPORT int SetPlatformCapabilities(int capabilities) { return capabilities < CAPABILITIES ? capabilities : CAPABILITIES; }

/* Both within the client and in its host process for add-ins. */
TB_EXPORT int GetAttachType(void) { return ATTACH_ANY; }
