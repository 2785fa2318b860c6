const MAX_RETRY_AFTER_S = 3600;

/** `Retry-After` in seconds (RFC 9110, 10.2.3) as milliseconds, an hour at most. One with a date, or none: undefined, for clocks of servers differ. */
export function retryAfterMs(value: string | readonly string[] | undefined): number | undefined {
  const text = typeof value === 'string' ? value : value?.[0];
  if (text === undefined || !/^\d{1,9}$/.test(text.trim())) return undefined;
  return Math.min(Number(text), MAX_RETRY_AFTER_S) * 1000;
}
