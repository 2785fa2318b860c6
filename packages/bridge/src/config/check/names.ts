import { hintFor } from '../hint.js';
import type { Finding } from '../problem.js';
import { joined, say, type TextKey } from '../texts.js';
import { namesOf, textAt, textsAt, unique, type Entry, type Outline } from './outline.js';
import { isAnswersOnly } from './routes.js';

/** Names given twice, and names that nothing bears. */
export function checkNames(outline: Outline): readonly Finding[] {
  const readers = namesOf(outline.readers, 'id');
  const tills = namesOf(outline.tills, 'id');
  const codes = namesOf(outline.codes, 'name');
  // a till that reads for itself counts as a reader of its own name
  const sources = [...readers, ...namesOf(outline.tills.filter(isAnswersOnly), 'id')];
  return [
    ...unique(outline.readers, 'id'),
    ...unique(outline.tills, 'id'),
    ...unique(outline.codes, 'name'),
    ...outline.readers.filter((reader) => textAt(reader, 'type') === 'till').flatMap((reader) => single(reader, 'till', tills)),
    ...outline.codes.flatMap((code) => listed(code, 'readers', sources, 'unknownReader')),
    ...outline.translators.flatMap((translator) => listed(translator, 'codes', codes, 'unknownCode')),
    ...outline.routes.flatMap((route) => [
      ...listed(route, 'readers', readers, 'unknownReader'),
      ...single(route, 'till', tills),
      ...single(route, 'goods', [...tills, 'none']),
    ]),
  ];
}

function listed(entry: Entry, key: string, known: readonly string[], unknown: TextKey): readonly Finding[] {
  return textsAt(entry, key)
    .filter(({ text }) => !known.includes(text))
    .map(({ text, path }) => ({ path, text: joined(say(unknown, { name: text }), hintFor(text, known)) }));
}

function single(route: Entry, key: string, known: readonly string[]): readonly Finding[] {
  const name = textAt(route, key);
  if (name === undefined || known.includes(name)) return [];
  return [{ path: [...route.path, key], text: joined(say('unknownTill', { name }), hintFor(name, known)) }];
}
