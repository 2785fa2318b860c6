/**
 * Card numbers, codes, phones and secrets are types, not strings: whatever prints, logs or serialises one by accident gets the mask.
 * Only `.reveal()` gives the text, so every place that handles it in clear can be found by searching for that word.
 */

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** Shorter than 8 characters: masked whole. 8 to 11: the last 2 show. From 12 on: the last 4. The length does not show. */
export function maskText(text: string): string {
  if (text.length < 8) return '****';
  return `****${text.slice(text.length < 12 ? -2 : -4)}`;
}

/** A text that must not be printed in full. `toString`, `toJSON` and `util.inspect` give the mask. */
export class Masked {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text in clear. */
  reveal(): string {
    return this.#value;
  }

  /** What may be shown; see {@link maskText}. */
  get masked(): string {
    return maskText(this.#value);
  }

  toString(): string {
    return this.masked;
  }

  toJSON(): string {
    return this.masked;
  }

  [inspect](): string {
    return `${this.constructor.name}(${this.masked})`;
  }
}

/** A password, token or key: never shown, not even in part. */
export class Secret extends Masked {
  override get masked(): string {
    return '****';
  }
}
