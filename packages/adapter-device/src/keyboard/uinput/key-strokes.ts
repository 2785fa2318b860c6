import { US_MAP, type KeyEvent } from '@tillbridge/core';
import type { StrokePart } from '../injector.js';

/** One key of the keyboard page going down or up. */
export type UsageEdge = Pick<KeyEvent, 'usage' | 'down'>;

const SHIFT = 0xe1;
const CONTROL = 0xe0;
const KEYS: Readonly<Record<string, number>> = { Enter: 0x28, Escape: 0x29, Backspace: 0x2a, Tab: 0x2b };
const F1 = 0x3a;

interface Press {
  readonly usage: number;
  readonly shift: boolean;
}

/** Where each character is on a US keyboard; the plain place before the shifted one, the main block before the keypad. */
const PLACES: ReadonlyMap<string, Press> = build();

function build(): ReadonlyMap<string, Press> {
  const places = new Map<string, Press>();
  for (const shift of [false, true]) {
    US_MAP.forEach((bytes, usage) => {
      const character = String.fromCharCode(bytes?.[shift ? 1 : 0] ?? 0);
      if (character >= ' ' && !places.has(character)) places.set(character, { usage, shift });
    });
  }
  return places;
}

/**
 * The keys of each character, or undefined where one may not be typed: digits have the same keys on every layout that tills have, letters
 * and punctuation only with `letters`, for the active layout decides what becomes of them.
 */
export function strokesOf(parts: readonly StrokePart[], letters: boolean): readonly (readonly UsageEdge[])[] | undefined {
  const all: (readonly UsageEdge[])[] = [];
  for (const part of parts) {
    if ('key' in part) all.push(edges([KEYS[part.key] ?? F1 + Number(part.key.slice(1)) - 1]));
    else if ('control' in part) {
      const place = PLACES.get(String.fromCharCode(part.control + 0x40).toLowerCase());
      if (!letters || place === undefined || place.shift) return undefined;
      all.push(edges([CONTROL, place.usage]));
    } else {
      for (const character of part.text) {
        const place = PLACES.get(character);
        if (place === undefined || !(letters || /^\d$/.test(character))) return undefined;
        all.push(edges(place.shift ? [SHIFT, place.usage] : [place.usage]));
      }
    }
  }
  return all;
}

function edges(usages: readonly number[]): readonly UsageEdge[] {
  return [...usages.map((usage) => ({ usage, down: true })), ...usages.toReversed().map((usage) => ({ usage, down: false }))];
}
