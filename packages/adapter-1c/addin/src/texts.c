#include "texts.h"
#include <string.h>
#include "text.h"

static const struct {
  const tb_char *russian;
  const tb_char *english;
} texts[TB_SAY_COUNT] = {
    [TB_SAY_NOTHING] = {u"", u""},
    [TB_SAY_BAD_HOST] = {u"Адрес службы: только этот компьютер, 127.0.0.1 или localhost", u"Host: this computer only, 127.0.0.1 or localhost"},
    [TB_SAY_BAD_PORT] = {u"Порт службы: число от 1 до 65535", u"Port: a number from 1 to 65535"},
    [TB_SAY_TOO_LONG] = {u"Значение параметра слишком длинное или содержит недопустимые знаки", u"The value of a parameter is too long or has characters that are not allowed"},
    [TB_SAY_BAD_TYPE] = {u"Драйвер работает только как сканер штрихкода", u"The driver works as a barcode scanner only"},
    [TB_SAY_BAD_XML] = {u"Параметры подключения не читаются", u"The connection parameters cannot be read"},
    [TB_SAY_NO_TOKEN] = {u"Не задан секрет: укажите файл с секретом или сам секрет в параметрах", u"No secret: name its file, or the secret itself, in the parameters"},
    [TB_SAY_BAD_ID] = {u"Устройство с таким идентификатором не подключено", u"No device with this id is open"},
    [TB_SAY_ID_IN_USE] = {u"Устройство с таким идентификатором уже подключено", u"A device with this id is open already"},
    [TB_SAY_TOO_MANY] = {u"Подключено слишком много устройств", u"Too many devices are open"},
    [TB_SAY_NO_RESOURCES] = {u"Системе не хватает памяти или потоков", u"The system has no memory or threads left"},
    [TB_SAY_NO_AUTO_SETUP] = {u"Автонастройки нет: задайте порт и секрет вручную", u"There is no automatic set-up: enter port and secret"},
    [TB_SAY_NO_ACTION] = {u"Дополнительных действий нет", u"There are no additional actions"},
    [TB_SAY_BAD_STATUS] = {u"Статус: applied, alreadyApplied, rejected, notFound или blocked", u"Status: applied, alreadyApplied, rejected, notFound or blocked"},
    [TB_SAY_NOT_CONFIRMED] = {u"Такой доставки не было, или она уже подтверждена", u"There was no such delivery, or it has been confirmed"},
    [TB_SAY_NO_DAEMON] = {u"Служба Tillbridge не отвечает: запущена ли она и тот ли порт?", u"The Tillbridge service does not answer: does it run, and is the port right?"},
    [TB_SAY_NO_ANSWER] = {u"По этому порту отвечает не Tillbridge", u"What answers at this port is not Tillbridge"},
    [TB_SAY_LOST] = {u"Связь со службой Tillbridge прервалась, подключаюсь снова", u"The connection to Tillbridge broke; connecting again"},
    [TB_SAY_REFUSED_TOKEN] = {u"Служба Tillbridge не приняла секрет: проверьте его в параметрах", u"Tillbridge did not accept the secret: check it in the parameters"},
    [TB_SAY_REFUSED_BUSY] = {u"Эта касса уже подключена из другого сеанса 1С", u"This till is already connected from another 1C session"},
    [TB_SAY_REFUSED_PROTOCOL] = {u"Версии драйвера и службы Tillbridge не подходят друг к другу: обновите драйвер", u"The versions of driver and service do not fit: update the driver"},
    [TB_SAY_REFUSED_TILL] = {u"Эта касса выключена в настройке Tillbridge", u"This till is switched off in Tillbridge's configuration"},
    [TB_SAY_REFUSED_STOPPING] = {u"Служба Tillbridge останавливается", u"The Tillbridge service is stopping"},
    [TB_SAY_REFUSED] = {u"Служба Tillbridge отказала", u"Tillbridge refused"},
    [TB_SAY_CONNECTING] = {u"Подключаюсь к службе Tillbridge", u"Connecting to Tillbridge"},
    [TB_SAY_CONNECTED] = {u"Связь есть, касса", u"Connected, till"},
    [TB_SAY_CLOSED] = {u"Устройство не подключено", u"The device is not open"},
};

const tb_char *tb_say_text(tb_say what, bool english) { return english ? texts[what].english : texts[what].russian; }

static tb_say refusal(const char *code) {
  static const struct {
    const char *code;
    tb_say say;
  } known[] = {{"token", TB_SAY_REFUSED_TOKEN}, {"busy", TB_SAY_REFUSED_BUSY}, {"protocol", TB_SAY_REFUSED_PROTOCOL}, {"till", TB_SAY_REFUSED_TILL}, {"stopping", TB_SAY_REFUSED_STOPPING}};
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (strcmp(code, known[i].code) == 0) return known[i].say;
  return TB_SAY_REFUSED;
}

tb_say tb_say_of_view(const tb_link_view *view) {
  static const tb_say troubles[] = {[TB_NOT_TRIED] = TB_SAY_CONNECTING, [TB_NO_TOKEN] = TB_SAY_NO_TOKEN,   [TB_NO_DAEMON] = TB_SAY_NO_DAEMON,
                                    [TB_NO_ANSWER] = TB_SAY_NO_ANSWER,  [TB_REFUSED_US] = TB_SAY_REFUSED, [TB_LOST] = TB_SAY_LOST};
  if (view->state == TB_LINK_READY) return TB_SAY_CONNECTED;
  return view->trouble == TB_REFUSED_US ? refusal(view->refusal) : troubles[view->trouble];
}

static size_t add(tb_char *out, size_t at, const tb_char *text, size_t length) {
  for (size_t i = 0; i < length && at < TB_SAY_UNITS; i++) out[at++] = text[i];
  out[at] = 0;
  return at;
}

void tb_say_view(const tb_link_view *view, bool english, tb_char *out) {
  tb_char till[65];
  tb_say what = tb_say_of_view(view);
  const tb_char *text = tb_say_text(what, english);
  size_t at = add(out, 0, text, tb_length(text));
  if (what == TB_SAY_CONNECTED && tb_from_utf8(till, 65, view->till, strlen(view->till)) != TB_BAD) {
    at = add(out, at, u" ", 1);
    add(out, at, till, tb_length(till));
  } else if (view->state != TB_LINK_READY && view->trouble == TB_REFUSED_US && view->refusal_text[0] != 0) {
    at = add(out, at, u": ", 2);
    add(out, at, view->refusal_text, tb_length(view->refusal_text));
  }
}
