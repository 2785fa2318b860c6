/** What can end a read. A line feed right behind a carriage return that ended one belongs to it in any case. */
export const KEY_SUFFIXES = ['CR', 'LF', 'CRLF', 'TAB', 'ETX'] as const;
export type KeySuffix = (typeof KEY_SUFFIXES)[number];

export const CR = 0x0d;
export const LF = 0x0a;

const BYTES: Readonly<Record<Exclude<KeySuffix, 'CRLF'>, number>> = { CR, LF, TAB: 0x09, ETX: 0x03 };

/** Which typed bytes end a read. */
export class ReadEnd {
  readonly #ends: ReadonlySet<number>;
  readonly #pairOnly: boolean;

  constructor(suffix: readonly KeySuffix[]) {
    this.#ends = new Set(suffix.flatMap((name) => (name === 'CRLF' ? [] : [BYTES[name]])));
    this.#pairOnly = suffix.includes('CRLF') && !this.#ends.has(CR);
  }

  /** How many of the bytes before it the terminator takes (the CR of a pair); `undefined` when the byte ends nothing. */
  taken(byte: number, before: number | undefined): 0 | 1 | undefined {
    if (this.#pairOnly && byte === LF && before === CR) return 1;
    return this.#ends.has(byte) ? 0 : undefined;
  }
}
