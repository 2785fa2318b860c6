import { ERROR_CODES, TillbridgeError, type ErrorCode } from '@tillbridge/core';
import type { ReadProblem } from '../wire/read-report.js';

/** An error that a plugin reports: one of the catalogue stays what it is, with its foreign texts cleaned; any other is quoted. */
export function errorFrom({ code, params, message }: ReadProblem, plugin: string, clean: (text: string) => string): TillbridgeError {
  if (code === undefined || !(ERROR_CODES as readonly string[]).includes(code)) return new TillbridgeError('TB_NATIVE_PLUGIN_PROBLEM', { plugin, problem: clean(message) });
  const cleaned = Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'boolean' ? value : safe(value, clean)] as const);
  return new TillbridgeError(code as ErrorCode, Object.fromEntries(cleaned));
}

/** A number may be somebody's card as well as a text may. */
function safe(value: string | number, clean: (text: string) => string): string | number {
  if (typeof value === 'string') return clean(value);
  return clean(String(value)) === String(value) ? value : clean(String(value));
}
