/** Unix milliseconds as ISO 8601 in UTC. Formats a given moment; reads no clock. */
export function isoTime(ms: number): string {
  // eslint-disable-next-line no-restricted-globals -- pure formatting of an argument
  const date = new Date(ms);
  // beyond what a calendar can name (+-8.64e15 ms): a damaged time must not stop a listing
  return Number.isNaN(date.getTime()) ? '1970-01-01T00:00:00.000Z' : date.toISOString();
}

/** For file names: `20260804T120000Z`. */
export function fileTime(ms: number): string {
  return isoTime(ms).replace(/[-:]|\.\d+/g, '');
}
