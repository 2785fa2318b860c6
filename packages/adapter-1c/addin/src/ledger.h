/*
 * What became of each delivery: those that wait for 1C, in order, and the memory of those that ended, so that none is ever raised twice.
 * Pure: no threads, no clock of its own; times are milliseconds of one clock.
 */
#ifndef TB_LEDGER_H
#define TB_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "abi.h"

#define TB_ID_BYTES 64
#define TB_DATA_UNITS 1024
#define TB_CONFIRM_UNITS 200
#define TB_WAITING_MAX 50
#define TB_MEMORY 1024
#define TB_CONFIRMS 64
#define TB_CONFIRM_KEPT_MS 60000

typedef enum { TB_NONE, TB_WAITING, TB_RAISING, TB_QUEUED, TB_EXPIRED, TB_REFUSED, TB_DROPPED } tb_state;

typedef enum {
  TB_NO_REASON,
  TB_HOST_BUSY,
  TB_LATE,
  TB_FULL,
  TB_EMPTY,
  TB_TOO_LONG,
  TB_NUL,
  TB_BAD_TEXT,
  TB_BAD_EVENT,
  TB_BAD_DEADLINE,
  TB_WITHDRAWN,
  TB_CLOSED
} tb_reason;

typedef enum { TB_EVENT_BARCODE, TB_EVENT_CARD } tb_event;

typedef enum { TB_NOT_CONFIRMED, TB_APPLIED, TB_ALREADY_APPLIED, TB_REJECTED, TB_NOT_FOUND, TB_BLOCKED } tb_verdict;

typedef struct {
  char id[TB_ID_BYTES + 1];
  uint32_t hash;
  uint64_t seq;
  tb_state state;
  tb_reason reason;
  tb_verdict verdict;
} tb_record;

typedef struct {
  size_t record; /* index into the memory */
  tb_event event;
  uint64_t deadline;
  bool told; /* `waiting` was sent */
  size_t units;
  tb_char data[TB_DATA_UNITS + 1];
} tb_pending;

typedef struct {
  size_t record;
  char id[TB_ID_BYTES + 1];
  uint64_t since;
  bool used;
  bool sent;
  tb_char text[TB_CONFIRM_UNITS + 1];
} tb_confirm;

typedef struct {
  tb_record memory[TB_MEMORY];
  size_t next; /* where the next record goes: over the oldest that has ended */
  tb_pending *waiting[TB_WAITING_MAX];
  size_t waiting_count;
  tb_confirm confirms[TB_CONFIRMS];
  size_t next_confirm;
} tb_ledger;

const char *tb_state_name(tb_state state);
/* NULL where there is none. */
const char *tb_reason_name(tb_reason reason);
const char *tb_verdict_name(tb_verdict verdict);

void tb_ledger_init(tb_ledger *ledger);
void tb_ledger_free(tb_ledger *ledger);

/* NULL where this id was never given, or long ago. */
tb_record *tb_ledger_find(tb_ledger *ledger, const char *id);
/* A new delivery: waits, or is refused at once. The id must not be known. `units` may be TB_BAD where the text was too long. */
tb_record *tb_ledger_add(tb_ledger *ledger, const char *id, uint64_t seq, tb_event event, const tb_char *data, size_t units, uint64_t deadline);
/* A delivery that is refused before it has data. */
tb_record *tb_ledger_refuse(tb_ledger *ledger, const char *id, uint64_t seq, tb_reason reason);
/* Ends one whose deadline has passed; NULL where there is none. Call until NULL. */
tb_record *tb_ledger_expire(tb_ledger *ledger, uint64_t now);
/* The delivery whose turn it is, now `raising`; its data stays valid until it is settled. NULL where nothing waits. */
tb_pending *tb_ledger_raise(tb_ledger *ledger);
/* What the host said to the one being raised. NULL where it waits on and that was told before. */
tb_record *tb_ledger_settle(tb_ledger *ledger, bool taken);
/* Takes back one that waits; one being raised stays. */
void tb_ledger_withdraw(tb_ledger *ledger, tb_record *record);
/* The device closes: ends the first that waits, NULL where there is none. Call until NULL. */
tb_record *tb_ledger_drop(tb_ledger *ledger);
/* When the next one becomes too old; false where nothing waits. */
bool tb_ledger_deadline(const tb_ledger *ledger, uint64_t *at);

/* The first confirmation of a delivery that was raised; false for any other. */
bool tb_ledger_confirm(tb_ledger *ledger, const char *id, tb_verdict verdict, const tb_char *text, size_t length, uint64_t now);
/* One that has not been sent and may be: its delivery is `queued`. */
tb_confirm *tb_ledger_unsent(tb_ledger *ledger, uint64_t now);
tb_confirm *tb_ledger_confirm_of(tb_ledger *ledger, const tb_record *record);

#endif
