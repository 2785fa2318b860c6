import { createHmac } from 'node:crypto';
import { ean13CheckDigit, luhnCheckDigit } from '@tillbridge/core';

/** Whether a text stands for the same as the one that it replaces: the same rule takes it, or none. */
export type SameMeaning = (candidate: string) => boolean;

/** So many characters in front may stay as they are, where a rule asks for them: a prefix, never most of a number. */
const MOST_KEPT = 8;
/** And so many are always replaced. */
const LEAST_REPLACED = 4;
/** GS1 check digits stand at the end of 8, 12, 13 or 14 digits. */
const GS1_LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);
const AIM = /^\][A-Za-z][0-9A-C]/;

/**
 * Replaces what was scanned so that nobody can tell what it was, and the program still treats it as before: the same text gives the same
 * pseudonym throughout one recording, digits become digits and letters letters, lengths stay, check digits that were right are right, and
 * the rule that took the text takes the pseudonym. The key is made for one recording and never written down.
 */
export class Pseudonyms {
  readonly #key: Uint8Array;

  /** `key`: 32 random bytes. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** Undefined where no replacement would be treated as the text is: then nothing of it may be kept. */
  of(text: string, same: SameMeaning): string | undefined {
    // in front of the data, and no part of them: with it and without it a code has the same pseudonym
    const aim = AIM.exec(text)?.[0] ?? '';
    const data = text.slice(aim.length);
    for (const letters of [true, false]) {
      for (let kept = 0; kept <= Math.min(MOST_KEPT, data.length - LEAST_REPLACED); kept += 1) {
        const candidate = this.#replaced(data, kept, letters);
        if (candidate !== data && same(aim + candidate)) return aim + candidate;
      }
    }
    return undefined;
  }

  /** Of what no rule looks at: a native number, an order's id. */
  plain(text: string): string {
    return this.#replaced(text, 0, true);
  }

  #replaced(text: string, from: number, letters: boolean): string {
    const stream = this.#stream(text);
    const next = (size: number): number => (stream.next().value ?? 0) % size;
    const made = Array.from(text, (char, index) => (index < from ? char : substitute(char, next, letters))).join('');
    return withCheckDigits(text, made);
  }

  /** Bytes that depend on the text and the key alone. */
  *#stream(text: string): Generator<number> {
    for (let block = 0; ; block += 1) yield* createHmac('sha256', this.#key).update(`${String(block)}:${text}`).digest();
  }
}

function substitute(char: string, next: (size: number) => number, letters: boolean): string {
  if (char >= '0' && char <= '9') return String.fromCharCode(0x30 + next(10));
  if (!letters) return char;
  if (char >= 'a' && char <= 'z') return String.fromCharCode(0x61 + next(26));
  if (char >= 'A' && char <= 'Z') return String.fromCharCode(0x41 + next(26));
  // names in other alphabets: one letter of the same size for all
  if (char >= 'а' && char <= 'я') return String.fromCharCode(0x430 + next(32));
  if (char >= 'А' && char <= 'Я') return String.fromCharCode(0x410 + next(32));
  return /\p{L}/u.test(char) ? 'x'.repeat(char.length) : char;
}

/** Every run of digits whose last one is a check digit keeps one. */
function withCheckDigits(text: string, made: string): string {
  let result = made;
  for (const run of text.matchAll(/\d{8,19}/g)) {
    const [digits] = run;
    const [start, end] = [run.index, run.index + digits.length - 1];
    const body = made.slice(start, end);
    const check = checkDigitOf(digits.slice(0, -1), digits.slice(-1));
    if (check !== undefined && /^\d+$/.test(body)) result = result.slice(0, end) + check(body) + result.slice(end + 1);
  }
  return result;
}

function checkDigitOf(body: string, last: string): ((body: string) => string) | undefined {
  if (GS1_LENGTHS.has(body.length + 1) && gs1(body) === last) return gs1;
  return luhnCheckDigit(body) === last ? luhnCheckDigit : undefined;
}

/** As EAN-13's, counted from the right whatever the length. */
const gs1 = (body: string): string => ean13CheckDigit(body.padStart(body.length % 2 === 0 ? body.length : body.length + 1, '0'));
