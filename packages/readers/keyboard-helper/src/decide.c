#include "decide.h"

#include <string.h>

enum { ENTER = 0x28, TAB = 0x2b, KEYPAD_ENTER = 0x58, KEY_C = 0x06, KEY_I = 0x0c, KEY_J = 0x0d, KEY_M = 0x10, FIRST_MODIFIER = 0xe0, LAST_MODIFIER = 0xe7 };

/* A key that is held repeats itself at least this often; later it was pressed anew, and its coming up was missed (a locked screen). */
static const uint64_t REPEAT_US = 1500000;

static bool has(const uint8_t *set, uint8_t usage) { return (set[usage >> 3] >> (usage & 7) & 1) != 0; }
static void put(uint8_t *set, uint8_t usage) { set[usage >> 3] = (uint8_t)(set[usage >> 3] | 1u << (usage & 7)); }
static void drop(uint8_t *set, uint8_t usage) { set[usage >> 3] = (uint8_t)(set[usage >> 3] & ~(1u << (usage & 7))); }

static bool is_modifier(uint8_t usage) { return usage >= FIRST_MODIFIER && usage <= LAST_MODIFIER; }

/* HID keyboard page, 0xe0 to 0xe7: left Ctrl, Shift, Alt, GUI, then the right ones. */
static uint8_t modifier_bit(uint8_t usage) {
  static const uint8_t bits[4] = { TB_CTRL, TB_SHIFT, TB_ALT, 0 };
  return is_modifier(usage) ? bits[(usage - FIRST_MODIFIER) & 3] : 0;
}

static uint8_t modifiers_of(const uint8_t *set) {
  uint8_t bits = 0;
  for (unsigned usage = FIRST_MODIFIER; usage <= LAST_MODIFIER; usage += 1)
    if (has(set, (uint8_t)usage)) bits = (uint8_t)(bits | modifier_bit((uint8_t)usage));
  return bits;
}

void tb_begin(tb_machine *m, const tb_rule *rule, tb_on_read *on_read, tb_still_down *still_down, void *context) {
  memset(m, 0, sizeof *m);
  m->rule = *rule;
  m->on_read = on_read;
  m->still_down = still_down;
  m->context = context;
}

/* What goes to the rest of the system is noted as if it had got there already. */
static void note_passed(tb_machine *m, const tb_key *key) {
  m->passed_vk[key->usage] = key->vk;
  if (key->down) put(m->passed, key->usage);
  else drop(m->passed, key->usage);
}

static void queue_typing(tb_machine *m, const tb_key *key) {
  if (m->typing_count == TB_MOST_TYPING) {
    m->lost += 1;
    return;
  }
  m->typing[m->typing_count] = *key;
  m->typing_count += 1;
  note_passed(m, key);
}

static void let_go(tb_machine *m) {
  m->holding = false;
  m->held_count = 0;
  m->presses = 0;
  memset(m->held_down, 0, sizeof m->held_down);
}

/* It was a hand: everything goes where it would have gone, in its order. */
static void was_typing(tb_machine *m) {
  for (unsigned i = 0; i < m->held_count; i += 1) queue_typing(m, &m->held[i]);
  let_go(m);
}

static void was_read(tb_machine *m) {
  unsigned count = 0;
  static const tb_key none;
  tb_key last = m->held_count > 0 ? m->held[m->held_count - 1] : none;
  /* what a hand let go of meanwhile comes up for the others too */
  for (unsigned i = 0; i < m->held_count; i += 1)
    if (m->held[i].foreign && !m->held[i].down) queue_typing(m, &m->held[i]);
  for (unsigned i = 0; i < m->held_count; i += 1)
    if (!m->held[i].foreign && !m->held[i].prefix) m->held[count++] = m->held[i];
  for (unsigned usage = 0; usage < 256; usage += 1) {
    if (!has(m->held_down, (uint8_t)usage)) continue;
    put(m->swallowed, (uint8_t)usage);
    m->swallowed_at[usage] = last.at;
    if (usage == m->rule.prefix && m->rule.prefix != 0) {
      bool in_read = false;
      for (unsigned i = 0; i < count; i += 1) in_read = in_read || m->held[i].usage == usage;
      if (!in_read) continue;
    }
    if (count < TB_MOST_HELD) m->held[count++] = (tb_key){ .at = last.at, .usage = (uint8_t)usage };
  }
  if (m->on_read != NULL) m->on_read(m->context, m->held, count);
  let_go(m);
}

void tb_tick(tb_machine *m, uint64_t now) {
  if (!m->holding || now < m->last_at + m->rule.gap_us) return;
  if (m->rule.ends == 0 && m->presses >= m->rule.least) was_read(m);
  else was_typing(m);
}

