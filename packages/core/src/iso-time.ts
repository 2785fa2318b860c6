/** Unix milliseconds as ISO 8601 in UTC. Formats a given moment; reads no clock. */
export function isoTime(wallMs: number): string {
  const date = new Date(wallMs);
  // beyond what a calendar can name (+-8.64e15 ms): a damaged time must not stop a listing
  return Number.isNaN(date.getTime()) ? '1970-01-01T00:00:00.000Z' : date.toISOString();
}

/** Unix milliseconds as the wall of this machine shows them, without a zone: `2026-01-10T12:03:11`. */
export function localTime(wallMs: number): string {
  const date = new Date(wallMs);
  if (Number.isNaN(date.getTime())) return '1970-01-01T00:00:00';
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Unix milliseconds of a date as HTTP headers write it (RFC 9110, 5.6.7, IMF-fixdate); undefined for anything else. */
export function parseHttpTime(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Unix milliseconds of an ISO 8601 date or date-time; undefined for anything else. Without a zone it is local time, as people write it. */
export function parseIsoTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return undefined;
  const ms = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(ms) ? undefined : ms;
}
