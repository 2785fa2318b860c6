#include "link.h"
#include <string.h>
#include "text.h"
#include "version.h"

#define CONNECT_MS 2000
#define WELCOME_MS 3000
#define STUCK_MS 5000
#define PAUSE_MIN_MS 250
#define PAUSE_MAX_MS 5000
#define PAUSE_REFUSED_MS 10000
#define PAUSE_LIMIT_MS 60000
#define STEADY_MS 10000
#define PING_MIN_MS 500
#define PING_MAX_MS 60000

void tb_link_init(tb_link *link, bool test) {
  static const char hex[] = "0123456789abcdef";
  memset(link, 0, sizeof *link);
  link->socket = TB_NO_SOCKET;
  link->test = test;
  link->pause = PAUSE_MIN_MS;
  uint64_t drawn = tb_random();
  for (int i = 0; i < TB_INSTANCE_DIGITS; i++) link->instance[i] = hex[drawn >> (4 * i) & 15];
}

static void wipe(char *text, size_t bytes) {
  for (volatile char *at = text; bytes > 0; bytes--) *at++ = 0;
}

static void close_socket(tb_link *link) {
  if (link->socket != TB_NO_SOCKET) tb_socket_close(link->socket);
  link->socket = TB_NO_SOCKET;
  link->state = TB_LINK_DOWN;
  link->received = 0;
  link->sending = 0;
  wipe(link->token, sizeof link->token);
}

/* 0.75 to 1.25 of it, so that the tills of a store do not come all at once */
static uint64_t spread(uint32_t ms) { return (uint64_t)ms * (75 + tb_random() % 51) / 100; }

static void retry_after(tb_link *link, uint64_t now, uint32_t ms) { link->retry_at = now + spread(ms); }

static void fail(tb_link *link, uint64_t now, tb_log *log, tb_link_trouble trouble, const char *why) {
  bool steady = link->state == TB_LINK_READY && now - link->since >= STEADY_MS;
  /* one line for a daemon that stays away, not one for each try */
  if (link->trouble != trouble || link->state == TB_LINK_READY) tb_log_line(log, "no connection: %s", why);
  close_socket(link);
  link->trouble = trouble;
  if (steady) link->pause = PAUSE_MIN_MS;
  retry_after(link, now, link->pause);
  link->pause = link->pause * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : link->pause * 2;
}

bool tb_link_needs_token(const tb_link *link, uint64_t now) {
  return link->state == TB_LINK_DOWN && link->token[0] == 0 && now >= link->retry_at;
}

void tb_link_token(tb_link *link, const char *token, tb_log *log) {
  if (token == NULL) fail(link, tb_now(), log, TB_NO_TOKEN, "no token: neither in the settings nor in its file");
  else memcpy(link->token, token, strlen(token) + 1);
}

static void connect_now(tb_link *link, uint64_t now, const tb_settings *settings, tb_waker *waker, tb_log *log) {
  link->socket = tb_socket_connect(waker, settings->address, settings->port);
  if (link->socket == TB_NO_SOCKET) {
    fail(link, now, log, TB_NO_DAEMON, "nobody listens at the address");
    return;
  }
  link->state = TB_LINK_CONNECTING;
  link->since = now;
}

static void append(tb_link *link, const char *bytes, size_t count, uint64_t now) {
  if (link->sending == 0) link->moved = now;
  memcpy(link->out + link->sending, bytes, count);
  link->sending += count;
}

static void greet(tb_link *link, uint64_t now, const tb_settings *settings, tb_log *log) {
  tb_out line = {.bytes = 0};
  char machine[65], program[65];
  uint32_t process = tb_process(machine, sizeof machine, program, sizeof program);
  tb_out_raw(&line, "{\"type\":\"hello\",\"protocol\":1,\"token\":");
  tb_out_text(&line, link->token);
  tb_out_raw(&line, ",\"driver\":\"" TB_VERSION "\",\"device\":");
  tb_out_wide(&line, settings->device, tb_length(settings->device));
  tb_out_raw(&line, ",\"instance\":");
  tb_out_text(&line, link->instance);
  tb_out_raw(&line, ",\"client\":{\"host\":");
  tb_out_text(&line, machine);
  tb_out_raw(&line, ",\"pid\":");
  tb_out_number(&line, process);
  tb_out_raw(&line, ",\"name\":");
  tb_out_text(&line, program);
  tb_out_raw(&line, link->test ? "},\"test\":true}" : "},\"test\":false}");
  wipe(link->token, sizeof link->token);
  if (!tb_out_end(&line)) {
    fail(link, now, log, TB_NO_TOKEN, "the token is no UTF-8 text");
    return;
  }
  link->state = TB_LINK_GREETING;
  link->since = now;
  link->heard = now;
  append(link, line.text, line.bytes, now);
  wipe(line.text, line.bytes);
}

