// Usages of the HID keyboard page 0x07 that decoding needs by name (USB-IF, HID Usage Tables 1.5, section 10).

export const ENTER = 0x28;
export const ESCAPE = 0x29;
export const BACKSPACE = 0x2a;
export const TAB = 0x2b;
export const F8 = 0x41;
export const KEYPAD_ENTER = 0x58;
export const KEYPAD_1 = 0x59;
export const KEYPAD_9 = 0x61;
export const KEYPAD_0 = 0x62;

const FIRST_MODIFIER = 0xe0;
const LAST_MODIFIER = 0xe7;

/** Bits of the first byte of a boot report, in the order of the usages 0xe0 to 0xe7: left, then right. */
export const CTRL = 0x11;
export const SHIFT = 0x22;
export const ALT = 0x44;
export const GUI = 0x88;

/** The bit of a modifier key; 0 for any other key. */
export function modifierBit(usage: number): number {
  return usage >= FIRST_MODIFIER && usage <= LAST_MODIFIER ? 1 << (usage - FIRST_MODIFIER) : 0;
}

/** The digit of a keypad key, whatever Num Lock says. */
export function keypadDigit(usage: number): number | undefined {
  if (usage === KEYPAD_0) return 0;
  return usage >= KEYPAD_1 && usage <= KEYPAD_9 ? usage - KEYPAD_1 + 1 : undefined;
}
