import type { ErrorBody, ErrorCode, Language } from '@tillbridge/core';
import { asTillbridgeError } from '@tillbridge/core';

/** A request, without the framework it came by. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where there was no body. */
  readonly body: unknown;
  /** What the caller reads: errors and reasons are given in it. */
  readonly language: Language;
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

export type Handler = (request: ApiRequest, params: Readonly<Record<string, string>>) => Promise<ApiResponse> | ApiResponse;

/** One call of the protocol. `:name` in the path is a parameter. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly handler: Handler;
}

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  TB_API_NOT_FOUND: 404,
  TB_TILL_UNKNOWN: 404,
  TB_SCAN_UNKNOWN_READER: 404,
  TB_SCAN_BUSY: 429,
  TB_API_INTERNAL: 500,
  TB_API_TIMEOUT: 504,
  TB_JOURNAL_UNAVAILABLE: 503,
  TB_CONFIG_INVALID: 409,
  TB_CONFIG_NOT_FOUND: 409,
  TB_CONFIG_UNREADABLE: 409,
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

/** Finds the call for a request. */
export function createRouter(calls: readonly Call[]): (method: string, path: string) => { call: Call; params: Record<string, string> } | undefined {
  const compiled = calls.map((call) => ({ call, segments: call.path.split('/') }));
  return (method, path) => {
    const segments = path.split('/');
    for (const { call, segments: pattern } of compiled) {
      if (call.method !== method || pattern.length !== segments.length) continue;
      const params = matchSegments(pattern, segments);
      if (params !== undefined) return { call, params };
    }
    return undefined;
  };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [i, expected] of pattern.entries()) {
    const actual = segments[i] ?? '';
    if (expected.startsWith(':')) {
      const value = decodeSegment(actual);
      if (value === undefined) return undefined;
      params[expected.slice(1)] = value;
    } else if (expected !== actual) return undefined;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return segment === '' ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
