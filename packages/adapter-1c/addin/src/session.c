#include "session.h"
#include <stdlib.h>
#include <string.h>
#include "port.h"
#include "text.h"

#define RAISE_AGAIN_MS 20
#define RAISES_A_TURN 16
#define CLOSE_MS 2000
#define FAREWELL_MS 300
#define WAIT_MAX_MS 60000
#define DEADLINE_MAX_MS 600000

struct tb_session {
  tb_mutex mutex;
  tb_condition ended_changed;
  unsigned references;
  bool closing;
  bool ended; /* the thread touches nothing of ours any more but this lock */
  tb_thread thread;
  tb_waker waker;
  tb_host *host;
  tb_settings settings;
  tb_link link;
  tb_ledger ledger;
  tb_log log;
  uint64_t raise_at; /* not before, after 1C refused */
};

static void say_status(tb_session *s, const char *id, const tb_record *record) {
  tb_out line = {.bytes = 0};
  tb_out_raw(&line, "{\"type\":\"status\",\"id\":");
  tb_out_text(&line, id);
  tb_out_raw(&line, ",\"state\":\"");
  tb_out_raw(&line, tb_state_name(record == NULL ? TB_NONE : record->state));
  if (record != NULL && record->reason != TB_NO_REASON) {
    tb_out_raw(&line, "\",\"reason\":\"");
    tb_out_raw(&line, tb_reason_name(record->reason));
  }
  tb_out_raw(&line, "\"}");
  tb_link_send(&s->link, &line);
}

static void say_confirm(tb_session *s, const tb_record *record, const tb_confirm *confirm) {
  static const tb_char nothing[1] = {0};
  const tb_char *text = confirm == NULL ? nothing : confirm->text;
  tb_out line = {.bytes = 0};
  tb_out_raw(&line, "{\"type\":\"confirm\",\"id\":");
  tb_out_text(&line, record->id);
  tb_out_raw(&line, ",\"state\":\"");
  tb_out_raw(&line, tb_verdict_name(record->verdict));
  tb_out_raw(&line, "\",\"text\":");
  tb_out_wide(&line, text, tb_length(text));
  tb_out_raw(&line, "}");
  tb_link_send(&s->link, &line);
}

static void report(tb_session *s, const tb_record *record) {
  if (record->state == TB_EXPIRED || record->state == TB_REFUSED || record->state == TB_DROPPED)
    tb_log_line(&s->log, "delivery %llu: %s, %s", (unsigned long long)record->seq, tb_state_name(record->state), tb_reason_name(record->reason));
  say_status(s, record->id, record);
}

static void say_confirms(tb_session *s) {
  while (s->link.state == TB_LINK_READY) {
    tb_confirm *confirm = tb_ledger_unsent(&s->ledger, tb_now());
    if (confirm == NULL) return;
    confirm->sent = true;
    say_confirm(s, &s->ledger.memory[confirm->record], confirm);
  }
}

static bool is_id(const char *id) {
  if (*id == 0) return false;
  for (; *id != 0; id++)
    if (!((*id >= 'A' && *id <= 'Z') || (*id >= 'a' && *id <= 'z') || (*id >= '0' && *id <= '9') || strchr("._:-", *id) != NULL)) return false;
  return true;
}

static bool event_of(const tb_json *message, tb_event *event, bool *known) {
  char name[33];
  const tb_json_member *member = tb_json_find(message, "event");
  *event = TB_EVENT_BARCODE;
  *known = true;
  if (member == NULL) return true;
  if (member->type != TB_JSON_STRING) return false;
  *known = tb_json_text(member, name, sizeof name) && (strcmp(name, "barcode") == 0 || strcmp(name, "card") == 0);
  if (*known && strcmp(name, "card") == 0) *event = TB_EVENT_CARD;
  return true;
}

static bool raise_some(tb_session *s);

