/*
 * One open device: a thread that holds the connection and raises 1C's events, and what the host's threads may ask of it. Counted references,
 * because the thread may outlive Close when 1C never returns from an event.
 */
#ifndef TB_SESSION_H
#define TB_SESSION_H

#include <stdbool.h>
#include "abi.h"
#include "ledger.h"
#include "link.h"
#include "settings.h"

typedef struct tb_session tb_session;

/* What the administrator may be told about a connection. */
typedef struct {
  tb_link_state state;
  tb_link_trouble trouble;
  char till[65];
  char daemon[33];
  char refusal[33];
  tb_char refusal_text[201];
} tb_link_view;

/* `settings->device` may be empty. NULL where the system has no thread or memory left. */
tb_session *tb_session_open(tb_host *host, const tb_settings *settings);
const tb_char *tb_session_device(const tb_session *session);
/* The first confirmation of a raised delivery; false for any other. May be called from within an event. */
bool tb_session_confirm(tb_session *session, const char *id, tb_verdict verdict, const tb_char *text, size_t length);
void tb_session_view(tb_session *session, tb_link_view *view);
/* Ends it and gives the reference back. Returns within 2.5 s even if 1C does not return from an event; no event begins after that. */
void tb_session_close(tb_session *session);
void tb_session_hold(tb_session *session);
void tb_session_release(tb_session *session);

/* The equipment test: connects, greets, closes; at most 5 s. */
void tb_probe(const tb_settings *settings, tb_link_view *view);

#endif
