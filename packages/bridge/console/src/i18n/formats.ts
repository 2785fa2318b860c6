import { clock } from '../clock';
import { language, type Plural } from './language';

/** Formats are dear to make: one for each language and shape. */
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>();

function keep<Format extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>(name: string, make: (tag: string) => Format): Format {
  const key = `${language.value} ${name}`;
  const known = made.get(key) as Format | undefined;
  if (known !== undefined) return known;
  const format = make(language.value === 'ru' ? 'ru-RU' : 'en-GB');
  made.set(key, format);
  return format;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** 14:03, in both languages, and without a format: the first page would wait for the making of it. */
export function timeOfDay(wall: number): string {
  const date = clock.local(wall);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** 14:03:22 */
export const time = (wall: number): string => `${timeOfDay(wall)}:${two(clock.local(wall).getSeconds())}`;

/** 22 Nov 2026 */
export const day = (wall: number): string => keep('day', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' })).format(wall);

/** 22 Nov 2026, 14:03:22 */
export const dateTime = (wall: number): string =>
  keep('dateTime', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' })).format(wall);

export function number(value: number, digits = 0): string {
  // most are small, and need no format, which is dear to make
  const rounded = Number(value.toFixed(digits));
  if (Math.abs(rounded) < 1000) return small(rounded);
  return keep(`number ${String(digits)}`, (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: digits })).format(value);
}

function small(rounded: number): string {
  const text = String(rounded);
  return language.value === 'ru' ? text.replace('.', ',') : text;
}

/** 12 %: with a space that does not break in Russian. */
export const percent = (share: number): string => `${number(Math.round(share * 100))}${language.value === 'ru' ? '\u00a0' : ''}%`;

const UNITS = { en: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' }, ru: { ms: 'мс', s: 'с', min: 'мин', h: 'ч', d: 'дн.' } } as const;

/** A span in its own unit: 0.4 ms, 12 ms, 1.5 s, 3 min, 2 h, 5 d. */
export function duration(ms: number): string {
  const unit = UNITS[language.value];
  const steps = [
    { below: 1000, by: 1, name: unit.ms },
    { below: 60_000, by: 1000, name: unit.s },
    { below: 3_600_000, by: 60_000, name: unit.min },
    { below: 86_400_000, by: 3_600_000, name: unit.h },
    { below: Number.POSITIVE_INFINITY, by: 86_400_000, name: unit.d },
  ];
  const { by, name } = steps.find(({ below }) => Math.abs(ms) < below) ?? { by: 1, name: unit.ms };
  const value = ms / by;
  return `${number(value, Math.abs(value) < 10 && by < 60_000 ? 1 : 0)} ${name}`;
}

/** `forms`: one, few, many (English has no few); the number is put before it. */
export function count(value: number, forms: Plural): string {
  const form = keep('plural', (tag) => new Intl.PluralRules(tag)).select(value);
  const word = form === 'one' ? forms.one : form === 'few' ? (forms.few ?? forms.many) : forms.many;
  return `${number(value)} ${word}`;
}
