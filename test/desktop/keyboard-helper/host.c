/* What decides which keys are a scanner's, as a library that a test drives. */
#include <stdlib.h>
#include <string.h>

#include "decide.h"

typedef struct {
  tb_machine machine;
  double reads[4 * 65536];
  int numbers;
  unsigned char held_by_hand[256];
  int asks;
} host;

static void on_read(void *context, const tb_key *keys, unsigned count) {
  host *me = context;
  if (me->numbers + 1 + (int)count * 3 > (int)(sizeof me->reads / sizeof me->reads[0])) abort();
  me->reads[me->numbers++] = count;
  for (unsigned i = 0; i < count; i += 1) {
    me->reads[me->numbers++] = keys[i].usage;
    me->reads[me->numbers++] = keys[i].down;
    me->reads[me->numbers++] = (double)keys[i].at;
  }
}

static bool still_down(void *context, uint16_t vk) {
  host *me = context;
  return me->held_by_hand[vk & 0xff] != 0;
}

host *host_new(int prefix, int modifiers, int ends, int gap_ms, int least, int asks) {
  host *me = calloc(1, sizeof *me);
  tb_rule rule = { .prefix = (uint8_t)prefix, .modifiers = (uint8_t)modifiers, .ends = (uint8_t)ends, .gap_us = (uint32_t)gap_ms * 1000, .least = (uint16_t)least };
  tb_begin(&me->machine, &rule, on_read, asks ? still_down : NULL, me);
  return me;
}

void host_free(host *me) { free(me); }

/* The system's own idea of a key, by its usage. */
void host_system(host *me, int usage, int down) { me->held_by_hand[usage] = (unsigned char)down; }

/* 0 passes, 1 swallowed. */
int host_key(host *me, int usage, int down, double at) {
  tb_key key = { .at = (uint64_t)at, .usage = (uint8_t)usage, .down = down != 0, .vk = (uint16_t)usage };
  return tb_decide(&me->machine, key) == TB_SWALLOW;
}

void host_tick(host *me, double at) { tb_tick(&me->machine, (uint64_t)at); }
double host_due(const host *me) { return (double)tb_due(&me->machine); }
void host_give_back(host *me) { tb_give_back(&me->machine); }
int host_lost(const host *me) { return (int)me->machine.lost; }

/* Takes at most `most` keys that are to be typed again: usage, down, at of each. */
int host_typing(host *me, double *out, int most) {
  int count = (int)me->machine.typing_count < most ? (int)me->machine.typing_count : most;
  for (int i = 0; i < count; i += 1) {
    out[3 * i] = me->machine.typing[i].usage;
    out[3 * i + 1] = me->machine.typing[i].down;
    out[3 * i + 2] = (double)me->machine.typing[i].at;
  }
  tb_typed(&me->machine, (unsigned)count);
  return count;
}

/* Takes all reads so far: count, then usage, down, at of each key. */
int host_reads(host *me, double *out) {
  int numbers = me->numbers;
  memcpy(out, me->reads, (size_t)numbers * sizeof out[0]);
  me->numbers = 0;
  return numbers;
}
