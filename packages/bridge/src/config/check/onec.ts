import { compileOutput, NUMBER_KINDS, Secret } from '@tillbridge/core';
import { formatKeyPath, type Finding } from '../problem.js';
import { say } from '../texts.js';
import { outputOptions, templateFinding } from './codes.js';
import { fieldsOf, textAt, type Entry, type Outline } from './outline.js';

/** Where drivers of 1C connect to unless `listen` says otherwise; the schema's default. */
export const DEFAULT_LISTEN = '127.0.0.1:7844';

/** What the schema cannot see of 1C tills. */
export function checkOnec({ tills }: Outline): readonly Finding[] {
  const own = tills.filter((till) => textAt(till, 'adapter') === '1c');
  return [...own.flatMap(checkTexts), ...sharedTokens(own.filter((till) => textAt(till, 'transport') === 'addin'))];
}

/** The templates are compiled; what ends them is not theirs. */
function checkTexts(till: Entry): readonly Finding[] {
  const options = { ...outputOptions(till.fields), suffix: 'none' } as const;
  const { template } = options;
  const byKind = typeof template === 'string' ? undefined : fieldsOf(template);
  if (template === undefined || typeof template === 'string') {
    const key = ['template', 'prefix', 'track2', 'pad'].find((name) => name in options);
    return key === undefined ? [] : templateFinding(() => compileOutput(options), [...till.path, key]);
  }
  return NUMBER_KINDS.flatMap((kind) => {
    const text = byKind?.[kind];
    return typeof text === 'string' ? templateFinding(() => compileOutput({ ...options, template: text }), [...till.path, 'template', kind]) : [];
  });
}

/** The token says which till a driver is: no two may have the same one at the same address. */
function sharedTokens(tills: readonly Entry[]): readonly Finding[] {
  const first = new Map<string, Entry>();
  return tills.flatMap((till) => {
    const token = fieldsOf(till.fields['secrets'])?.['token'];
    if (!(token instanceof Secret) || token.reveal() === '') return [];
    const key = `${textAt(till, 'listen') ?? DEFAULT_LISTEN} ${token.reveal()}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, till);
    return other === undefined ? [] : [{ path: [...till.path, 'secrets'], at: 'key', text: say('sameToken', { other: formatKeyPath(other.path) }) }];
  });
}
