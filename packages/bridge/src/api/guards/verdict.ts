/** Why a request was refused; the only thing about it that is counted. */
export const REFUSAL_REASONS = ['peer', 'host', 'origin', 'crossSite', 'token', 'locked', 'pairing', 'scope', 'size', 'rate', 'tooSlow', 'connections'] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What a guard says of a request. Guards are pure: what they look at stands in their arguments. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: RefusalReason; readonly status: number };

export const PASS: Verdict = { ok: true };

export function refuse(reason: RefusalReason, status: number): Verdict {
  return { ok: false, reason, status };
}
