/* Which keys belong to a scan. Pure: keys and times in, verdicts out; the hook around it does what it says. */
#ifndef TB_DECIDE_H
#define TB_DECIDE_H

#include <stdbool.h>
#include <stdint.h>

/* Keys of one read that are held back; the longest read of a Data Matrix typed as Alt codes is below. */
enum { TB_MOST_HELD = 8192, TB_MOST_TYPING = 4 * TB_MOST_HELD };

/* What may end a read, as bits. */
enum { TB_END_CR = 1, TB_END_LF = 2, TB_END_TAB = 4, TB_END_ETX = 8 };

/* Modifiers that belong to the prefix, as bits: either side of the keyboard. */
enum { TB_CTRL = 1, TB_SHIFT = 2, TB_ALT = 4 };

typedef struct {
  uint64_t at; /* microseconds on a clock that only moves forward */
  uint16_t vk;
  uint16_t scan;
  uint8_t usage; /* HID keyboard page */
  bool down;
  bool extended;
  bool foreign; /* of a key that went down before the read began: a hand's */
  bool prefix;
} tb_key;

typedef struct {
  uint8_t prefix; /* usage of the key that a read begins with; 0: any key may begin one */
  uint8_t modifiers; /* held with the prefix */
  uint8_t ends; /* 0: only a pause ends a read */
  uint32_t gap_us; /* a longer pause ends it, or shows that a hand typed */
  uint16_t least; /* fewer keys than this are no read */
} tb_rule;

typedef enum { TB_PASS, TB_SWALLOW } tb_verdict;

/* A read is whole: its keys without the prefix, each that went down coming up. Called from within tb_decide and tb_tick. */
typedef void tb_on_read(void *context, const tb_key *keys, unsigned count);

/* Whether a key that passed is still down for the system. A key may come up where no hook sees it: on the screen that asks for a password. */
typedef bool tb_still_down(void *context, uint16_t vk);

typedef struct {
  tb_rule rule;
  tb_on_read *on_read;
  tb_still_down *still_down; /* may be NULL */
  void *context;
  bool holding;
  tb_key held[TB_MOST_HELD];
  unsigned held_count;
  unsigned presses;
  uint64_t last_at;
  uint8_t modifiers; /* of the read's own keys */
  /* Keys that were held back and turned out to be typing: to be typed again, in this order, before anything else passes. */
  tb_key typing[TB_MOST_TYPING];
  unsigned typing_count;
  uint8_t passed[32]; /* down for the rest of the system */
  uint16_t passed_vk[256];
  uint8_t held_down[32]; /* down in what is held */
  uint8_t swallowed[32]; /* went down in a read that is over, and has not come up */
  uint64_t swallowed_at[256];
  unsigned lost; /* keys that found no room: never, unless nobody takes what is to be typed */
} tb_machine;

void tb_begin(tb_machine *machine, const tb_rule *rule, tb_on_read *on_read, tb_still_down *still_down, void *context);
tb_verdict tb_decide(tb_machine *machine, tb_key key);
/* Time has come this far. */
void tb_tick(tb_machine *machine, uint64_t now);
/* When tb_tick has something to do, or 0. */
uint64_t tb_due(const tb_machine *machine);
/* Gives back all that is held, as typing: the hook is about to go. */
void tb_give_back(tb_machine *machine);
/* The first keys of `typing` were typed. */
void tb_typed(tb_machine *machine, unsigned count);

#endif
