import { isIPv4, isIPv6 } from 'node:net';
import { PASS, refuse, type Verdict } from './verdict.js';

/** First guard: the other end is on this machine. `address` as the socket tells it; undefined where it is gone already. */
export function checkPeer(address: string | undefined): Verdict {
  return address !== undefined && isLoopbackPeer(address) ? PASS : refuse('peer', 403);
}

/** 127.0.0.0/8, ::1, and the former as it shows on a socket for both families (RFC 4291, 2.5.5.2). */
export function isLoopbackPeer(address: string): boolean {
  if (isIPv4(address)) return address.startsWith('127.');
  if (!isIPv6(address)) return false;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  return mapped === undefined ? address === '::1' : mapped.startsWith('127.');
}
