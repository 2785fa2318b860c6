import { phoneAddresses, type Candidate } from './candidates.js';
import type { NetworkInterfaceInfo } from 'node:os';

/** The network adapters of this machine, as `os.networkInterfaces` gives them. */
export type Interfaces = () => Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Where to listen now. `auto`: every private address of this machine; else the address that is named, whether it is there or not: opening it
 * says so.
 */
export function wantedAddresses(host: string, interfaces: Interfaces): readonly Candidate[] {
  const all = interfaces();
  if (host === 'auto') return phoneAddresses(all);
  const known = Object.entries(all).find(([, infos]) => infos?.some(({ address }) => address === host));
  return [{ address: host, adapter: known?.[0] ?? '', family: host.includes(':') ? 6 : 4, virtual: false }];
}

/** `https://192.168.1.10:48443` */
export function originOf(scheme: 'http' | 'https', host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
