import { language } from '../i18n';
import { session, signOut } from '../session';

/** How long a call may take, in ms; those that wait for an outcome say so themselves. */
const CALL_MS = 15_000;

/** Everything that can go wrong with a call. `code` is the daemon's (`TB_...`), or one of the page's own. */
export class ApiError extends Error {
  /** `offline`: nothing answered; `timeout`; `unreadable`: what answered does not speak like a daemon; `left`: the page gave up. */
  readonly code: string;
  readonly remedy: string | undefined;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 0, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
    this.remedy = typeof details['remedy'] === 'string' ? details['remedy'] : undefined;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is, with its type; instead of `body`. */
  readonly raw?: { readonly type: string; readonly body: BodyInit };
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export const get = <Answer>(path: string, options?: Omit<CallOptions, 'body' | 'raw'>): Promise<Answer> => call<Answer>('GET', path, options);
export const post = <Answer>(path: string, body?: unknown, options?: Omit<CallOptions, 'body' | 'raw'>): Promise<Answer> =>
  call<Answer>('POST', path, { ...options, body });

/** Calls the daemon. Whoever is not known any more (401) is signed out. @throws {ApiError} */
export async function call<Answer>(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
  const answer = await send(method, path, options);
  const text = await answer.text().catch(() => '');
  return (text === '' ? undefined : parse(text, answer.status)) as Answer;
}

/** The same for what is no JSON, such as a file to keep. @throws {ApiError} */
export async function download(path: string, options: CallOptions = {}): Promise<Blob> {
  const answer = await send('GET', path, options);
  return answer.blob().catch(() => {
    throw new ApiError('offline', '');
  });
}

async function send(method: Method, path: string, { body, raw, query, signal, timeoutMs = CALL_MS }: CallOptions): Promise<Response> {
  const token = session.value?.token;
  const late = AbortSignal.timeout(timeoutMs);
  const type = raw?.type ?? (body === undefined ? undefined : 'application/json');
  const payload = raw?.body ?? (body === undefined ? undefined : JSON.stringify(body));
  let answer: Response;
  try {
    answer = await fetch(path + queryText(query), {
      method,
      headers: {
        'accept-language': language.value,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { body: payload }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    });
  } catch {
    throw new ApiError(signal?.aborted === true ? 'left' : late.aborted ? 'timeout' : 'offline', '');
  }
  if (answer.ok) return answer;
  const error = await errorOf(answer);
  // of this token alone: a call that was under way when somebody signed in again says nothing about the new one
  if (answer.status === 401 && token !== undefined && session.value?.token === token) signOut('refused');
  throw error;
}

async function errorOf(answer: Response): Promise<ApiError> {
  const text = await answer.text().catch(() => '');
  const { error } = (parse(text, answer.status) ?? {}) as { readonly error?: Readonly<Record<string, unknown>> };
  const { code, message, details } = error ?? {};
  if (typeof code !== 'string' || typeof message !== 'string') return new ApiError('unreadable', '', answer.status);
  return new ApiError(code, message, answer.status, typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {});
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError('unreadable', '', status);
  }
}

function queryText(query: CallOptions['query'] = {}): string {
  const fields = Object.entries(query).filter((field): field is [string, string | number] => field[1] !== undefined && field[1] !== '');
  return fields.length === 0 ? '' : `?${new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString()}`;
}
