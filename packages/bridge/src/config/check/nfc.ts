import { isTillbridgeError, systemClock } from '@tillbridge/core';
import { compileChain } from '@tillbridge/readers';
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
    try {
      compileChain({ [section]: reader.fields[section] }, systemClock);
      return [];
    } catch (error) {
      // values of a wrong type are the schema's to refuse
      if (!isTillbridgeError(error)) return [];
      return [{ path: [...reader.path, ...pathOf(String(error.params['setting']))], text: { en: error.text('en'), ru: error.text('ru') } }];
    }
  });
}

/** `vas.passes[0].keys[1]` as a key path. */
function pathOf(setting: string): KeyPath {
  return [...setting.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
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
