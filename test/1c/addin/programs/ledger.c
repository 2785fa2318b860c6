/* Drives the driver's ledger by commands from stdin, one a line, and prints what it says:
     new | add ID UNITS DEADLINE | expire NOW | raise | settle 0/1 | withdraw ID | drop | confirm ID VERDICT | ask ID */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ledger.h"
#include "text.h"

static tb_ledger ledger;
static bool raising;

static void show(const tb_record *record) {
  if (record == NULL) printf("none");
  else printf("%s:%s:%s:%d", record->id, tb_state_name(record->state), record->reason == TB_NO_REASON ? "-" : tb_reason_name(record->reason), (int)record->verdict);
}

static void show_all(tb_record *(*next)(unsigned long), unsigned long argument) {
  for (tb_record *record = next(argument); record != NULL; record = next(argument)) {
    show(record);
    printf(" ");
  }
}

static tb_record *next_expired(unsigned long now) { return tb_ledger_expire(&ledger, now); }
static tb_record *next_dropped(unsigned long unused) {
  (void)unused;
  return tb_ledger_drop(&ledger);
}

static void obey(const char *command, const char *id, unsigned long a, unsigned long b) {
  static tb_char data[TB_DATA_UNITS + 2];
  for (size_t i = 0; i < TB_DATA_UNITS + 2; i++) data[i] = 'x';
  if (strcmp(command, "new") == 0) {
    tb_ledger_free(&ledger);
    tb_ledger_init(&ledger);
    raising = false;
  } else if (strcmp(command, "add") == 0) {
    const tb_record *known = tb_ledger_find(&ledger, id);
    show(known != NULL ? known : tb_ledger_add(&ledger, id, 1, TB_EVENT_BARCODE, data, a, b));
  } else if (strcmp(command, "expire") == 0) {
    show_all(next_expired, a);
  } else if (strcmp(command, "raise") == 0 && !raising) {
    tb_pending *pending = tb_ledger_raise(&ledger);
    raising = pending != NULL;
    show(pending == NULL ? NULL : &ledger.memory[pending->record]);
  } else if (strcmp(command, "settle") == 0 && raising) {
    raising = false;
    show(tb_ledger_settle(&ledger, a != 0));
  } else if (strcmp(command, "withdraw") == 0) {
    tb_record *record = tb_ledger_find(&ledger, id);
    if (record != NULL) tb_ledger_withdraw(&ledger, record);
    show(record);
  } else if (strcmp(command, "drop") == 0) {
    show_all(next_dropped, 0);
  } else if (strcmp(command, "confirm") == 0) {
    printf("%d", tb_ledger_confirm(&ledger, id, (tb_verdict)a, data, 3, 0));
  } else if (strcmp(command, "ask") == 0) {
    show(tb_ledger_find(&ledger, id));
  } else {
    printf("skipped");
  }
  printf("\n");
}

int main(void) {
  char line[256], command[16], id[80];
  while (fgets(line, sizeof line, stdin) != NULL) {
    unsigned long a = 0, b = 0;
    id[0] = 0;
    if (sscanf(line, "%15s %79s %lu %lu", command, id, &a, &b) < 1) continue;
    if (strcmp(command, "expire") == 0 || strcmp(command, "settle") == 0) a = strtoul(id, NULL, 10);
    obey(command, id, a, b);
  }
  tb_ledger_free(&ledger);
  return 0;
}
