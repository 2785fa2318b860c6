import type { KeyPath } from './problem.js';
import { LATER_READERS } from './schema/reader.js';
import { LATER_ADAPTERS } from './schema/till.js';
import { LATER_TRANSLATORS } from './schema/translator.js';

const LATER: Readonly<Record<string, readonly string[]>> = {
  'readers.type': LATER_READERS,
  'translators.type': LATER_TRANSLATORS,
  'tills.adapter': LATER_ADAPTERS,
};

/** Whether a value is one that the product knows and this version does not have: no typing mistake, and not to be called one. */
export function isLater(path: KeyPath, value: unknown): boolean {
  const place = path.filter((part) => typeof part === 'string').join('.');
  return typeof value === 'string' && LATER[place]?.includes(value) === true;
}
