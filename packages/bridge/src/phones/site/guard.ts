import { isLocal } from '../network/address-kind.js';

/** Why a request is refused before anything else is looked at; counted by this word. */
export type SiteRefusal = 'peer' | 'host' | 'crossSite' | 'rate' | 'connections' | 'size' | 'method';

export interface Arrival {
  /** The peer's address. */
  readonly peer: string;
  /** Every `Host` header of the request, and the host of an absolute target. */
  readonly hosts: readonly string[];
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, where the browser sends it. */
  readonly fetchSite: string | undefined;
  readonly method: string;
}

export interface Own {
  readonly scheme: 'https' | 'http';
  /** Addresses that we listen on, and names that are ours. */
  readonly hosts: readonly string[];
  readonly port: number;
}

/**
 * The peer is in a local network; the request is meant for us by an address of ours, so that no page of the internet reaches us through a
 * name that it pointed here (DNS rebinding); and what is sent comes from our own page.
 */
export function guard({ peer, hosts, origin, fetchSite, method }: Arrival, own: Own): SiteRefusal | undefined {
  if (!isLocal(peer)) return 'peer';
  const [host] = hosts;
  if (host === undefined || hosts.length !== 1 || !isOurs(host.toLowerCase(), own)) return 'host';
  if (origin !== undefined && !isOwnOrigin(origin.toLowerCase(), own)) return 'crossSite';
  // opening the page from a link elsewhere is fine, sending from elsewhere is not
  if (method === 'POST' && fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return 'crossSite';
  return undefined;
}

function isOurs(host: string, { scheme, hosts, port }: Own): boolean {
  const plain = scheme === 'https' ? 443 : 80;
  return hosts.some((own) => {
    const name = own.includes(':') ? `[${own}]` : own;
    return host === `${name}:${port}` || (port === plain && host === name);
  });
}

function isOwnOrigin(origin: string, own: Own): boolean {
  const prefix = `${own.scheme}://`;
  return origin.startsWith(prefix) && isOurs(origin.slice(prefix.length), own);
}
