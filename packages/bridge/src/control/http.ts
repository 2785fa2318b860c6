import { asTillbridgeError, TillbridgeError, type ErrorBody, type ErrorCode, type Language } from '@tillbridge/core';
import { z } from 'zod';
import type { Caller, Scope } from './scope.js';

/** Who may make a call: anybody, any paired client (the handler looks closer), the control socket alone, or who has a scope. */
export type Access = 'public' | 'client' | 'control' | Scope | ((params: Params) => Scope);

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export type Params = Readonly<Record<string, string>>;

/** A request, without the framework it came by. */
export interface ApiRequest<Body = unknown, Query = unknown> {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** What the caller reads: errors and reasons are given in it. */
  readonly language: Language;
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** A request before its parts are checked. */
export interface RawRequest extends Omit<ApiRequest, 'query' | 'body'> {
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where there was no body. */
  readonly body: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  /** Set: `body` is a text of this type, and goes out as it is. */
  readonly contentType?: string;
}

type MaybePromise<T> = T | Promise<T>;

/** What a call is, for whoever writes one. `:name` in the path is a parameter. */
export interface CallSpec<Body extends z.ZodType, Query extends z.ZodType> {
  readonly method: Method;
  readonly path: string;
  /** One line for the reference. */
  readonly summary: string;
  readonly access: Access;
  readonly body?: Body;
  readonly query?: Query;
  /** What it answers, by status; errors are the same everywhere. A plain string is sent as text. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  readonly handler: (request: ApiRequest<z.output<Body>, z.output<Query>>) => MaybePromise<ApiResponse>;
}

/** One call of the protocol, whatever listener it comes by. */
export interface Call {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly body: z.ZodType | undefined;
  readonly query: z.ZodType;
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Checks the request and answers it. @throws {TillbridgeError} `TB_API_BAD_REQUEST`, and what the call throws */
  readonly run: (request: RawRequest) => Promise<ApiResponse>;
}

const NO_QUERY = z.strictObject({});

/** Makes a call of its description: what reaches the handler has been checked against its schemas. */
export function defineCall<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = typeof NO_QUERY>(spec: CallSpec<Body, Query>): Call {
  const { handler, body, ...rest } = spec;
  const query: z.ZodType = spec.query ?? NO_QUERY;
  return {
    ...rest,
    body,
    query,
    run: async (request) => {
      const checked = {
        ...request,
        query: parse(query, queryFields(request.query)),
        body: body === undefined ? undefined : parse(body, request.body ?? {}),
      };
      return handler(checked as ApiRequest<z.output<Body>, z.output<Query>>);
    },
  };
}

export const ok = (body: unknown): ApiResponse => ({ status: 200, body });

/** A whole number in a query. */
export const integerParam = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.int().min(min).max(max));

function queryFields(query: URLSearchParams): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of query) {
    if (Object.hasOwn(fields, name)) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'a query parameter stands twice' });
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
  }
  return fields;
}

/** @throws {TillbridgeError} `TB_API_BAD_REQUEST` naming fields, never their values */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problem = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
  throw new TillbridgeError('TB_API_BAD_REQUEST', { problem });
}

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
