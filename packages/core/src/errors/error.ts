import { Masked } from '../masked.js';
import { CATALOGUE, type ErrorCode } from './catalogue/index.js';
import type { ErrorEntry } from './entry.js';

export type Language = 'en' | 'ru';

/** Values for the placeholders of an error text. A {@link Masked} value shows masked. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | Masked | undefined>>;

const brand: unique symbol = Symbol.for('tillbridge.error') as never;

/** The JSON body of an error: on the API, and of the command line with `--json`. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly details: Readonly<Record<string, unknown>>;
  };
}

/** Every error that leaves a Tillbridge package. `instanceof` fails across duplicate copies of core: use {@link isTillbridgeError}. */
export class TillbridgeError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly params: ErrorParams;
  readonly [brand] = true;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { readonly cause?: unknown }) {
    const entry: ErrorEntry = CATALOGUE[code];
    super(fillText(entry.en.message, params), options);
    this.name = 'TillbridgeError';
    this.code = code;
    this.retryable = entry.retryable;
    this.params = params;
  }

  /** What happened, in the language asked for. */
  text(language: Language): string {
    return fillText(CATALOGUE[this.code][language].message, this.params);
  }

  /** What to do about it, in the language asked for. */
  remedy(language: Language): string {
    return fillText(CATALOGUE[this.code][language].remedy, this.params);
  }

  body(language: Language = 'en'): ErrorBody {
    const details: Record<string, unknown> = { remedy: this.remedy(language) };
    for (const [name, value] of Object.entries(this.params)) details[name] = value instanceof Masked ? value.masked : value;
    return { error: { code: this.code, message: this.text(language), retryable: this.retryable, details } };
  }
}

export function isTillbridgeError(value: unknown): value is TillbridgeError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}

/** Any thrown thing as a catalogue error: itself, or wrapped under `code` with the cause kept. */
export function asTillbridgeError(value: unknown, code: ErrorCode, params: ErrorParams = {}): TillbridgeError {
  if (isTillbridgeError(value)) return value;
  const problem = value instanceof Error ? value.message : String(value);
  return new TillbridgeError(code, { problem, ...params }, { cause: value });
}

/**
 * Puts the parameters in; doubled braces stand for themselves. Control characters (a hostile name, a terminal escape) never reach a
 * console or a log through an error text.
 */
export function fillText(template: string, params: ErrorParams): string {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (braces, name: string | undefined) => {
    if (name === undefined) return braces.charAt(0);
    const value = params[name];
    return value === undefined ? '?' : printable(String(value));
  });
}

/** Replaces control characters and bounds the length, so that foreign text can be shown in one line. */
export function printable(text: string, max = 300): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '.');
  return clean.length > max ? `${clean.slice(0, max - 3)}...` : clean;
}
