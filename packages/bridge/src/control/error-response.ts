import { asTillbridgeError, type ErrorBody, type ErrorCode, type Language } from '@tillbridge/core';
import type { ApiResponse } from './http.js';

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  TB_API_NOT_FOUND: 404,
  TB_TILL_UNKNOWN: 404,
  TB_SCAN_UNKNOWN_READER: 404,
  TB_SCAN_BUSY: 429,
  TB_API_INTERNAL: 500,
  TB_API_TIMEOUT: 504,
  TB_API_UNAUTHORIZED: 401,
  TB_API_STATION_SECRET: 401,
  TB_API_STATION_REFUSED: 403,
  TB_API_REFUSED: 403,
  TB_API_SCOPE: 403,
  TB_API_CLIENT_UNKNOWN: 404,
  TB_API_CLIENTS_FULL: 409,
  TB_API_CLIENTS_UNREADABLE: 503,
  TB_API_PAIRING: 401,
  TB_API_CONFLICT: 409,
  TB_SCAN_RECORDING_ON: 409,
  TB_API_RECEIPT_DIFFERS: 409,
  TB_API_GONE: 410,
  TB_API_TOO_LARGE: 413,
  TB_API_RATE: 429,
  TB_TILL_IIKO_TWO_PLUGINS: 409,
  TB_TILL_IIKO_HELLO_AGAIN: 428,
  TB_API_LOCKED: 429,
  TB_READER_MOBILE_OFF: 409,
  TB_READER_MOBILE_NO_ADDRESS: 409,
  TB_JOURNAL_UNAVAILABLE: 503,
  TB_JOURNAL_OUTBOX: 503,
  TB_CONFIG_INVALID: 409,
  TB_CONFIG_NOT_FOUND: 409,
  TB_CONFIG_UNREADABLE: 409,
  TB_CONFIG_CHANGED: 409,
  TB_CONFIG_READ_ONLY: 409,
  TB_CONFIG_SECRET_INSIDE: 409,
  TB_CONFIG_NO_BACKUP: 404,
  TB_TRANSLATE_IMPORT_BUSY: 409,
  TB_TRANSLATE_IMPORT_OFFSET: 409,
  TB_TRANSLATE_IMPORT_INCOMPLETE: 409,
  TB_TRANSLATE_IMPORT_SIZE: 413,
  TB_API_DESK: 503,
};

/** An error as the answer that the contract describes. What is not ours becomes `TB_API_INTERNAL` without its text. */
export function errorResponse(error: unknown, language: Language = 'en'): ApiResponse {
  const known = asTillbridgeError(error, 'TB_API_INTERNAL', { problem: 'see the log of the daemon' });
  const body: ErrorBody = known.body(language);
  return { status: STATUS[known.code] ?? 400, body };
}

/** The language that a caller asks for with `Accept-Language`. */
export function languageOf(header: string | undefined): Language {
  return header !== undefined && /^ru\b/i.test(header) ? 'ru' : 'en';
}