static bool on_deliver(tb_session *s, const char *id, const tb_json *message) {
  uint64_t seq, expires;
  tb_event event;
  bool known_event;
  tb_char data[TB_DATA_UNITS + 2];
  const tb_json_member *text = tb_json_find(message, "data");
  if (!tb_json_whole(tb_json_find(message, "seq"), &seq) || !tb_json_whole(tb_json_find(message, "expiresInMs"), &expires)) return false;
  if (text == NULL || text->type != TB_JSON_STRING || !event_of(message, &event, &known_event)) return false;
  const tb_record *record = tb_ledger_find(&s->ledger, id);
  if (record != NULL) {
    if (record->state != TB_WAITING && record->state != TB_RAISING) say_status(s, id, record);
    return true;
  }
  /* a burst that came in one piece: hand over what 1C takes before anything is refused as too much */
  if (s->ledger.waiting_count == TB_WAITING_MAX) raise_some(s);
  if (!known_event) record = tb_ledger_refuse(&s->ledger, id, seq, TB_BAD_EVENT);
  else if (expires == 0 || expires > DEADLINE_MAX_MS) record = tb_ledger_refuse(&s->ledger, id, seq, TB_BAD_DEADLINE);
  else record = tb_ledger_add(&s->ledger, id, seq, event, data, tb_json_wide(text, data, TB_DATA_UNITS + 2), tb_now() + expires);
  memset(data, 0, sizeof data);
  if (record->state == TB_REFUSED) report(s, record);
  return true;
}

static bool on_message(void *context, const char *type, const tb_json *message) {
  tb_session *s = context;
  char id[TB_ID_BYTES + 1];
  bool deliver = strcmp(type, "deliver") == 0;
  bool withdraw = strcmp(type, "withdraw") == 0;
  if (!deliver && !withdraw && strcmp(type, "query") != 0) return true;
  if (!tb_json_text(tb_json_find(message, "id"), id, sizeof id) || !is_id(id)) return false;
  if (deliver) return on_deliver(s, id, message);
  tb_record *record = tb_ledger_find(&s->ledger, id);
  if (record != NULL && withdraw) tb_ledger_withdraw(&s->ledger, record);
  say_status(s, id, record);
  if (record != NULL && record->verdict != TB_NOT_CONFIRMED && record->state == TB_QUEUED) {
    tb_confirm *confirm = tb_ledger_confirm_of(&s->ledger, record);
    if (confirm != NULL) confirm->sent = true;
    say_confirm(s, record, confirm);
  }
  return true;
}

/* Called with the lock, which is open while 1C has the event: 1C may call back from it. */
static bool hand_over(tb_session *s, const tb_pending *pending) {
  tb_char source[TB_DEVICE_UNITS + 1], event[TB_EVENT_UNITS + 1], data[TB_DATA_UNITS + 1];
  tb_host *host = s->host;
  tb_copy(source, TB_DEVICE_UNITS + 1, s->settings.device, tb_length(s->settings.device));
  if (pending->event == TB_EVENT_CARD) tb_copy(event, TB_EVENT_UNITS + 1, TB_W("TillbridgeCard"), 14);
  else tb_copy(event, TB_EVENT_UNITS + 1, s->settings.event, tb_length(s->settings.event));
  tb_copy(data, TB_DATA_UNITS + 1, pending->data, pending->units);
  tb_mutex_unlock(&s->mutex);
  bool taken = host->table->external_event(host, source, event, data);
  volatile tb_char *wiped = data;
  for (size_t i = 0; i < TB_DATA_UNITS; i++) wiped[i] = 0;
  tb_mutex_lock(&s->mutex);
  return taken;
}

static void expire(tb_session *s) {
  for (tb_record *record = tb_ledger_expire(&s->ledger, tb_now()); record != NULL; record = tb_ledger_expire(&s->ledger, tb_now())) report(s, record);
}

/* Raises what may be raised now; true where more could be. */
static bool raise_some(tb_session *s) {
  for (int i = 0; i < RAISES_A_TURN; i++) {
    expire(s);
    if (s->closing || tb_now() < s->raise_at) return false;
    tb_pending *pending = tb_ledger_raise(&s->ledger);
    if (pending == NULL) return false;
    const tb_record *record = tb_ledger_settle(&s->ledger, hand_over(s, pending));
    if (record != NULL) report(s, record);
    if (record == NULL || record->state == TB_WAITING) {
      s->raise_at = tb_now() + RAISE_AGAIN_MS;
      return false;
    }
    s->raise_at = 0;
  }
  return true;
}

