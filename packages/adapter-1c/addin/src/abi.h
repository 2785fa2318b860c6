/*
 * The binary interface of 1C:Enterprise add-ins (Native API), laid out by hand.
 *
 * 1C's headers declare C++ classes; these are the tables that a compiler makes of them. C, because a Windows library that MinGW builds from
 * the C++ classes has the wrong tables: MinGW gives a virtual destructor two slots (Itanium C++ ABI), 1C is built with MSVC, which gives it one.
 * Order of members: AddInDefBase.h, ComponentBase.h, IMemoryManager.h, types.h of 1C, as public templates carry them (lintest/AddinTemplate,
 * medigor/addin1c). Sizes were measured against those headers: tVariant has 64 bytes on Linux x86-64, 48 on Windows x64 and x86.
 */
#ifndef TB_ABI_H
#define TB_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#ifdef _WIN32
#define TB_API __stdcall /* ADDIN_API of types.h; means something on x86 only */
#define TB_EXPORT __declspec(dllexport)
#define TB_DESTRUCTOR_SLOTS 1
#else
#define TB_API
#define TB_EXPORT __attribute__((visibility("default")))
#define TB_DESTRUCTOR_SLOTS 2
#endif

/* WCHAR_T of 1C: two bytes everywhere. */
typedef uint16_t tb_char;

enum {
  TB_VT_EMPTY = 0,
  TB_VT_I2 = 2,
  TB_VT_I4 = 3,
  TB_VT_R4 = 4,
  TB_VT_R8 = 5,
  TB_VT_PSTR = 8,
  TB_VT_BOOL = 11,
  TB_VT_I1 = 13,
  TB_VT_UI1 = 14,
  TB_VT_UI2 = 15,
  TB_VT_UI4 = 16,
  TB_VT_I8 = 17,
  TB_VT_UI8 = 18,
  TB_VT_PWSTR = 22
};

/* tVariant */
typedef struct {
  union {
    int8_t i1;
    uint8_t u1;
    int16_t i2;
    uint16_t u2;
    int32_t i4;
    uint32_t u4;
    int64_t i8;
    uint64_t u8;
    float r4;
    double r8;
    bool b;
    struct {
      char *text;
      uint32_t length;
    } narrow;
    struct {
      tb_char *text;
      uint32_t length; /* characters, without the closing zero */
    } wide;
    struct tm time;
    struct {
      void *interface_;
      uint8_t id[16];
    } object;
  } value;
  uint32_t elements;
  uint16_t type;
} tb_variant;

typedef struct tb_memory tb_memory;
typedef struct {
  void *destructor[TB_DESTRUCTOR_SLOTS];
  bool(TB_API *alloc)(tb_memory *self, void **memory, unsigned long bytes);
  void(TB_API *free)(tb_memory *self, void **memory);
} tb_memory_table;
struct tb_memory {
  const tb_memory_table *table;
};

typedef struct tb_host tb_host;
typedef struct {
  void *destructor[TB_DESTRUCTOR_SLOTS];
  bool(TB_API *add_error)(tb_host *self, unsigned short code, const tb_char *source, const tb_char *text, long exception);
  bool(TB_API *read)(tb_host *self, tb_char *name, tb_variant *value, long *error, tb_char **text);
  bool(TB_API *write)(tb_host *self, tb_char *name, tb_variant *value);
  bool(TB_API *register_profile)(tb_host *self, tb_char *name);
  bool(TB_API *set_event_depth)(tb_host *self, long depth);
  long(TB_API *get_event_depth)(tb_host *self);
  bool(TB_API *external_event)(tb_host *self, tb_char *source, tb_char *event, tb_char *data);
  void(TB_API *clean_events)(tb_host *self);
  bool(TB_API *set_status)(tb_host *self, tb_char *text);
  void(TB_API *reset_status)(tb_host *self);
} tb_host_table;
/* IAddInDefBase */
struct tb_host {
  const tb_host_table *table;
};

typedef struct {
  void *destructor[TB_DESTRUCTOR_SLOTS];
  bool(TB_API *init)(void *self, void *host);
  bool(TB_API *set_memory)(void *self, void *memory);
  long(TB_API *info)(void *self);
  void(TB_API *done)(void *self);
} tb_init_table;

typedef struct {
  void *destructor[TB_DESTRUCTOR_SLOTS];
  bool(TB_API *register_as)(void *self, tb_char **name);
  long(TB_API *properties)(void *self);
  long(TB_API *find_property)(void *self, const tb_char *name);
  const tb_char *(TB_API *property_name)(void *self, long index, long language);
  bool(TB_API *get_property)(void *self, long index, tb_variant *value);
  bool(TB_API *set_property)(void *self, long index, tb_variant *value);
  bool(TB_API *is_readable)(void *self, long index);
  bool(TB_API *is_writable)(void *self, long index);
  long(TB_API *methods)(void *self);
  long(TB_API *find_method)(void *self, const tb_char *name);
  const tb_char *(TB_API *method_name)(void *self, long index, long language);
  long(TB_API *parameters)(void *self, long index);
  bool(TB_API *default_value)(void *self, long index, long parameter, tb_variant *value);
  bool(TB_API *has_result)(void *self, long index);
  bool(TB_API *call_procedure)(void *self, long index, tb_variant *values, long count);
  bool(TB_API *call_function)(void *self, long index, tb_variant *result, tb_variant *values, long count);
} tb_language_table;

/* LocaleBase and UserLanguageBase have one method each, of the same shape. */
typedef struct {
  void *destructor[TB_DESTRUCTOR_SLOTS];
  void(TB_API *set)(void *self, const tb_char *language);
} tb_locale_table;

#if defined(__x86_64__) && defined(__linux__)
_Static_assert(sizeof(tb_variant) == 64 && offsetof(tb_variant, elements) == 56 && offsetof(tb_variant, type) == 60, "tVariant on Linux x86-64");
#elif defined(_WIN32)
_Static_assert(sizeof(tb_variant) == 48 && offsetof(tb_variant, elements) == 40 && offsetof(tb_variant, type) == 44, "tVariant on Windows");
#endif

#endif
