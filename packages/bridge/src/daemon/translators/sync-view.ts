import { isoTime, type Language, type PartState } from '@tillbridge/core';
import type { SyncStatus } from '@tillbridge/translators/sync';

/** Data older than this many of its rounds are old. */
const OLD_ROUNDS = 4;

/** A job as a part of the daemon: what it brought stays when it fails, so it is never down. `wall`: Unix time in ms. */
export function stateOfJob({ state, lastSuccess, rows, error, everyMs, next }: SyncStatus, wall: number): PartState {
  const since = lastSuccess ?? next ?? wall;
  const age = lastSuccess === undefined ? undefined : wall - lastSuccess;
  const detail = [...(rows === undefined ? [] : [`${rows} rows`]), age === undefined ? 'nothing yet' : `${Math.max(0, Math.round(age / 60_000))} min old`].join(', ');
  if (state === 'closed') return { status: 'closed', since, detail };
  if (error !== undefined) return { status: 'retrying', since, reason: error, detail };
  const old = age !== undefined && age > OLD_ROUNDS * everyMs;
  return { status: age === undefined ? 'opening' : old ? 'retrying' : 'ready', since, detail };
}

/** What `status` shows of a job. */
export function syncView({ id, type, state, lastSuccess, lastFull, rows, skipped, error, failures, next }: SyncStatus, language: Language): Record<string, unknown> {
  return {
    id,
    type,
    state,
    failures,
    lastSuccess: lastSuccess === undefined ? null : isoTime(lastSuccess),
    ...(lastFull === undefined ? {} : { lastFull: isoTime(lastFull) }),
    ...(rows === undefined ? {} : { rows }),
    ...(skipped === undefined ? {} : { skipped }),
    ...(next === undefined ? {} : { next: isoTime(next) }),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.text(language), remedy: error.remedy(language) } }),
  };
}
