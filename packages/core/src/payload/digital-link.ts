import { decoded, pathSegments, queryValues, urlOf } from './url-value.js';

/**
 * Data of the application identifiers that name a person's or a customer's card, and of the product and its parts, so that a path is
 * understood from its right end; lengths from the GS1 General Specifications (8017/8018 GSRN: 18 digits; 8020, 255, 8003, 8004 ...).
 */
const VALUES: Readonly<Record<string, RegExp>> = {
  '00': /^\d{18}$/,
  '01': /^\d{8}(?:\d{4,6})?$/,
  '10': /^.{1,20}$/,
  '21': /^.{1,20}$/,
  '22': /^.{1,20}$/,
  '235': /^.{1,28}$/,
  '253': /^\d{13}.{0,17}$/,
  '255': /^\d{13}\d{0,12}$/,
  '401': /^.{1,30}$/,
  '402': /^\d{17}$/,
  '414': /^\d{13}$/,
  '254': /^.{1,20}$/,
  '417': /^\d{13}$/,
  '7040': /^\d.{3}$/,
  '8003': /^\d{14}.{0,16}$/,
  '8004': /^.{1,30}$/,
  '8006': /^\d{18}$/,
  '8010': /^.{1,30}$/,
  '8011': /^\d{1,12}$/,
  '8013': /^.{1,25}$/,
  '8017': /^\d{18}$/,
  '8018': /^\d{18}$/,
  '8019': /^\d{1,10}$/,
  '8020': /^.{1,25}$/,
};

/** AIs whose last digit is a GS1 check digit over all others of the number. */
const CHECKED: ReadonlySet<string> = new Set(['00', '01', '402', '414', '417', '8017', '8018']);

/** Whether a text can be the name of an application identifier: two to four digits. */
export function isApplicationIdentifier(text: string): boolean {
  return /^\d{2,4}$/.test(text);
}

/**
 * The value of `ai` in an uncompressed GS1 Digital Link URI (ref.gs1.org/standards/digital-link/uri-syntax): pairs of AI and value in the
 * path, counted from its end, then the query. An AI that stands there twice, or whose value cannot be one, gives nothing.
 */
export function digitalLinkValue(text: string, ai: string, hosts: readonly string[] | undefined): string | undefined {
  const url = urlOf(text, hosts);
  if (url === undefined) return undefined;
  const found = [...pathPairs(url).filter(([name]) => name === ai).map(([, value]) => value), ...queryValues(url, ai)];
  const [value] = found;
  return found.length === 1 && value !== undefined && isValue(ai, value) ? value : undefined;
}

function isValue(ai: string, value: string): boolean {
  return (VALUES[ai] ?? /^.{1,90}$/).test(value) && (!CHECKED.has(ai) || checkDigitFits(value));
}

/** Pairs from the right end of the path, as far as they are AIs with values that fit: what stands before is the resolver's own path. */
function pathPairs(url: URL): readonly (readonly [string, string])[] {
  const segments = pathSegments(url);
  const pairs: (readonly [string, string])[] = [];
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const name = segments[at];
    const value = decoded(segments[at + 1]);
    if (name === undefined || value === undefined || !isApplicationIdentifier(name) || !(VALUES[name]?.test(value) ?? false)) break;
    pairs.unshift([name, value]);
  }
  return pairs;
}

/** GS1 General Specifications, 7.9: weights 3 and 1 from the right. */
function checkDigitFits(digits: string): boolean {
  const sum = Array.from(digits.slice(0, -1), Number).reverse().reduce((all, digit, i) => all + digit * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}
