import type { KeyChange } from '../decode/key-change.js';
import { US_MAP } from '@tillbridge/core';

// The other side of the decoder: what a scanner in keyboard mode types for a code.

const LEFT_CTRL = 0xe0;
const LEFT_SHIFT = 0xe1;
const LEFT_ALT = 0xe2;
const ENTER = 0x28;
const KEYPAD_0 = 0x62;
const KEYPAD_1 = 0x59;

/** Keys held together, in the order in which they go down. */
export type Chord = readonly number[];

/** How a scanner types one byte: printable ASCII by the US layout, Enter for CR, Tab, control codes with Ctrl, the rest as Alt+0nnn. */
export function chordsOf(byte: number): readonly Chord[] {
  if (byte === 0x0d) return [[ENTER]];
  const plain = US_MAP.findIndex((bytes) => bytes?.[0] === byte);
  if (plain >= 0) return [[plain]];
  const shifted = US_MAP.findIndex((bytes) => bytes?.[1] === byte);
  if (shifted >= 0) return [[LEFT_SHIFT, shifted]];
  const letter = byte < 0x20 ? US_MAP.findIndex((bytes) => bytes?.[0] === byte + 0x60 || bytes?.[0] === byte + 0x40 || bytes?.[1] === byte + 0x40) : -1;
  if (letter >= 0) return [[LEFT_CTRL, letter]];
  return [altCode(String(byte).padStart(4, '0'))];
}

/** Alt held while digits are typed on the keypad. */
export function altCode(digits: string): Chord {
  return [LEFT_ALT, ...Array.from(digits, (digit) => (digit === '0' ? KEYPAD_0 : KEYPAD_1 + Number(digit) - 1))];
}

/** The keys of a chord, each `stepMs` after the one before: an Alt code's digits go down and up one after the other, other keys are held. */
export function strike(chord: Chord, at: number, stepMs: number): readonly KeyChange[] {
  const [first = 0, ...rest] = chord;
  const changes: KeyChange[] = [];
  let now = at;
  const add = (usage: number, down: boolean): void => {
    changes.push({ usage, down, at: now });
    now += stepMs;
  };
  add(first, true);
  for (const usage of rest) {
    add(usage, true);
    add(usage, false);
  }
  add(first, false);
  return changes;
}

/** Everything that a scanner types for these bytes, from `at` on. */
export function typed(bytes: Uint8Array, at = 0, stepMs = 1): readonly KeyChange[] {
  const changes: KeyChange[] = [];
  for (const byte of bytes) {
    for (const chord of chordsOf(byte)) changes.push(...strike(chord, (changes.at(-1)?.at ?? at - stepMs) + stepMs, stepMs));
  }
  return changes;
}
