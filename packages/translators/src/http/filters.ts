/** Changes a value; undefined: the value is none that it can be used on. */
export type Filter = (text: string) => string | undefined;

/** Filters that take a number after a colon, as in `{{id|last:6}}`. */
const WITH_NUMBER: Readonly<Record<string, (count: number) => Filter>> = {
  last: (count) => (text) => text.slice(-count),
  first: (count) => (text) => text.slice(0, count),
  pad: (count) => (text) => text.padStart(count, '0'),
};

const PLAIN: Readonly<Record<string, Filter>> = {
  digits: (text) => text.replace(/\D/g, ''),
  /** `+79001234567` of any way to write it; what is no phone fits nothing. */
  e164plus: (text) => {
    const digits = phoneDigits(text);
    return digits === undefined ? undefined : `+${digits}`;
  },
  e164: (text) => phoneDigits(text),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
  /** Without zeros in front: how a card that is kept as an integer is written. */
  integer: (text) => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined),
};

/** Names of the filters, for the documentation and for messages. */
export const FILTER_NAMES: readonly string[] = [...Object.keys(PLAIN), ...Object.keys(WITH_NUMBER).map((name) => `${name}:N`), 'number', 'boolean'];

/** More is no number of characters that a card has. */
const MAX_COUNT = 100;

export function filterOf(text: string): Filter | undefined {
  const [, name = '', count] = /^([a-z0-9]+)(?::(\d{1,3}))?$/i.exec(text) ?? [];
  if (count === undefined) return Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  const number = Number(count);
  return Object.hasOwn(WITH_NUMBER, name) && number >= 1 && number <= MAX_COUNT ? WITH_NUMBER[name]?.(number) : undefined;
}

/** A chain such as `digits|e164plus`; undefined where one of them is no filter. */
export function filterChain(text: string): Filter | undefined {
  const filters = text.split('|').map((each) => filterOf(each.trim()));
  if (filters.some((filter) => filter === undefined)) return undefined;
  return (value) => {
    let current: string | undefined = value;
    for (const filter of filters) current = current === undefined ? undefined : filter?.(current);
    return current;
  };
}

/**
 * Digits of a phone in international form, 10 to 15 (ITU-T E.164). Eleven digits with an eight in front and no plus are how the same is
 * dialled in Russia and Kazakhstan; no other country is assumed.
 */
function phoneDigits(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  const international = digits.length === 11 && digits.startsWith('8') && !text.trimStart().startsWith('+') ? `7${digits.slice(1)}` : digits;
  return /^[1-9]\d{9,14}$/.test(international) ? international : undefined;
}
