/**
 * What each group costs, in seconds of a machine with two more beside it on four cores: so that none is still at work when the others are
 * done. Measured; `run.ts` prints the times. A group that is not here counts as one of the middle.
 */
export const COSTS_S: Readonly<Record<string, number>> = {
  access: 48,
  composite: 14,
  discovery: 74,
  hid: 31,
  'hid-faults': 28,
  'hid-places': 25,
  injection: 18,
  keyboard: 49,
  'keyboard-keys': 16,
  'keyboard-usb': 36,
  nfc: 48,
  players: 17,
  serial: 33,
};

export const costOf = (group: string): number => COSTS_S[group] ?? 40;
