import { PASS, refuse, type Verdict } from './verdict.js';

const NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

export interface OwnAddress {
  /** The loopback address that we listen on. */
  readonly host: string;
  readonly port: number;
}

/**
 * Second guard, against DNS rebinding: the request is meant for us by a name that cannot be pointed at us from outside. `hosts` holds
 * every `Host` header of the request; there must be one.
 */
export function checkHost(hosts: readonly string[], own: OwnAddress): Verdict {
  const [host] = hosts;
  if (host === undefined || hosts.length !== 1) return refuse('host', 403);
  const names = [...NAMES, own.host.includes(':') ? `[${own.host}]` : own.host];
  const text = host.toLowerCase();
  // a browser leaves the scheme's own port out
  const ours = names.some((name) => text === `${name}:${own.port}` || (own.port === 80 && text === name));
  return ours ? PASS : refuse('host', 403);
}
