/** Unix milliseconds as ISO 8601 in UTC. */
export function isoTime(wallMs: number): string {
  return new Date(wallMs).toISOString();
}

/** Unix milliseconds of an ISO 8601 date or date-time; undefined for anything else. Without a zone it is local time, as people write it. */
export function parseIsoTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return undefined;
  const ms = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(ms) ? undefined : ms;
}
