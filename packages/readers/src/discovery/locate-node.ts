import { realpath } from 'node:fs/promises';
import { TillbridgeError } from '@tillbridge/core';
import { builtInProfiles, GENERAL_VENDORS, profileOf, type DeviceProfile } from '../profiles/index.js';
import { describeMatch, matchesUsb, type NodeFacts, type UsbMatch } from '../usb/identity.js';
import { POS_SCANNER, scannerRank, type HidNode } from './hidraw.js';
import type { KeyboardNode } from './inputs.js';

/** Where a USB scanner is: a path, an identity that survives another socket, or the only known scanner of this kind. */
export type DeviceWhere = { readonly path: string } | { readonly match: UsbMatch } | { readonly auto: true };

/** A node that was found, and what is known about it. */
export interface Located<Node extends NodeFacts> {
  readonly node: Node;
  readonly profile?: DeviceProfile;
}

/** How the device is named in error texts. */
export function describeDevice(where: DeviceWhere): string {
  if ('path' in where) return where.path;
  return 'auto' in where ? 'auto' : describeMatch(where.match);
}

/** The HID interface that is meant now. @throws TillbridgeError when nothing, or more than one scanner, is meant. */
export async function locateHid(reader: string, where: DeviceWhere, nodes: readonly HidNode[], profiles = builtInProfiles()): Promise<Located<HidNode>> {
  const judged = nodes.map((node) => ({ node, ...profileFor(profiles, node, ['hidPos', 'vendor', 'keyboard']), rank: scannerRank(node) }));
  // a keyboard's profile says how to redirect it; reads come from its other interface
  const candidates = judged.filter(({ rank, node }) => rank > 0 || ('path' in where && node.path === where.path));
  return only(reader, where, candidates, ({ node, profile, rank }) => {
    if (rank === 0 || (profile === undefined && GENERAL_VENDORS.includes(node.vid ?? ''))) return false;
    return node.usages.includes(POS_SCANNER) || (profile?.mode === 'vendor' && profile.layout !== undefined);
  });
}

/** The keyboard that is meant now. @throws TillbridgeError when nothing, or more than one scanner, is meant. */
export async function locateKeyboard(
  reader: string,
  where: DeviceWhere,
  nodes: readonly KeyboardNode[],
  profiles = builtInProfiles(),
): Promise<Located<KeyboardNode>> {
  const judged = nodes.map((node) => ({ node, ...profileFor(profiles, node, ['keyboard']), rank: 1 }));
  // never a keyboard that nobody knows as a scanner: the grab would take it away from its user
  return only(reader, where, judged, ({ profile }) => profile !== undefined);
}

function profileFor(profiles: readonly DeviceProfile[], node: NodeFacts, modes: readonly DeviceProfile['mode'][]): { readonly profile?: DeviceProfile } {
  const profile = profileOf(profiles, node, modes);
  return profile === undefined ? {} : { profile };
}

interface Candidate<Node extends NodeFacts> extends Located<Node> {
  readonly rank: number;
}

async function only<Node extends NodeFacts>(
  reader: string,
  where: DeviceWhere,
  candidates: readonly Candidate<Node>[],
  known: (candidate: Candidate<Node>) => boolean,
): Promise<Located<Node>> {
  if ('path' in where) {
    const real = await realpath(where.path).catch(() => where.path);
    const found = candidates.find(({ node }) => node.path === real || node.path === where.path);
    if (found !== undefined) return found;
    throw new TillbridgeError('TB_READER_NOT_FOUND', { reader, path: where.path });
  }
  const meant = candidates.filter((candidate) => ('auto' in where ? known(candidate) : matchesUsb(where.match, candidate.node)));
  // of one scanner's interfaces the likeliest; the lowest number where they are alike
  const best = new Map<string, Candidate<Node>>();
  for (const candidate of meant) {
    const other = best.get(candidate.node.device);
    if (other === undefined || candidate.rank > other.rank) best.set(candidate.node.device, candidate);
  }
  const [first, second] = [...best.values()];
  if (first !== undefined && second === undefined) return first;
  const auto = 'auto' in where;
  const params = { reader, match: describeDevice(where), found: [...best.values()].map(({ node }) => placeOf(node)).join(', ') };
  if (first === undefined) throw new TillbridgeError(auto ? 'TB_READER_USB_AUTO_NONE' : 'TB_READER_NO_MATCH', params);
  throw new TillbridgeError(auto ? 'TB_READER_AUTO_SEVERAL' : 'TB_READER_USB_MATCH_SEVERAL', params);
}

/** A name that tells it from its like. */
function placeOf(node: NodeFacts): string {
  const port = node.port === undefined ? '' : ` (port ${node.port})`;
  return `${node.stablePath ?? node.path}${port}`;
}
