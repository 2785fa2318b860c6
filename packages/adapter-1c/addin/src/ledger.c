#include "ledger.h"
#include <stdlib.h>
#include <string.h>
#include "text.h"

static const char *const states[] = {"none", "waiting", "raising", "queued", "expired", "refused", "dropped"};
static const char *const reasons[] = {NULL,  "hostBusy", "late",     "full",        "empty",     "tooLong",
                                      "nul", "badText",  "badEvent", "badDeadline", "withdrawn", "closed"};
static const char *const verdicts[] = {NULL, "applied", "alreadyApplied", "rejected", "notFound", "blocked"};

const char *tb_state_name(tb_state state) { return states[state]; }
const char *tb_reason_name(tb_reason reason) { return reasons[reason]; }
const char *tb_verdict_name(tb_verdict verdict) { return verdicts[verdict]; }

void tb_ledger_init(tb_ledger *ledger) { memset(ledger, 0, sizeof *ledger); }

void tb_ledger_free(tb_ledger *ledger) {
  for (size_t i = 0; i < ledger->waiting_count; i++) free(ledger->waiting[i]);
  ledger->waiting_count = 0;
}

/* FNV-1a: spares comparing a thousand ids letter by letter. */
static uint32_t hash_of(const char *id) {
  uint32_t hash = 2166136261u;
  for (; *id != 0; id++) hash = (hash ^ (unsigned char)*id) * 16777619u;
  return hash;
}

tb_record *tb_ledger_find(tb_ledger *ledger, const char *id) {
  uint32_t hash = hash_of(id);
  for (size_t i = 0; i < TB_MEMORY; i++) {
    tb_record *record = &ledger->memory[i];
    if (record->state != TB_NONE && record->hash == hash && strcmp(record->id, id) == 0) return record;
  }
  return NULL;
}

static bool has_ended(const tb_record *record) { return record->state != TB_WAITING && record->state != TB_RAISING; }

/* There is always a place: at most TB_WAITING_MAX records have not ended. */
static tb_record *remember(tb_ledger *ledger, const char *id, uint64_t seq) {
  while (!has_ended(&ledger->memory[ledger->next])) ledger->next = (ledger->next + 1) % TB_MEMORY;
  tb_record *record = &ledger->memory[ledger->next];
  ledger->next = (ledger->next + 1) % TB_MEMORY;
  memset(record, 0, sizeof *record);
  memcpy(record->id, id, strlen(id) + 1);
  record->hash = hash_of(id);
  record->seq = seq;
  return record;
}

static tb_record *end(tb_record *record, tb_state state, tb_reason reason) {
  record->state = state;
  record->reason = reason;
  return record;
}

tb_record *tb_ledger_refuse(tb_ledger *ledger, const char *id, uint64_t seq, tb_reason reason) {
  return end(remember(ledger, id, seq), TB_REFUSED, reason);
}

static tb_reason fault_of(const tb_char *data, size_t units) {
  if (units == 0) return TB_EMPTY;
  if (units == TB_BAD || units > TB_DATA_UNITS) return TB_TOO_LONG;
  for (size_t i = 0; i < units; i++) {
    if (data[i] == 0) return TB_NUL;
    if (tb_is_lone_surrogate(data, units, i)) return TB_BAD_TEXT;
  }
  return TB_NO_REASON;
}

tb_record *tb_ledger_add(tb_ledger *ledger, const char *id, uint64_t seq, tb_event event, const tb_char *data, size_t units, uint64_t deadline) {
  tb_reason fault = fault_of(data, units);
  if (fault == TB_NO_REASON && ledger->waiting_count == TB_WAITING_MAX) fault = TB_FULL;
  tb_pending *pending = fault == TB_NO_REASON ? malloc(sizeof *pending) : NULL;
  if (pending == NULL) return tb_ledger_refuse(ledger, id, seq, fault == TB_NO_REASON ? TB_FULL : fault);
  tb_record *record = end(remember(ledger, id, seq), TB_WAITING, TB_NO_REASON);
  pending->record = (size_t)(record - ledger->memory);
  pending->event = event;
  pending->deadline = deadline;
  pending->told = false;
  pending->units = units;
  tb_copy(pending->data, TB_DATA_UNITS + 1, data, units);
  ledger->waiting[ledger->waiting_count++] = pending;
  return record;
}

static tb_record *record_of(tb_ledger *ledger, size_t at) { return &ledger->memory[ledger->waiting[at]->record]; }

