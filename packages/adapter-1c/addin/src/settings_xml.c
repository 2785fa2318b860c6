/*
 * The parameters of a connection as 1C's equipment library writes them from 4.3 on: one flat element a parameter. This is no XML parser: it
 * finds <Parameter .../> and its two attributes, decodes the predefined and numeric entities, and knows no DTD, no CDATA and no nesting.
 */
#include "settings.h"
#include "text.h"

#define XML_UNITS 65536
#define VALUE_UNITS 1024

typedef struct {
  const tb_char *at;
  const tb_char *end;
} cursor;

static bool starts(const cursor *c, const tb_char *word) {
  size_t i = 0;
  for (; word[i] != 0; i++)
    if (c->at + i >= c->end || c->at[i] != word[i]) return false;
  return true;
}

static void skip_space(cursor *c) {
  while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\r' || *c->at == '\n')) c->at++;
}

/* &#1234; and &#x4D2; : zero where it is wrong. */
static uint32_t numeric(cursor *c) {
  uint32_t value = 0;
  bool hex = c->at < c->end && *c->at == 'x';
  if (hex) c->at++;
  for (; c->at < c->end && *c->at != ';'; c->at++) {
    tb_char d = *c->at;
    uint32_t digit = d >= '0' && d <= '9' ? d - '0' : hex && d >= 'a' && d <= 'f' ? d - 'a' + 10 : hex && d >= 'A' && d <= 'F' ? d - 'A' + 10 : 99;
    if (digit == 99 || value > 0x10FFFF) return 0;
    value = value * (hex ? 16 : 10) + digit;
  }
  if (c->at >= c->end || value > 0xFFFF) return 0; /* no setting needs more */
  c->at++;
  return value;
}

static uint32_t entity(cursor *c) {
  static const struct {
    const tb_char *name;
    size_t length;
    tb_char means;
  } known[] = {{u"amp;", 4, '&'}, {u"lt;", 3, '<'}, {u"gt;", 3, '>'}, {u"quot;", 5, '"'}, {u"apos;", 5, '\''}};
  if (c->at < c->end && *c->at == '#') {
    c->at++;
    return numeric(c);
  }
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (starts(c, known[i].name)) {
      c->at += known[i].length;
      return known[i].means;
    }
  return 0;
}

/* "value" or 'value'; TB_BAD where it is wrong or too long. */
static size_t quoted(cursor *c, tb_char *out, size_t room) {
  if (c->at >= c->end || (*c->at != '"' && *c->at != '\'')) return TB_BAD;
  tb_char quote = *c->at++;
  size_t n = 0;
  while (c->at < c->end && *c->at != quote) {
    uint32_t unit = *c->at++;
    if (unit == '<') return TB_BAD;
    if (unit == '&') unit = entity(c);
    if (unit == 0 || n + 1 >= room) return TB_BAD;
    out[n++] = (tb_char)unit;
  }
  if (c->at >= c->end) return TB_BAD;
  c->at++;
  out[n] = 0;
  return n;
}

static size_t attribute_name(cursor *c, tb_char *out, size_t room) {
  size_t n = 0;
  while (c->at < c->end && *c->at > ' ' && *c->at != '=' && *c->at != '/' && *c->at != '>') {
    if (n + 1 >= room) return TB_BAD;
    out[n++] = *c->at++;
  }
  out[n] = 0;
  return n == 0 ? TB_BAD : n;
}

/* After "<Parameter": its attributes up to the closing bracket. */
static tb_set_result parameter(cursor *c, tb_settings *settings) {
  tb_char name[65] = {0}, value[VALUE_UNITS + 1] = {0}, text[VALUE_UNITS + 1], attribute[33];
  size_t length = 0;
  for (;;) {
    skip_space(c);
    if (c->at >= c->end) return TB_SET_BAD_XML;
    if (*c->at == '/' || *c->at == '>') break;
    if (attribute_name(c, attribute, 33) == TB_BAD) return TB_SET_BAD_XML;
    skip_space(c);
    if (c->at >= c->end || *c->at++ != '=') return TB_SET_BAD_XML;
    skip_space(c);
    size_t n = quoted(c, text, VALUE_UNITS + 1);
    if (n == TB_BAD) return TB_SET_BAD_XML;
    if (tb_same(attribute, TB_W("Name"))) {
      if (!tb_copy(name, 65, text, n)) return TB_SET_DONE; /* none of ours is so long */
    } else if (tb_same(attribute, TB_W("Value"))) {
      tb_copy(value, VALUE_UNITS + 1, text, n);
      length = n;
    }
  }
  return name[0] == 0 ? TB_SET_BAD_XML : tb_settings_put(settings, name, value, length);
}

tb_set_result tb_settings_put_xml(tb_settings *settings, const tb_char *xml, size_t length) {
  cursor c = {xml, xml + length};
  bool root = false;
  if (length > XML_UNITS) return TB_SET_BAD_XML;
  while (c.at < c.end) {
    if (starts(&c, TB_W("<Parameters"))) root = true;
    bool element = starts(&c, TB_W("<Parameter")) && c.at + 10 < c.end && (c.at[10] <= ' ' || c.at[10] == '/');
    if (!element) {
      c.at++;
      continue;
    }
    c.at += 10;
    tb_set_result result = parameter(&c, settings);
    if (result != TB_SET_DONE && result != TB_SET_UNKNOWN) return result;
  }
  return root ? TB_SET_DONE : TB_SET_BAD_XML;
}

/* Names of both languages: drivers published by others for the same library. */
bool tb_is_scanner(const tb_char *type) { return tb_same(type, TB_W("СканерШтрихкода")) || tb_same(type, TB_W("BarcodeScanner")); }

bool tb_is_equipment(const tb_char *type) {
  static const tb_char *const names[] = {
      u"СчитывательМагнитныхКарт", u"CardReader",          u"СчитывательRFID",      u"RFIDReader",          u"ККТ",
      u"KKT",                      u"ПринтерЧеков",        u"ReceiptPrinter",       u"ПринтерЭтикеток",     u"LabelPrinter",
      u"ДисплейПокупателя",        u"CustomerDisplay",     u"ТерминалСбораДанных",  u"DataCollectionTerminal", u"ЭквайринговыйТерминал",
      u"POSTerminal",              u"ЭлектронныеВесы",     u"WeighingScales",       u"ВесыСПечатьюЭтикеток", u"LabelPrintingScale",
      u"ФискальныйРегистратор"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (tb_same(type, names[i])) return true;
  return tb_is_scanner(type);
}
