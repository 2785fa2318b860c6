import type { ReportEnd } from '@tillbridge/translators/report';

/** After the first, second, third failure and every further one, in ms: what a store's line does comes back soon or takes a while. */
const PAUSES_MS = [5000, 30_000, 120_000, 900_000] as const;
/** Each is spread by so much either way, so that tills do not come back all at once. */
const JITTER = 0.2;
/** A platform that wants to be left alone for longer is asked again after this, in ms. */
const LONGEST_PAUSE_MS = 3_600_000;
/** A receipt that could not be reported for so long becomes a dead letter, in ms. */
export const DEAD_AFTER_MS = 7 * 86_400_000;
/** But not before it was tried for so long: the machine may have stood still for weeks. In ms. */
const LEAST_TRIES_MS = 3_600_000;
/** Nor before it was tried so often: a clock that was years behind and is set right makes every receipt old at once. */
const LEAST_ATTEMPTS = 5;

/** What becomes of a receipt after an attempt. */
export type AfterAttempt =
  | { readonly to: 'done' }
  | { readonly to: 'waiting'; readonly nextAt: number; readonly reason: string }
  | { readonly to: 'dead'; readonly reason: string };

export interface Tried {
  /** Attempts that were begun, this one among them. */
  readonly attempts: number;
  /** Unix times in milliseconds. */
  readonly storedAt: number;
  readonly firstAt: number;
}

/** `random`: 0 to 1. */
export function afterAttempt(end: ReportEnd, { attempts, storedAt, firstAt }: Tried, now: number, random: number): AfterAttempt {
  if (end.end === 'done') return { to: 'done' };
  if (end.end === 'refused') return { to: 'dead', reason: end.reason };
  if (attempts >= LEAST_ATTEMPTS && now - storedAt >= DEAD_AFTER_MS && now - firstAt >= LEAST_TRIES_MS) return { to: 'dead', reason: `gaveUp ${end.reason}` };
  const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? PAUSES_MS[0];
  const spread = pause * (1 - JITTER + 2 * JITTER * random);
  return { to: 'waiting', reason: end.reason, nextAt: Math.round(now + Math.max(spread, Math.min(end.retryAfterMs ?? 0, LONGEST_PAUSE_MS))) };
}

/** Milliseconds until a receipt is due; a wall clock that was set back does not hold it up. */
export function dueIn(nextAt: number, now: number): number {
  const wait = nextAt - now;
  return wait <= 0 || wait > LONGEST_PAUSE_MS * 1.5 ? 0 : wait;
}
