/** One text of an error: what happened, and what to do about it. `{name}` stands for a parameter, `{{` and `}}` for braces. */
export interface ErrorText {
  readonly message: string;
  readonly remedy: string;
}

/** A row of the error catalogue. */
export interface ErrorEntry {
  /** Whether the same call can succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly en: ErrorText;
  readonly ru: ErrorText;
}

export type ErrorArea = Readonly<Record<string, ErrorEntry>>;

/**
 * Keeps the literal keys of an area, so that an unknown code does not compile. Marked as free of side effects: a bundler leaves out what a
 * web page does not use.
 * @__NO_SIDE_EFFECTS__
 */
export function area<const T extends ErrorArea>(entries: T): T {
  return entries;
}
