import { Secret } from '@tillbridge/core';
import { hintFor } from '../hint.js';
import { isLoopback, parseHostPort } from '../host-port.js';
import { formatKeyPath, type Finding } from '../problem.js';
import { joined, say } from '../texts.js';
import { fieldsOf, namesOf, textAt, unique, type Entry, type Outline } from './outline.js';

/** Adapters whose deliveries a station can fetch. */
const FETCHED: readonly string[] = ['client'];

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
  return adapter === undefined || FETCHED.includes(adapter) ? [] : [{ path, text: say('stationTill', { name }) }];
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

/** A listener on the network without TLS works, for peers that know no TLS, and should be meant. */
export function stationWarnings({ root }: Outline): readonly Finding[] {
  const stations = fieldsOf(root['stations']);
  const listen = stations?.['listen'];
  if (stations === undefined || 'tls' in stations || typeof listen !== 'string') return [];
  const address = parseHostPort(listen);
  return address === undefined || isLoopback(address.host) ? [] : [{ path: ['stations', 'listen'], text: say('clearNumbers') }];
}
