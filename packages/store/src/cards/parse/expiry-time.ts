import { parseIsoTime } from '@tillbridge/core';

/**
 * When a card expires, as Unix milliseconds; undefined when the text is not ISO 8601. A date alone lasts through that day on this
 * machine's calendar, which is how people read "valid till"; a time without an offset is local time, as the standard says.
 */
export function expiryTime(text: string): number | undefined {
  // Date.parse takes the 30th of February for the 2nd of March
  if (Number(text.slice(8, 10)) > daysOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)))) return undefined;
  return parseIsoTime(text.length === 10 ? `${text}T23:59:59.999` : text);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
