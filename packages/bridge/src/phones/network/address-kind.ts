import { BlockList, isIP } from 'node:net';

/** `private`: of a local network; `loopback`: this machine; `linkLocal`: a network without a router; `public`: everything else. */
export type AddressKind = 'private' | 'loopback' | 'linkLocal' | 'public' | 'none';

const RANGES: readonly { readonly kind: AddressKind; readonly blocks: BlockList }[] = [
  { kind: 'loopback', blocks: blocksOf([['127.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6']]) },
  // RFC 3927, RFC 4291 2.5.6
  { kind: 'linkLocal', blocks: blocksOf([['169.254.0.0', 16, 'ipv4'], ['fe80::', 10, 'ipv6']]) },
  // RFC 1918, RFC 4193
  { kind: 'private', blocks: blocksOf([['10.0.0.0', 8, 'ipv4'], ['172.16.0.0', 12, 'ipv4'], ['192.168.0.0', 16, 'ipv4'], ['fc00::', 7, 'ipv6']]) },
];

function blocksOf(ranges: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix, family] of ranges) list.addSubnet(net, prefix, family);
  return list;
}

/** `::ffff:192.168.1.5`, as a socket for both families shows an IPv4 peer, and `fe80::1%eth0` without their wrapping. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  return bare.startsWith('::ffff:') && isIP(bare.slice(7)) === 4 ? bare.slice(7) : bare;
}

/** What kind of address this is; `none` for what is no address. */
export function addressKind(address: string): AddressKind {
  const plain = plainAddress(address);
  const family = isIP(plain);
  if (family === 0) return 'none';
  return RANGES.find(({ blocks }) => blocks.check(plain, family === 4 ? 'ipv4' : 'ipv6'))?.kind ?? 'public';
}

/** Whether a phone may be served there: nothing of ours is ever offered to the internet. */
export function isLocal(address: string): boolean {
  const kind = addressKind(address);
  return kind !== 'public' && kind !== 'none';
}