static uint32_t patience(const tb_session *s, bool more) {
  uint64_t now = tb_now(), deadline = 0;
  uint32_t ms = tb_link_patience(&s->link, now);
  if (more) return 0;
  if (tb_ledger_deadline(&s->ledger, &deadline)) {
    uint64_t next = s->raise_at < deadline ? s->raise_at : deadline;
    uint32_t wait = next <= now ? 0 : (uint32_t)(next - now);
    if (wait < ms) ms = wait;
  }
  return ms < WAIT_MAX_MS ? ms : WAIT_MAX_MS;
}

static void write_log(tb_session *s) {
  char lines[TB_LOG_PENDING];
  size_t bytes = tb_log_take(&s->log, lines);
  if (bytes == 0 || s->settings.log_path[0] == 0) return;
  tb_mutex_unlock(&s->mutex);
  tb_file_append(s->settings.log_path, lines, bytes, TB_LOG_BYTES); /* a log that cannot be written must not stop a sale */
  tb_mutex_lock(&s->mutex);
}

static void say_goodbye(tb_session *s) {
  tb_out line = {.bytes = 0};
  for (tb_record *record = tb_ledger_drop(&s->ledger); record != NULL; record = tb_ledger_drop(&s->ledger)) report(s, record);
  say_confirms(s);
  tb_out_raw(&line, "{\"type\":\"bye\",\"reason\":\"closed\"}");
  tb_link_send(&s->link, &line);
  uint64_t until = tb_now() + FAREWELL_MS;
  for (tb_link_flush(&s->link); tb_link_wants_to_write(&s->link) && s->link.state == TB_LINK_READY && tb_now() < until; tb_link_flush(&s->link)) {
    tb_socket socket = s->link.socket;
    tb_mutex_unlock(&s->mutex);
    tb_waker_wait(&s->waker, socket, true, 20);
    tb_mutex_lock(&s->mutex);
  }
  tb_link_close(&s->link);
  tb_log_line(&s->log, "closed by 1C");
  write_log(s);
}

/* The token's file is read with the lock open: a path may lead to a dead network drive, and Close must not wait for that. */
static void fetch_token(tb_session *s) {
  char token[TB_TOKEN_BYTES + 1];
  if (!tb_link_needs_token(&s->link, tb_now())) return;
  tb_mutex_unlock(&s->mutex);
  bool found = tb_settings_token(&s->settings, token);
  tb_mutex_lock(&s->mutex);
  tb_link_token(&s->link, found ? token : NULL, &s->log);
  memset(token, 0, sizeof token);
}

static TB_THREAD_BODY(work) {
  tb_session *s = context;
  tb_mutex_lock(&s->mutex);
  while (!s->closing) {
    fetch_token(s);
    tb_link_turn(&s->link, &s->settings, &s->waker, &s->log, on_message, s);
    bool more = raise_some(s);
    say_confirms(s);
    tb_link_flush(&s->link);
    write_log(s);
    uint32_t ms = patience(s, more);
    tb_socket socket = s->link.socket;
    bool writing = tb_link_wants_to_write(&s->link);
    if (s->closing) break;
    tb_mutex_unlock(&s->mutex);
    tb_waker_wait(&s->waker, socket, writing, ms);
    tb_mutex_lock(&s->mutex);
  }
  say_goodbye(s);
  tb_network_stop();
  s->ended = true;
  tb_condition_signal(&s->ended_changed);
  tb_mutex_unlock(&s->mutex);
  tb_session_release(s);
  tb_thread_leave();
  return 0;
}

static void name_device(tb_session *s) {
  static const char prefix[] = "tillbridge-";
  size_t n = 0;
  if (s->settings.device[0] != 0) return;
  for (; prefix[n] != 0; n++) s->settings.device[n] = (tb_char)prefix[n];
  for (size_t i = 0; i <= TB_INSTANCE_DIGITS; i++) s->settings.device[n + i] = (tb_char)s->link.instance[i];
}

static void destroy(tb_session *s) {
  tb_ledger_free(&s->ledger);
  tb_waker_free(&s->waker);
  tb_condition_free(&s->ended_changed);
  tb_mutex_free(&s->mutex);
  memset(&s->settings, 0, sizeof s->settings);
  free(s);
}

