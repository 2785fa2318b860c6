import type { Masked } from '../masked.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Fields of a log line. Codes and numbers only as {@link Masked}; texts of other programs only through `printable`. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | Masked | readonly string[] | Error>>;

/** Where log lines go; injected. `event` is a short fixed sentence, what varies is in the fields. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}

const nothing = (): void => undefined;

/** A log that keeps nothing. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => silentLog };