void tb_link_send(tb_link *link, tb_out *line) {
  if (link->state != TB_LINK_READY) return;
  bool complete = tb_out_end(line);
  if (!complete) return; /* cannot be: every line of ours is bounded below that */
  /* no room: the daemon does not read. The connection is closed by the next turn, which sees the full buffer */
  if (link->sending + line->bytes > TB_SEND_BYTES) {
    link->sending = TB_SEND_BYTES;
    return;
  }
  append(link, line->text, line->bytes, tb_now());
}

static bool welcomed(tb_link *link, const tb_json *message, uint64_t now, tb_log *log) {
  uint64_t protocol = 0, ping = 0;
  if (!tb_json_whole(tb_json_find(message, "protocol"), &protocol) || protocol != 1) return false;
  if (!tb_json_whole(tb_json_find(message, "pingMs"), &ping) || ping < PING_MIN_MS || ping > PING_MAX_MS) return false;
  if (!tb_json_text(tb_json_find(message, "till"), link->till, sizeof link->till)) return false;
  if (!tb_json_text(tb_json_find(message, "daemon"), link->daemon, sizeof link->daemon)) return false;
  link->ping_ms = (uint32_t)ping;
  link->state = TB_LINK_READY;
  link->since = now;
  link->trouble = TB_NOT_TRIED;
  tb_log_line(log, "connected: till %s, daemon %s", link->till, link->daemon);
  return true;
}

static bool refused(tb_link *link, const tb_json *message, uint64_t now, tb_log *log) {
  uint64_t retry = PAUSE_REFUSED_MS;
  char code[sizeof link->refusal];
  if (!tb_json_text(tb_json_find(message, "code"), code, sizeof code)) return false;
  size_t units = tb_json_wide(tb_json_find(message, "text"), link->refusal_text, 201);
  if (units == TB_BAD) link->refusal_text[0] = 0;
  for (tb_char *c = link->refusal_text; *c != 0; c++)
    if (*c < 0x20) *c = ' ';
  tb_json_whole(tb_json_find(message, "retryMs"), &retry);
  retry = retry < PAUSE_MIN_MS ? PAUSE_MIN_MS : retry > PAUSE_LIMIT_MS ? PAUSE_LIMIT_MS : retry;
  if (link->trouble != TB_REFUSED_US || strcmp(code, link->refusal) != 0) tb_log_line(log, "refused by the daemon: %s", code);
  memcpy(link->refusal, code, sizeof code);
  close_socket(link);
  link->trouble = TB_REFUSED_US;
  retry_after(link, now, (uint32_t)retry);
  return true;
}

static bool pong(tb_link *link, const tb_json *message) {
  uint64_t n;
  if (!tb_json_whole(tb_json_find(message, "n"), &n)) return false;
  tb_out line = {.bytes = 0};
  tb_out_raw(&line, "{\"type\":\"pong\",\"n\":");
  tb_out_number(&line, n);
  tb_out_raw(&line, "}");
  tb_link_send(link, &line);
  return true;
}

typedef struct {
  tb_link *link;
  tb_log *log;
  tb_link_handler handler;
  void *context;
  uint64_t now;
} turn;

/* false: a protocol fault. */
static bool take_line(const turn *t, const char *line, size_t bytes) {
  tb_json message;
  char type[33];
  if (bytes > 0 && line[bytes - 1] == '\r') bytes--;
  if (bytes == 0) return true;
  if (!tb_json_read(&message, line, bytes)) return false;
  const tb_json_member *name = tb_json_find(&message, "type");
  if (name == NULL || name->type != TB_JSON_STRING) return false;
  if (!tb_json_text(name, type, sizeof type)) return true; /* too long for any that we know */
  if (t->link->state == TB_LINK_GREETING) {
    if (strcmp(type, "welcome") == 0) return welcomed(t->link, &message, t->now, t->log);
    if (strcmp(type, "refuse") == 0) return refused(t->link, &message, t->now, t->log);
    return true;
  }
  if (strcmp(type, "ping") == 0) return pong(t->link, &message);
  return t->handler == NULL || t->handler(t->context, type, &message);
}

