import { isTillbridgeError, Secret, systemClock } from '@tillbridge/core';
import { compileChain } from '@tillbridge/readers/nfc-chain';
import { formatKeyPath, type Finding, type KeyPath } from '../problem.js';
import { nestedRepetition } from '../regex-shape.js';
import { say } from '../texts.js';
import { fieldsOf, textAt, type Entry, type Outline } from './outline.js';

const SECTIONS = ['hce', 'vas', 'smarttap', 'sector', 'uid'] as const;

/** Contactless readers: keys and rules are tried here, so that nothing fails at the first card; no card is read by two. */
export function checkNfc(outline: Outline): readonly Finding[] {
  const readers = outline.readers.filter((reader) => textAt(reader, 'type') === 'nfc');
  return [...readers.flatMap(sections), ...readers.flatMap(slowExtract), ...overlaps(readers)];
}

function sections(reader: Entry): readonly Finding[] {
  // one by one: each may have its mistake
  return SECTIONS.filter((section) => section in reader.fields).flatMap((section) => {
    const settings = withSecrets(reader.fields[section]);
    // a secret that could not be had has been complained of
    if (!settings.complete) return [];
    try {
      compileChain({ [section]: settings.value }, systemClock);
      return [];
    } catch (error) {
      // values of a wrong type are the schema's to refuse
      if (!isTillbridgeError(error)) return [];
      return [{ path: [...reader.path, ...pathOf(String(error.params['setting']))], text: { en: error.text('en'), ru: error.text('ru') } }];
    }
  });
}

/** Settings as the reader takes them: what stands under `secrets` is where it is used. */
function withSecrets(value: unknown): { readonly value: unknown; readonly complete: boolean } {
  if (value instanceof Secret) return { value, complete: value.reveal() !== '' };
  if (Array.isArray(value)) {
    const items = value.map(withSecrets);
    return { value: items.map((item) => item.value), complete: items.every(({ complete }) => complete) };
  }
  const fields = fieldsOf(value);
  if (fields === undefined) return { value, complete: true };
  const { secrets, ...rest } = fields;
  const entries = Object.entries({ ...rest, ...fieldsOf(secrets) }).map(([key, item]) => ({ key, ...withSecrets(item) }));
  return { value: Object.fromEntries(entries.map((entry) => [entry.key, entry.value])), complete: entries.every(({ complete }) => complete) };
}

/**
 * `vas.passes[0].secrets.keys[1]` as a key path, down to `secrets`: of a referenced value itself nothing may be said, and what is wrong
 * with a key, its curve or its password, is no secret.
 */
function pathOf(setting: string): KeyPath {
  const path = [...setting.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
  const secrets = path.indexOf('secrets');
  return secrets < 0 ? path : path.slice(0, secrets + 1);
}

function slowExtract(reader: Entry): readonly Finding[] {
  const extract = fieldsOf(reader.fields['uid'])?.['extract'];
  const part = typeof extract === 'string' ? nestedRepetition(extract) : undefined;
  return part === undefined ? [] : [{ path: [...reader.path, 'uid', 'extract'], text: say('slowRegex', { part }) }];
}

function overlaps(readers: readonly Entry[]): readonly Finding[] {
  return readers.flatMap((reader, at) => {
    const other = readers.slice(0, at).find((earlier) => sameDevice(nameOf(earlier), nameOf(reader)));
    return other === undefined ? [] : [{ path: reader.path, text: say('nfcOverlap', { other: formatKeyPath(other.path) }) }];
  });
}

function nameOf(reader: Entry): string | undefined {
  const name = fieldsOf(reader.fields['match'])?.['name'];
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}

function sameDevice(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a.includes(b) || b.includes(a);
}