uint64_t tb_due(const tb_machine *m) { return m->holding ? m->last_at + m->rule.gap_us : 0; }

/* Forgets keys that came up unseen: taken for a hand's, they would be missing in the read. */
static void look_again(tb_machine *m) {
  if (m->still_down == NULL || m->typing_count > 0) return;
  for (unsigned usage = 0; usage < 256; usage += 1)
    if (has(m->passed, (uint8_t)usage) && !m->still_down(m->context, m->passed_vk[usage])) drop(m->passed, (uint8_t)usage);
}

static bool begins(const tb_machine *m, const tb_key *key) {
  if (!key->down || has(m->passed, key->usage)) return false;
  if (m->rule.prefix == 0) return true;
  return key->usage == m->rule.prefix && (modifiers_of(m->passed) & m->rule.modifiers) == m->rule.modifiers;
}

/* Whether this key ends the read: Enter, or the control code that stands for the same. */
static bool ends(const tb_machine *m, const tb_key *key) {
  if (!key->down || key->foreign || key->prefix) return false;
  uint8_t set = m->rule.ends;
  if ((m->modifiers & TB_CTRL) != 0)
    return (key->usage == KEY_M && (set & TB_END_CR) != 0) || (key->usage == KEY_J && (set & TB_END_LF) != 0) ||
           (key->usage == KEY_I && (set & TB_END_TAB) != 0) || (key->usage == KEY_C && (set & TB_END_ETX) != 0);
  if (key->usage == ENTER || key->usage == KEYPAD_ENTER) return (set & TB_END_CR) != 0;
  return key->usage == TAB && (set & TB_END_TAB) != 0;
}

/* Holds a key back. False for one that is of no more interest to anybody. */
static bool hold(tb_machine *m, tb_key *key) {
  if (key->down) {
    key->foreign = has(m->passed, key->usage);
    if (!key->foreign) {
      bool again = has(m->held_down, key->usage);
      put(m->held_down, key->usage);
      drop(m->swallowed, key->usage);
      if (!is_modifier(key->usage) && !key->prefix && !again) m->presses += 1;
    }
  } else if (has(m->held_down, key->usage)) {
    drop(m->held_down, key->usage);
    /* the prefix key comes up: of its own rather than of the read */
    for (unsigned i = m->held_count; i > 0; i -= 1) {
      if (m->held[i - 1].usage != key->usage || !m->held[i - 1].down) continue;
      key->prefix = m->held[i - 1].prefix;
      break;
    }
  } else if (has(m->swallowed, key->usage)) {
    drop(m->swallowed, key->usage);
    return false;
  } else {
    /* the same key going down again within the read is the scanner's */
    key->foreign = true;
    drop(m->passed, key->usage);
  }
  m->held[m->held_count] = *key;
  m->held_count += 1;
  m->modifiers = modifiers_of(m->held_down);
  return true;
}

tb_verdict tb_decide(tb_machine *m, tb_key key) {
  key.foreign = false;
  key.prefix = false;
  tb_tick(m, key.at);
  if (!m->holding) {
    if (has(m->swallowed, key.usage)) {
      bool repeats = key.down && key.at - m->swallowed_at[key.usage] < REPEAT_US;
      if (repeats) m->swallowed_at[key.usage] = key.at;
      else drop(m->swallowed, key.usage);
      if (repeats || !key.down) return TB_SWALLOW;
    }
    if (key.down && (m->rule.prefix == 0 || key.usage == m->rule.prefix)) look_again(m);
    if (!begins(m, &key)) {
      if (m->typing_count == 0) {
        note_passed(m, &key);
        return TB_PASS;
      }
      /* what was held back comes first */
      if (m->typing_count == TB_MOST_TYPING) return TB_PASS;
      queue_typing(m, &key);
      return TB_SWALLOW;
    }
    m->holding = true;
    m->modifiers = 0;
    key.prefix = m->rule.prefix != 0;
  } else if (m->held_count == TB_MOST_HELD) {
    was_typing(m);
    queue_typing(m, &key);
    return TB_SWALLOW;
  }
  m->last_at = key.at;
  if (!hold(m, &key) || !ends(m, &key)) return TB_SWALLOW;
  /* the key that ends it counts, but is not what makes it long enough */
  if (m->presses > m->rule.least) was_read(m);
  else was_typing(m);
  return TB_SWALLOW;
}

void tb_give_back(tb_machine *m) {
  if (m->holding) was_typing(m);
}

void tb_typed(tb_machine *m, unsigned count) {
  if (count > m->typing_count) count = m->typing_count;
  m->typing_count -= count;
  memmove(m->typing, m->typing + count, m->typing_count * sizeof m->typing[0]);
}
