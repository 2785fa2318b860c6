import { hintFor } from '../hint.js';
import { formatKeyPath, type Finding } from '../problem.js';
import { joined, say } from '../texts.js';
import { isLocalName } from '../../phones/certificate/name-constraints.js';
import { fieldsOf, namesOf, textAt, textsAt, type Entry, type Outline } from './outline.js';
import { isAnswersOnly } from './routes.js';

/** One listener serves all phones, and each till that it offers is one that can be told a number. */
export function checkMobile({ readers, tills }: Outline): readonly Finding[] {
  const mobiles = readers.filter(isMobile);
  const [first] = mobiles;
  return [
    ...mobiles.slice(1).map((reader) => ({ path: reader.path, text: say('secondMobile', { other: formatKeyPath(first?.path ?? []) }) })),
    ...mobiles.flatMap((reader) => [...samePorts(reader), ...offeredTills(reader, tills), ...relayedTwice(reader)]),
  ];
}

export function isMobile(reader: Entry): boolean {
  return textAt(reader, 'type') === 'mobile';
}

function samePorts(reader: Entry): readonly Finding[] {
  const { port, httpPort } = reader.fields;
  const same = typeof port === 'number' && port !== 0 && port === httpPort;
  return same ? [{ path: [...reader.path, 'httpPort'], text: say('mobilePorts') }] : [];
}

function offeredTills(reader: Entry, tills: readonly Entry[]): readonly Finding[] {
  const seen = new Set<string>();
  return textsAt(reader, 'tills').flatMap(({ text: name, path }): readonly Finding[] => {
    const till = tills.find((entry) => textAt(entry, 'id') === name);
    if (till === undefined) return [{ path, text: joined(say('unknownTill', { name }), hintFor(name, namesOf(tills, 'id'))) }];
    if (seen.has(name)) return [{ path, text: say('mobileTillTwice', { name }) }];
    seen.add(name);
    return isAnswersOnly(till) ? [{ path, text: say('mobileTillAsks', { name }) }] : [];
  });
}

function relayedTwice(reader: Entry): readonly Finding[] {
  const { relay } = reader.fields;
  const ids = (Array.isArray(relay) ? relay : []).map((each: unknown) => fieldsOf(each)?.['id']);
  return ids.flatMap((id, at): readonly Finding[] => (typeof id === 'string' && ids.indexOf(id) < at ? [{ path: [...reader.path, 'relay', at, 'id'], text: say('mobileTillTwice', { name: id }) }] : []));
}

/** What works, and should be meant. */
export function mobileWarnings({ readers }: Outline): readonly Finding[] {
  return readers.filter(isMobile).flatMap((reader): readonly Finding[] => {
    const own = fieldsOf(reader.fields['tls']) !== undefined;
    const foreign = own ? [] : textsAt(reader, 'names').filter(({ text }) => !isLocalName(text));
    return foreign.map(({ text, path }) => ({ path, text: say('mobileForeignName', { name: text }) }));
  });
}