tb_session *tb_session_open(tb_host *host, const tb_settings *settings) {
  tb_session *s = calloc(1, sizeof *s);
  if (s == NULL) return NULL;
  if (!tb_network_start()) {
    free(s);
    return NULL;
  }
  if (!tb_mutex_init(&s->mutex) || !tb_condition_init(&s->ended_changed) || !tb_waker_init(&s->waker)) {
    /* the system is out of everything: the few bytes that the first two may hold are not worth a path of their own */
    tb_network_stop();
    free(s);
    return NULL;
  }
  s->host = host;
  s->settings = *settings;
  s->references = 2; /* the caller's and the thread's */
  tb_link_init(&s->link, false);
  tb_ledger_init(&s->ledger);
  name_device(s);
  tb_mutex_lock(&s->mutex);
  bool started = tb_thread_start(&s->thread, work, s);
  tb_mutex_unlock(&s->mutex);
  if (started) return s;
  tb_network_stop();
  destroy(s);
  return NULL;
}

const tb_char *tb_session_device(const tb_session *session) { return session->settings.device; }

bool tb_session_confirm(tb_session *s, const char *id, tb_verdict verdict, const tb_char *text, size_t length) {
  tb_mutex_lock(&s->mutex);
  bool first = !s->closing && tb_ledger_confirm(&s->ledger, id, verdict, text, length, tb_now());
  tb_mutex_unlock(&s->mutex);
  if (first) tb_waker_wake(&s->waker);
  return first;
}

static void view_link(const tb_link *link, tb_link_view *view) {
  memset(view, 0, sizeof *view);
  view->state = link->state;
  view->trouble = link->trouble;
  memcpy(view->till, link->till, sizeof view->till);
  memcpy(view->daemon, link->daemon, sizeof view->daemon);
  memcpy(view->refusal, link->refusal, sizeof view->refusal);
  memcpy(view->refusal_text, link->refusal_text, sizeof view->refusal_text);
}

void tb_session_view(tb_session *s, tb_link_view *view) {
  tb_mutex_lock(&s->mutex);
  view_link(&s->link, view);
  tb_mutex_unlock(&s->mutex);
}

void tb_session_hold(tb_session *s) {
  tb_mutex_lock(&s->mutex);
  s->references++;
  tb_mutex_unlock(&s->mutex);
}

void tb_session_release(tb_session *s) {
  tb_mutex_lock(&s->mutex);
  bool last = --s->references == 0;
  tb_mutex_unlock(&s->mutex);
  if (last) destroy(s);
}

void tb_session_close(tb_session *s) {
  uint64_t until = tb_now() + CLOSE_MS;
  tb_mutex_lock(&s->mutex);
  s->closing = true;
  tb_waker_wake(&s->waker);
  bool inside = tb_thread_is_me(&s->thread); /* from within an event: waiting for ourselves would never end */
  for (uint64_t now = tb_now(); !inside && !s->ended && now < until; now = tb_now()) tb_condition_wait(&s->ended_changed, &s->mutex, (uint32_t)(until - now));
  bool ended = s->ended;
  tb_mutex_unlock(&s->mutex);
  if (ended) tb_thread_join(&s->thread);
  else tb_thread_abandon(&s->thread);
  tb_session_release(s);
}

void tb_probe(const tb_settings *settings, tb_link_view *view) {
  tb_waker waker;
  tb_log log = {.bytes = 0};
  tb_link *link = malloc(sizeof *link);
  memset(view, 0, sizeof *view);
  if (link == NULL) return;
  if (!tb_network_start()) {
    free(link);
    return;
  }
  if (tb_waker_init(&waker)) {
    char token[TB_TOKEN_BYTES + 1];
    tb_link_init(link, true);
    tb_link_token(link, tb_settings_token(settings, token) ? token : NULL, &log);
    memset(token, 0, sizeof token);
    tb_link_turn(link, settings, &waker, &log, NULL, NULL);
    /* one try: each of its steps has its own time */
    while (link->state == TB_LINK_CONNECTING || link->state == TB_LINK_GREETING) {
      tb_waker_wait(&waker, link->socket, tb_link_wants_to_write(link), tb_link_patience(link, tb_now()));
      tb_link_turn(link, settings, &waker, &log, NULL, NULL);
    }
    view_link(link, view);
    tb_link_close(link);
    tb_waker_free(&waker);
  }
  tb_network_stop();
  free(link);
}
