import type { NetworkInterfaceInfo } from 'node:os';
import { addressKind } from './address-kind.js';

/** An address of this machine that a phone may be able to reach. */
export interface Candidate {
  readonly address: string;
  /** As the system names the adapter: `eth0`, `Wi-Fi`. */
  readonly adapter: string;
  readonly family: 4 | 6;
  /** An adapter that leads into this machine or into a tunnel, not to the phones: offered last. */
  readonly virtual: boolean;
}

/** Names that hypervisors, containers and tunnels give their adapters, on Linux, Windows and macOS. */
const VIRTUAL_NAME =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|kube|tun|tap|ppp|wg|utun|zt|tailscale|awdl|llw|bridge\d|ham\d)|virtual|vethernet|vmware|hyper-v|wsl|npcap|loopback|openvpn|wireguard|zerotier|hamachi|bluetooth/i;
/** First bytes of the addresses of host-side adapters: VirtualBox, VMware, Hyper-V's own switch. */
const VIRTUAL_MAC = /^(?:0a:00:27|00:50:56:c0|02:42)/i;

/** More are not offered: nobody reads twenty QR codes. */
const MAX_CANDIDATES = 16;

/**
 * The addresses that phones may be told, best first: real adapters before virtual ones, IPv4 before IPv6, routed before link-local. Public
 * and loopback addresses are never among them.
 */
export function phoneAddresses(interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>): readonly Candidate[] {
  const all = Object.entries(interfaces).flatMap(([adapter, infos]) => (infos ?? []).flatMap((info) => candidateOf(adapter, info)));
  return all
    .map((candidate, at) => ({ candidate, at, rank: rankOf(candidate) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, MAX_CANDIDATES)
    .map(({ candidate }) => candidate);
}

function candidateOf(adapter: string, { address, family, internal, mac }: NetworkInterfaceInfo): readonly Candidate[] {
  const kind = addressKind(address);
  // a link-local IPv6 address means nothing without the name of the phone's own adapter
  if (internal || (kind !== 'private' && (kind !== 'linkLocal' || family === 'IPv6'))) return [];
  return [{ address, adapter, family: family === 'IPv6' ? 6 : 4, virtual: VIRTUAL_NAME.test(adapter) || VIRTUAL_MAC.test(mac) }];
}

function rankOf({ address, family, virtual }: Candidate): number {
  return (virtual ? 4 : 0) + (addressKind(address) === 'linkLocal' ? 2 : 0) + (family === 6 ? 1 : 0);
}
