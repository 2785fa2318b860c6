import type { z } from 'zod';
import type { HttpProblem } from '../http/index.js';
import type { Posted } from './token-keeper.js';

/** Why there is no usable answer. */
export type CloudProblem =
  | HttpProblem
  /** the token call refuses our login */
  | 'login'
  /** the login may not use this operation, or not for this organisation */
  | 'noRight'
  /** 429: nothing was done */
  | 'limited'
  /** we leave the service alone for a while */
  | 'circuitOpen'
  /** 408: the till or the service took too long; the work may be done all the same */
  | 'serverTimeout'
  /** 5xx */
  | 'serverError'
  /** 410: what was asked about is not kept any longer */
  | 'gone'
  /** 400 and its like: `codes` say more */
  | 'declined';

export type CloudAnswer<T> =
  | { readonly ok: true; readonly value: T }
  /** `sent`: the operation may have been carried out. `codes`: single words of the error's two fields, never free text. */
  | { readonly ok: false; readonly problem: CloudProblem; readonly sent: boolean; readonly codes: readonly string[] };

/** Problems that leave it open whether the operation was carried out. */
const OPEN: ReadonlySet<CloudProblem> = new Set<CloudProblem>(['serverTimeout', 'serverError']);

export function judge<S extends z.ZodType>(posted: Posted, schema: S): CloudAnswer<z.output<S>> {
  if (posted === 'circuitOpen') return { ok: false, problem: posted, sent: false, codes: [] };
  if (!posted.answered) return { ok: false, problem: posted.problem, sent: posted.sent, codes: [] };
  if (posted.status >= 300) {
    const problem = byStatus(posted.status);
    return { ok: false, problem, sent: OPEN.has(problem), codes: codesOf(posted.body) };
  }
  const parsed = schema.safeParse(posted.body);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: 'badAnswer', sent: true, codes: [] };
}

/** Why there is no token. */
export function tokenProblem(posted: Posted): CloudProblem {
  if (posted === 'circuitOpen') return posted;
  if (!posted.answered) return posted.problem;
  const { status } = posted;
  if (status === 400 || status === 401 || status === 403) return 'login';
  // a token call that is not there: another server, or a proxy
  return status < 300 || status === 404 ? 'badAnswer' : byStatus(status);
}

function byStatus(status: number): CloudProblem {
  if (status === 401 || status === 403) return 'noRight';
  if (status === 408) return 'serverTimeout';
  if (status === 410) return 'gone';
  if (status === 429) return 'limited';
  return status >= 500 ? 'serverError' : 'declined';
}

/** The codes of an error body. Which of the two fields holds the code was never documented: both are looked into, for single words only. */
function codesOf(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null) return [];
  const fields: readonly unknown[] = ['error' in body ? body.error : undefined, 'errorDescription' in body ? body.errorDescription : undefined];
  return fields.filter((text): text is string => typeof text === 'string' && /^[A-Z][A-Za-z0-9]{1,39}(_[A-Z][A-Za-z0-9]{0,39})?$/.test(text));
}
