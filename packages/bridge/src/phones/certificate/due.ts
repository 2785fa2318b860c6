import { isPair, isSignedBy, factsOf, normalAddress, type KeyPair } from './facts.js';

const DAY = 86_400_000;

/** Our certificates live this long; phones refuse more than 825 days (Apple, support document 103769). */
export const LIFE_MS = 800 * DAY;
export const MAX_LIFE_MS = 825 * DAY;
/** A clock of a phone may be this far behind ours. */
export const EARLY_MS = DAY;
/** One is made anew this long before its end. */
export const RENEW_MS = 30 * DAY;

/** Why the certificate has to be made anew. */
export type DueReason = 'missing' | 'unreadable' | 'key' | 'authority' | 'addresses' | 'ends' | 'clock';

export interface Wanted {
  /** Addresses that phones connect to. */
  readonly addresses: readonly string[];
  /** Names that they may use. */
  readonly names: readonly string[];
  /** The authority that has to have signed it, PEM; undefined: it signs itself. */
  readonly authority: string | undefined;
}

/** Whether a certificate still serves; undefined: it does. */
export function dueReason(pair: KeyPair | undefined, wanted: Wanted, now: number): DueReason | undefined {
  if (pair === undefined) return 'missing';
  const facts = factsOf(pair.cert);
  if (facts === undefined) return 'unreadable';
  if (!isPair(pair)) return 'key';
  if (wanted.authority === undefined ? !facts.selfSigned : !isSignedBy(pair.cert, wanted.authority)) return 'authority';
  if (!wanted.addresses.every((address) => facts.addresses.includes(normalAddress(address))) || !wanted.names.every((name) => facts.names.includes(name))) return 'addresses';
  // made while this machine's clock was ahead: no phone would take it
  if (facts.notBefore > now || facts.notAfter - facts.notBefore > MAX_LIFE_MS) return 'clock';
  return facts.notAfter - now < RENEW_MS ? 'ends' : undefined;
}

/** Addresses that a certificate may name: those of now, and those that it named before, so that going back needs no new one. */
const MAX_ADDRESSES = 16;

export function addressesFor(now: readonly string[], before: KeyPair | undefined): readonly string[] {
  const known = before === undefined ? [] : (factsOf(before.cert)?.addresses ?? []);
  return [...new Set([...now.map(normalAddress), ...known])].slice(0, MAX_ADDRESSES);
}
