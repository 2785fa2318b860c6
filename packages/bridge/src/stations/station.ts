import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { StationsConfig } from '../config/index.js';

/** A part of a till program on another machine. */
export interface Station {
  readonly id: string;
  readonly till: string;
  /** Whether it may connect from this address. */
  readonly allows: (address: string) => boolean;
  /** Compares in a time that does not depend on where the two differ. */
  readonly knows: (secret: string) => boolean;
}

export function createStations(peers: StationsConfig['peers']): ReadonlyMap<string, Station> {
  return new Map(
    peers.map(({ id, till, allow, secrets }) => {
      const ranges = rangesOf(allow);
      const digest = sha256(secrets.token.reveal());
      return [id, { id, till, allows: (address) => contains(ranges, address), knows: (secret) => timingSafeEqual(sha256(secret), digest) }];
    }),
  );
}

function rangesOf(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** An IPv4 peer of a listener on `::` has a mapped address (`::ffff:10.0.0.5`): it is meant by IPv4 ranges. A zone is not part of a range. */
function contains(ranges: BlockList, peer: string): boolean {
  const address = peer.split('%')[0] ?? '';
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined && ranges.check(mapped, 'ipv4')) return true;
  const family = isIP(address);
  return family !== 0 && ranges.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
