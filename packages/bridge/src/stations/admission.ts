import type { LockOut } from '../api/limits/index.js';
import type { Station } from './station.js';

/** What is known of a request before it is let in. */
export interface Arrival {
  /** Address of the peer, as the socket tells it. */
  readonly address: string;
  /** Path without the query. */
  readonly path: string;
  /** Headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export type Admission =
  | { readonly ok: true; readonly station: Station; /** Path of the call, such as `/next`. */ readonly call: string }
  | { readonly ok: false; readonly reason: 'peer' | 'origin' }
  /** `till`: of the station whose secret it is not. */
  | { readonly ok: false; readonly reason: 'token'; readonly till?: string }
  | { readonly ok: false; readonly reason: 'locked'; /** Until when, in seconds from now. */ readonly seconds: number };

/**
 * `/s/ID/CALL` with the secret in a header, `/s/ID/SECRET/CALL` for peers that cannot send one. A call may end in `.php`: some programs give
 * their pages such names whoever answers them.
 */
const PATH = /^\/s\/([A-Za-z0-9][\w.-]{0,63})(?:\/([A-Za-z0-9._~-]{1,256}))?(\/[a-z]{1,16}(?:\.php)?)$/;
/** What an unknown station is counted under, so that its name makes no difference. */
const NOBODY = '?';

/** Whether a request is let in, and whose it is: address, no web page, secret. The refusals say nothing about which stations there are. */
export function admit(arrival: Arrival, stations: ReadonlyMap<string, Station>, lockOut: Pick<LockOut, 'locked' | 'failed' | 'succeeded'>): Admission {
  const { address, headers } = arrival;
  const match = PATH.exec(arrival.path);
  const [, id = '', inPath, call = ''] = match ?? [];
  if (![...stations.values()].some((station) => station.allows(address))) return { ok: false, reason: 'peer' };
  // a till program is no web page: whatever a browser sends of its own accord gives the page away
  if (headers['origin'] !== undefined || headers['sec-fetch-site'] !== undefined) return { ok: false, reason: 'origin' };
  const named = stations.get(id);
  // the station of another address is answered like one that does not exist
  const station = named?.allows(address) === true ? named : undefined;
  const key = `${address} ${station?.id ?? NOBODY}`;
  const seconds = lockOut.locked(key);
  if (seconds > 0) return { ok: false, reason: 'locked', seconds };
  const secret = inPath ?? bearerOf(headers['authorization']);
  if (station === undefined || secret === undefined || !station.knows(secret)) {
    lockOut.failed(key);
    return { ok: false, reason: 'token', ...(station === undefined ? {} : { till: station.till }) };
  }
  lockOut.succeeded(key);
  return { ok: true, station, call };
}

function bearerOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? /^Bearer +(\S{1,256})$/i.exec(header)?.[1] : undefined;
}
