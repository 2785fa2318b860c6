import { Secret } from '@tillbridge/core';
import { hintFor } from '../hint.js';
import { isLoopback, parseHostPort } from '../host-port.js';
import { formatKeyPath, type Finding } from '../problem.js';
import { joined, say } from '../texts.js';
import { fieldsOf, namesOf, textAt, unique, type Entry, type Outline } from './outline.js';

/** Tills with parts that come in through the listener: adapter, or adapter and transport. */
const SERVED: readonly string[] = ['client', 'rkeeper station-script', 'rkeeper farcards', 'iiko front', 'iiko externalData'];

/** Each station has a name and a secret of its own, and a till whose numbers can be fetched. */
export function checkStations({ stations, tills }: Outline): readonly Finding[] {
  return [...unique(stations, 'id'), ...stations.flatMap((station) => tillOf(station, tills)), ...sharedTokens(stations)];
}

function tillOf(station: Entry, tills: readonly Entry[]): readonly Finding[] {
  const name = textAt(station, 'till');
  if (name === undefined) return [];
  const path = [...station.path, 'till'];
  const till = tills.find((entry) => textAt(entry, 'id') === name);
  if (till === undefined) return [{ path, text: joined(say('unknownTill', { name }), hintFor(name, namesOf(tills, 'id'))) }];
  const adapter = textAt(till, 'adapter');
  const transport = textAt(till, 'transport');
  return adapter === undefined || SERVED.includes(adapter) || SERVED.includes(`${adapter} ${transport ?? ''}`) ? [] : [{ path, text: say('stationTill', { name }) }];
}

function sharedTokens(stations: readonly Entry[]): readonly Finding[] {
  const first = new Map<string, Entry>();
  return stations.flatMap((station): readonly Finding[] => {
    const token = fieldsOf(station.fields['secrets'])?.['token'];
    if (!(token instanceof Secret) || token.reveal() === '') return [];
    const other = first.get(token.reveal());
    if (other === undefined) first.set(token.reveal(), station);
    // on the key: what a reference gave is never spoken of
    return other === undefined ? [] : [{ path: [...station.path, 'secrets'], at: 'key', text: say('sharedToken', { other: formatKeyPath(other.path) }) }];
  });
}

/** What works, and should be meant: a listener on the network without TLS, a till that nobody can reach. */
export function stationWarnings({ root, stations: peers, tills }: Outline): readonly Finding[] {
  const served = new Set(namesOf(peers, 'till'));
  const alone = tills.filter((till) => needsStation(till) && !served.has(textAt(till, 'id') ?? ''));
  return [...alone.map((till) => ({ path: [...till.path, 'transport'], text: say('noStation') })), ...clearNumbers(root)];
}

/** Tills that have no other way in. */
function needsStation(till: Entry): boolean {
  return textAt(till, 'adapter') === 'rkeeper' && ['station-script', 'farcards'].includes(textAt(till, 'transport') ?? '');
}

function clearNumbers(root: Outline['root']): readonly Finding[] {
  const stations = fieldsOf(root['stations']);
  const listen = stations?.['listen'];
  if (stations === undefined || 'tls' in stations || typeof listen !== 'string') return [];
  const address = parseHostPort(listen);
  return address === undefined || isLoopback(address.host) ? [] : [{ path: ['stations', 'listen'], text: say('clearNumbers') }];
}
