/*
 * The connection to the daemon: connects, greets, keeps alive, splits lines; firmware-docs/1c-line-protocol.md. Knows nothing of deliveries.
 * One owner; the owner waits for the socket and calls tb_link_turn.
 */
#ifndef TB_LINK_H
#define TB_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "json.h"
#include "log.h"
#include "port.h"
#include "settings.h"

#define TB_INSTANCE_DIGITS 16
#define TB_SEND_BYTES 65536

typedef enum { TB_LINK_DOWN, TB_LINK_CONNECTING, TB_LINK_GREETING, TB_LINK_READY } tb_link_state;
/* Why there is no session; the last reason stays until the next session. */
typedef enum { TB_NOT_TRIED, TB_NO_TOKEN, TB_NO_DAEMON, TB_NO_ANSWER, TB_REFUSED_US, TB_LOST } tb_link_trouble;

typedef struct {
  tb_link_state state;
  tb_link_trouble trouble;
  tb_socket socket;
  bool test;
  char instance[TB_INSTANCE_DIGITS + 1];
  uint64_t since;    /* of this state */
  uint64_t heard;    /* the last byte of the daemon */
  uint64_t moved;    /* the last byte of ours that the daemon took, or when the first began to wait */
  uint64_t retry_at; /* while down */
  uint32_t pause;
  uint32_t ping_ms;
  char till[65];
  char daemon[33];
  char refusal[33];
  tb_char refusal_text[201];
  char token[TB_TOKEN_BYTES + 1]; /* from tb_link_token until the greeting is written */
  size_t received;
  size_t sending;
  char in[TB_LINE_BYTES];
  char out[TB_SEND_BYTES];
} tb_link;

/* A message of the session other than ping and pong; false: it is a fault, and the connection is closed. */
typedef bool (*tb_link_handler)(void *context, const char *type, const tb_json *message);

void tb_link_init(tb_link *link, bool test);
/* It is time to try: read the token, which may take a slow disk its time, and give it. */
bool tb_link_needs_token(const tb_link *link, uint64_t now);
/* NULL where there is none. */
void tb_link_token(tb_link *link, const char *token, tb_log *log);
/* Does all that can be done now, without waiting: connects, reads, writes, notices what took too long. */
void tb_link_turn(tb_link *link, const tb_settings *settings, tb_waker *waker, tb_log *log, tb_link_handler handler, void *context);
/* Milliseconds until tb_link_turn must be called at the latest. */
uint32_t tb_link_patience(const tb_link *link, uint64_t now);
bool tb_link_wants_to_write(const tb_link *link);
/* Queues a line. In any state but READY it is passed over: the daemon asks after a reconnect. */
void tb_link_send(tb_link *link, tb_out *line);
/* Writes what is queued, as far as that goes now. */
void tb_link_flush(tb_link *link);
void tb_link_close(tb_link *link);

#endif
