const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * ISO 8601 to Unix milliseconds; undefined when it is none. A date alone lasts through that day, which is how people read "valid till";
 * a time without an offset is the machine's local time, as the standard says.
 */
export function isoTime(text: string): number | undefined {
  const parts = FORM.exec(text);
  if (parts === null) return undefined;
  const at = (index: number): number => Number(parts[index] ?? 0);
  const [year, month, day] = [at(1), at(2), at(3)];
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (parts[4] === undefined) return local(year, month, day, 23, 59, 59, 999);
  const [hour, minute, second] = [at(4), at(5), at(6)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = parts[8];
  if (offset === undefined) return local(year, month, day, hour, minute, second, ms);
  const minutes = offsetMinutes(offset);
  if (minutes === undefined) return undefined;
  return utc(year, month, day, hour, minute, second, ms) - minutes * 60_000;
}

function offsetMinutes(offset: string): number | undefined {
  if (offset.toUpperCase() === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

type Fields = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number];

// Converts a date that was read; reads no clock. `setFullYear` because the constructor takes years below 100 for 19xx.
/* eslint-disable no-restricted-globals */
function local(...[year, month, day, hour, minute, second, ms]: Fields): number {
  const date = new Date(2000, 0, 1, hour, minute, second, ms);
  date.setFullYear(year, month - 1, day);
  return date.setHours(hour, minute, second, ms);
}

function utc(...[year, month, day, hour, minute, second, ms]: Fields): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, ms);
}
/* eslint-enable no-restricted-globals */