/* Hands over the whole lines that have come; false on a fault. */
static bool take_lines(const turn *t) {
  tb_link *link = t->link;
  size_t from = 0;
  for (;;) {
    char *end = memchr(link->in + from, '\n', link->received - from);
    if (end == NULL) break;
    if (!take_line(t, link->in + from, (size_t)(end - link->in) - from)) return false;
    if (link->state != TB_LINK_GREETING && link->state != TB_LINK_READY) return true; /* refused */
    from = (size_t)(end - link->in) + 1;
  }
  link->received -= from;
  memmove(link->in, link->in + from, link->received);
  return link->received < sizeof link->in;
}

static void read_all(const turn *t) {
  tb_link *link = t->link;
  /* bounded, so that a daemon that never stops cannot keep us from our deadlines */
  for (int i = 0; i < 64 && link->state >= TB_LINK_GREETING; i++) {
    int n = tb_socket_read(link->socket, link->in + link->received, sizeof link->in - link->received);
    if (n == 0) return;
    if (n < 0) {
      fail(link, t->now, t->log, link->state == TB_LINK_READY ? TB_LOST : TB_NO_ANSWER, "the daemon closed it");
      return;
    }
    link->heard = t->now;
    link->received += (size_t)n;
    if (!take_lines(t)) {
      fail(link, t->now, t->log, TB_LOST, "the daemon said what is not in the protocol");
      return;
    }
    /* a test has its answer; that the daemon closes behind it is no fault */
    if (link->test && link->state == TB_LINK_READY) return;
  }
}

void tb_link_flush(tb_link *link) {
  size_t from = 0;
  if (link->state < TB_LINK_GREETING || link->sending == TB_SEND_BYTES) return;
  while (from < link->sending) {
    int n = tb_socket_write(link->socket, link->out + from, link->sending - from);
    if (n <= 0) break; /* broken: reading finds it out too */
    from += (size_t)n;
    link->moved = tb_now();
  }
  link->sending -= from;
  memmove(link->out, link->out + from, link->sending);
}

static void check_times(tb_link *link, uint64_t now, tb_log *log) {
  if (link->state == TB_LINK_CONNECTING && now - link->since >= CONNECT_MS) fail(link, now, log, TB_NO_DAEMON, "nobody answers at the address");
  else if (link->state == TB_LINK_GREETING && now - link->since >= WELCOME_MS) fail(link, now, log, TB_NO_ANSWER, "no answer to the greeting");
  else if (link->state == TB_LINK_READY && now - link->heard >= 3u * link->ping_ms) fail(link, now, log, TB_LOST, "the daemon fell silent");
  else if (link->state == TB_LINK_READY && (link->sending == TB_SEND_BYTES || (link->sending > 0 && now - link->moved >= STUCK_MS)))
    fail(link, now, log, TB_LOST, "the daemon does not read");
}

void tb_link_turn(tb_link *link, const tb_settings *settings, tb_waker *waker, tb_log *log, tb_link_handler handler, void *context) {
  turn t = {link, log, handler, context, tb_now()};
  if (link->state == TB_LINK_DOWN && link->token[0] != 0) connect_now(link, t.now, settings, waker, log);
  if (link->state == TB_LINK_CONNECTING) {
    int connected = tb_socket_connected(link->socket);
    if (connected < 0) fail(link, t.now, log, TB_NO_DAEMON, "nobody listens at the address");
    else if (connected > 0) greet(link, t.now, settings, log);
  }
  read_all(&t);
  tb_link_flush(link);
  check_times(link, t.now, log);
}

uint32_t tb_link_patience(const tb_link *link, uint64_t now) {
  uint64_t at = link->state == TB_LINK_DOWN         ? link->retry_at
                : link->state == TB_LINK_CONNECTING ? link->since + CONNECT_MS
                : link->state == TB_LINK_GREETING   ? link->since + WELCOME_MS
                                                    : link->heard + 3u * (uint64_t)link->ping_ms;
  if (link->state == TB_LINK_READY && link->sending > 0 && link->moved + STUCK_MS < at) at = link->moved + STUCK_MS;
  return at <= now ? 0 : (uint32_t)(at - now);
}

bool tb_link_wants_to_write(const tb_link *link) {
  return link->state == TB_LINK_CONNECTING || (link->state >= TB_LINK_GREETING && link->sending > 0 && link->sending < TB_SEND_BYTES);
}

void tb_link_close(tb_link *link) { close_socket(link); }
