/**
 * What each group costs, in seconds of a machine with three more beside it on four cores: so that none is still at work when the others are
 * done. Measured; `run.ts` prints the times. A group that is not here counts as one of the middle.
 */
export const COSTS_S: Readonly<Record<string, number>> = {
  access: 43,
  composite: 12,
  discovery: 58,
  hid: 28,
  'hid-faults': 30,
  'hid-places': 23,
  injection: 15,
  keyboard: 41,
  'keyboard-keys': 21,
  'keyboard-usb': 39,
  nfc: 47,
  players: 13,
  serial: 29,
};

export const costOf = (group: string): number => COSTS_S[group] ?? 40;