static tb_record *finish(tb_ledger *ledger, size_t at, tb_state state, tb_reason reason) {
  tb_record *record = record_of(ledger, at);
  /* the number must not lie about in freed memory */
  volatile tb_char *data = ledger->waiting[at]->data;
  for (size_t i = 0; i < TB_DATA_UNITS; i++) data[i] = 0;
  free(ledger->waiting[at]);
  ledger->waiting_count--;
  memmove(&ledger->waiting[at], &ledger->waiting[at + 1], (ledger->waiting_count - at) * sizeof ledger->waiting[0]);
  return end(record, state, reason);
}

tb_record *tb_ledger_expire(tb_ledger *ledger, uint64_t now) {
  for (size_t i = 0; i < ledger->waiting_count; i++)
    if (ledger->waiting[i]->deadline <= now && record_of(ledger, i)->state == TB_WAITING)
      return finish(ledger, i, TB_EXPIRED, ledger->waiting[i]->told ? TB_HOST_BUSY : TB_LATE);
  return NULL;
}

tb_pending *tb_ledger_raise(tb_ledger *ledger) {
  if (ledger->waiting_count == 0) return NULL;
  record_of(ledger, 0)->state = TB_RAISING;
  return ledger->waiting[0];
}

tb_record *tb_ledger_settle(tb_ledger *ledger, bool taken) {
  tb_record *record = record_of(ledger, 0);
  /* a confirmation that came meanwhile proves that the event arrived, whatever the host answered */
  if (taken || record->verdict != TB_NOT_CONFIRMED) return finish(ledger, 0, TB_QUEUED, TB_NO_REASON);
  record->state = TB_WAITING;
  if (ledger->waiting[0]->told) return NULL;
  ledger->waiting[0]->told = true;
  return record;
}

void tb_ledger_withdraw(tb_ledger *ledger, tb_record *record) {
  for (size_t i = 0; i < ledger->waiting_count; i++)
    if (record_of(ledger, i) == record && record->state == TB_WAITING) {
      finish(ledger, i, TB_DROPPED, TB_WITHDRAWN);
      return;
    }
}

tb_record *tb_ledger_drop(tb_ledger *ledger) {
  for (size_t i = 0; i < ledger->waiting_count; i++)
    if (record_of(ledger, i)->state == TB_WAITING) return finish(ledger, i, TB_DROPPED, TB_CLOSED);
  return NULL;
}

bool tb_ledger_deadline(const tb_ledger *ledger, uint64_t *at) {
  for (size_t i = 0; i < ledger->waiting_count; i++)
    if (i == 0 || ledger->waiting[i]->deadline < *at) *at = ledger->waiting[i]->deadline;
  return ledger->waiting_count > 0;
}

bool tb_ledger_confirm(tb_ledger *ledger, const char *id, tb_verdict verdict, const tb_char *text, size_t length, uint64_t now) {
  tb_record *record = tb_ledger_find(ledger, id);
  if (record == NULL || (record->state != TB_QUEUED && record->state != TB_RAISING)) return false;
  if (record->verdict != TB_NOT_CONFIRMED || verdict == TB_NOT_CONFIRMED) return false;
  record->verdict = verdict;
  tb_confirm *confirm = &ledger->confirms[ledger->next_confirm];
  ledger->next_confirm = (ledger->next_confirm + 1) % TB_CONFIRMS;
  memset(confirm, 0, sizeof *confirm);
  memcpy(confirm->id, record->id, sizeof confirm->id);
  confirm->record = (size_t)(record - ledger->memory);
  confirm->since = now;
  confirm->used = true;
  if (length > TB_CONFIRM_UNITS) length = TB_CONFIRM_UNITS;
  if (length > 0 && text[length - 1] >= 0xD800 && text[length - 1] <= 0xDBFF) length--; /* half a character was cut off */
  for (size_t i = 0; i < length; i++) confirm->text[i] = text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
  return true;
}

tb_confirm *tb_ledger_unsent(tb_ledger *ledger, uint64_t now) {
  for (size_t n = 0; n < TB_CONFIRMS; n++) {
    tb_confirm *confirm = &ledger->confirms[(ledger->next_confirm + n) % TB_CONFIRMS];
    if (!confirm->used || confirm->sent || now - confirm->since > TB_CONFIRM_KEPT_MS) continue;
    tb_record *record = &ledger->memory[confirm->record];
    if (strcmp(record->id, confirm->id) == 0 && record->state == TB_QUEUED) return confirm;
  }
  return NULL;
}

tb_confirm *tb_ledger_confirm_of(tb_ledger *ledger, const tb_record *record) {
  for (size_t i = 0; i < TB_CONFIRMS; i++) {
    tb_confirm *confirm = &ledger->confirms[i];
    if (confirm->used && strcmp(confirm->id, record->id) == 0) return confirm;
  }
  return NULL;
}
