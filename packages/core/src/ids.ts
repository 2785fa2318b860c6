import type { Clock } from './ports/clock.js';

/** Makes ids that are unique and sort by time, also within one millisecond. */
export type NewId = () => string;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford base 32, as in ULID
const COUNTER_LIMIT = 32 ** 4;

/**
 * 22 characters: 10 of Unix time in milliseconds, 4 of a counter that rises within a millisecond, 8 random ones per source, so that two
 * processes never meet. When the wall clock is set back the ids go on rising from the last one.
 */
export function createIds(clock: Clock, random: () => number = Math.random): NewId {
  let last = -1;
  let counter = 0;
  const source = Array.from({ length: 8 }, () => digit(Math.floor(random() * 32))).join('');
  // the eight high digits change once a second: goods wait while an id is made
  let high = -1;
  let highText = '';
  return () => {
    // whole milliseconds: two moments of one millisecond have one prefix and must go on counting
    const now = Math.max(0, Math.floor(clock.wall()));
    if (now > last || counter + 1 >= COUNTER_LIMIT) {
      last = Math.max(now, last + 1);
      counter = 0;
    } else {
      counter += 1;
    }
    const second = Math.floor(last / 1024);
    if (second !== high) {
      high = second;
      highText = base32(second, 8);
    }
    const low = last - second * 1024;
    return highText + digit(low >> 5) + digit(low) + (counter === 0 ? '0000' : base32(counter, 4)) + source;
  };
}

function digit(value: number): string {
  return ALPHABET.charAt(value & 31);
}

function base32(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i += 1) {
    text = digit(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
