/**
 * What each group costs, in seconds of a machine with two more beside it on four cores: so that none is still at work when the others are
 * done. Measured; `run.ts` prints the times. A group that is not here counts as one of the middle.
 */
export const COSTS_S: Readonly<Record<string, number>> = {
  access: 70,
  composite: 16,
  discovery: 75,
  hid: 38,
  'hid-faults': 28,
  'hid-places': 29,
  keyboard: 67,
  'keyboard-keys': 20,
  'keyboard-usb': 37,
  nfc: 42,
  players: 17,
  serial: 49,
};

export const costOf = (group: string): number => COSTS_S[group] ?? 40;
