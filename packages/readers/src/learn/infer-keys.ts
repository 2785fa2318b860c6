import type { KeyEvent } from '@tillbridge/core';
import type { GsKey } from '../profiles/index.js';

/** USB-IF, HID Usage Tables, page 0x07. */
const F8 = 0x41;
const RIGHT_BRACKET = 0x30;
const CTRL: readonly number[] = [0xe0, 0xe4];
const ALT: readonly number[] = [0xe2, 0xe6];

/** Longest pause between two keys, milliseconds: with room, because a scanner is slower when its computer is busy. */
const ROOM = 3;
const LEAST_GAP_MS = 20;
const MOST_GAP_MS = 2000;

/** The pause that ends a read, from the keys of scans: three times the longest within one, 20 to 2000 ms. */
export function inferGap(scans: readonly (readonly KeyEvent[])[]): number | undefined {
  const pauses = scans.flatMap((keys) => keys.slice(1).map((key, i) => key.atMs - (keys[i]?.atMs ?? key.atMs)));
  if (pauses.length === 0) return undefined;
  return Math.round(Math.min(MOST_GAP_MS, Math.max(LEAST_GAP_MS, ROOM * Math.max(...pauses))));
}

/** Which keys stood for GS in a scan whose code had one. */
export function inferGsKey(keys: readonly KeyEvent[]): GsKey | undefined {
  const down = new Set<number>();
  let alt = false;
  for (const { usage, down: pressed } of keys) {
    if (!pressed) {
      down.delete(usage);
      continue;
    }
    down.add(usage);
    if (usage === F8) return 'f8';
    if (usage === RIGHT_BRACKET && CTRL.some((key) => down.has(key))) return 'ctrl';
    // every sign may come as an Alt code: then the separator does too
    if (ALT.includes(usage)) alt = true;
  }
  return alt ? 'alt' : undefined;
}
