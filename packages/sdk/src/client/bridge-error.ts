import { apiClientErrors, fillText, Masked, type ErrorBody, type ErrorCode, type ErrorEntry, type ErrorParams, type Language } from '@tillbridge/core';

const brand: unique symbol = Symbol.for('tillbridge.error') as never;

type ClientErrorCode = keyof typeof apiClientErrors;

interface Texts {
  readonly message: string;
  readonly remedy: string;
}

/**
 * An error of the catalogue, as the daemon told it or as this client found it. The same to look at as core's `TillbridgeError`
 * (`isTillbridgeError` knows it), without carrying the whole catalogue into a web page.
 */
export class BridgeError extends Error {
  /** `TB_AREA_NAME`; see the page of errors. */
  readonly code: ErrorCode;
  /** Whether the same can succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly params: ErrorParams;
  readonly [brand] = true;
  readonly #texts: Readonly<Partial<Record<Language, Texts>>> & { readonly en: Texts };

  private constructor(code: ErrorCode, retryable: boolean, params: ErrorParams, texts: { readonly en: Texts; readonly ru?: Texts }, cause?: unknown) {
    super(texts.en.message, cause === undefined ? undefined : { cause });
    this.name = 'BridgeError';
    this.code = code;
    this.retryable = retryable;
    this.params = params;
    this.#texts = texts;
  }

  /** An error that this client found by itself. */
  static own(code: ClientErrorCode, params: ErrorParams = {}, cause?: unknown): BridgeError {
    const entry: ErrorEntry = apiClientErrors[code];
    const filled = (language: Language): Texts => ({
      message: fillText(entry[language].message, params),
      remedy: fillText(entry[language].remedy, params),
    });
    return new BridgeError(code, entry.retryable, params, { en: filled('en'), ru: filled('ru') }, cause);
  }

  /** The error in an answer's body; undefined where there is none. */
  static of(body: unknown): BridgeError | undefined {
    const error = field(body, 'error');
    const code = field(error, 'code');
    if (typeof code !== 'string' || !/^TB_[A-Z0-9_]{1,60}$/.test(code)) return undefined;
    const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 1000) : '');
    const details = field(error, 'details');
    const params: Record<string, string | number | boolean> = {};
    for (const [name, value] of Object.entries(typeof details === 'object' && details !== null ? details : {})) {
      if (name !== 'remedy' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) params[name] = value;
    }
    const texts = { message: text(field(error, 'message')) || code, remedy: text(field(details, 'remedy')) };
    // a newer daemon may have codes that this version does not know: they are passed on as they are
    return new BridgeError(code as ErrorCode, field(error, 'retryable') === true, params, { en: texts });
  }

  /** What happened. A daemon's error comes in the daemon's language. */
  text(language: Language = 'en'): string {
    return (this.#texts[language] ?? this.#texts.en).message;
  }

  /** What to do about it. */
  remedy(language: Language = 'en'): string {
    return (this.#texts[language] ?? this.#texts.en).remedy;
  }

  body(language: Language = 'en'): ErrorBody {
    const details: Record<string, unknown> = { remedy: this.remedy(language) };
    for (const [name, value] of Object.entries(this.params)) details[name] = value instanceof Masked ? value.masked : value;
    return { error: { code: this.code, message: this.text(language), retryable: this.retryable, details } };
  }
}

/** A field of a value of unknown shape. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
