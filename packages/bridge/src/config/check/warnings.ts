import { isLoopback, parseHostPort } from '../host-port.js';
import type { Finding } from '../problem.js';
import { say } from '../texts.js';
import { clientWarnings } from './clients.js';
import { iikoWarnings } from './iiko.js';
import { mobileWarnings } from './mobile.js';
import { textAt, type Entry, type Outline } from './outline.js';
import { oneTimeWarnings } from './platforms.js';
import { routeWarnings } from './routes.js';
import { stationWarnings } from './stations.js';
import { syncWarnings } from './sync.js';
import { compileMatch } from './codes.js';

/** What is allowed and probably not meant. Asked for only when nothing is wrong. */
export function warningsOf(outline: Outline): readonly Finding[] {
  return [
    ...(outline.codes.length === 0 ? [{ path: ['codes'], at: 'key', text: say('noCodes') } as const] : []),
    ...(outline.codes.length > 0 && outline.translators.length === 0 ? [{ path: ['translators'], at: 'key', text: say('noTranslators') } as const] : []),
    ...outline.codes.flatMap(matchWarnings),
    ...outline.codes.flatMap(bareDigits),
    ...syncWarnings(outline),
    ...oneTimeWarnings(outline),
    ...outline.readers.flatMap(openListener),
    ...clientWarnings(outline),
    ...routeWarnings(outline),
    ...stationWarnings(outline),
    ...iikoWarnings(outline),
    ...mobileWarnings(outline),
  ];
}

function matchWarnings(code: Entry): readonly Finding[] {
  const source = textAt(code, 'match') ?? '';
  const path = [...code.path, 'match'];
  const groups = [...source.matchAll(/\(\?<([A-Za-z_$][\w$]*)>/g)].map((match) => match[1] ?? '').filter((name) => name !== 'value');
  return [
    ...(source.startsWith('^') && source.endsWith('$') ? [] : [{ path, text: say('unanchored') }]),
    ...groups.map((name) => ({ path, text: say('otherGroup', { name }) })),
  ];
}

/** Telephones as they are written without a plus, by length: 10 to 12 digits are cards as well. */
const BARE = ['9161234567', '89161234567', '79161234567', '375291234567', '380501234567'];

function bareDigits(code: Entry): readonly Finding[] {
  if (textAt(code, 'kind') !== 'phone' || 'payload' in code.fields || 'readers' in code.fields) return [];
  const match = compileMatch(textAt(code, 'match') ?? '');
  return BARE.some((digits) => match.test(digits)) ? [{ path: [...code.path, 'match'], text: say('phoneUnmarked') }] : [];
}

function openListener(reader: Entry): readonly Finding[] {
  const address = parseHostPort(textAt(reader, 'listen') ?? '');
  return address === undefined || isLoopback(address.host) ? [] : [{ path: [...reader.path, 'listen'], text: say('openListener') }];
}
