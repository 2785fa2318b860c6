import { keyOfUsage } from '@tillbridge/core';

// Scan codes of set 1, which Windows uses ("USB HID to PS/2 Scan Code Translation Table", Microsoft, 2004). The kernel's numbers of the keys that
// old PCs had are these codes; only newer keys differ.

/** Keys up to here have one number. */
const LAST_SAME = 88;

/** 0xe0 in the second byte: an extended key. */
const OTHER: Readonly<Record<number, number>> = {
  // Num Lock: the plain code is the one of Pause
  69: 0xe045,
  // keypad Enter, right Ctrl, keypad slash, Print Screen, right Alt
  ...{ 96: 0xe01c, 97: 0xe01d, 98: 0xe035, 99: 0xe037, 100: 0xe038 },
  // Home, Up, Page Up, Left, Right, End, Down, Page Down, Insert, Delete
  ...{ 102: 0xe047, 103: 0xe048, 104: 0xe049, 105: 0xe04b, 106: 0xe04d, 107: 0xe04f, 108: 0xe050, 109: 0xe051, 110: 0xe052, 111: 0xe053 },
  // Power, keypad =, Windows keys, Menu
  ...{ 116: 0xe05e, 117: 0x59, 125: 0xe05b, 126: 0xe05c, 127: 0xe05d },
  // F13 to F24
  ...{ 183: 0x64, 184: 0x65, 185: 0x66, 186: 0x67, 187: 0x68, 188: 0x69, 189: 0x6a, 190: 0x6b, 191: 0x6c, 192: 0x6d, 193: 0x6e, 194: 0x76 },
};

/** The scan code of a key by its HID usage; undefined for one that a PC keyboard does not have, and for Pause, which no single event stands for. */
export function scanCodeOf(usage: number): number | undefined {
  const key = keyOfUsage(usage);
  if (key === undefined) return undefined;
  return OTHER[key] ?? (key <= LAST_SAME ? key : undefined);
}
