import { parseIsoTime } from '@tillbridge/core';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `--since`: ISO 8601, or a span back from now (`90s`, `15m`, `2h`, `3d`). Unix milliseconds; undefined where it is neither. */
export function parseSince(text: string, now: number): number | undefined {
  const span = /^(\d{1,9})([smhd])$/.exec(text);
  if (span !== null) return now - Number(span[1]) * (UNITS[span[2] ?? ''] ?? 0);
  return parseIsoTime(text);
}
