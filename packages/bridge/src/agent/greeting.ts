import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Version of what daemon and agent say to each other. Both are of one installation; during an update they may differ for a moment. */
export const WIRE = 1;

/** What an agent says of itself: facts for `doctor` and `status`. No names of persons. */
export interface AboutAgent {
  /** The product's version. */
  readonly version: string;
  readonly pid: number;
  readonly platform: string;
  /** The desktop it is in: a Windows session's name, or DISPLAY. */
  readonly session: string;
  /** Windows: the integrity level that it runs at (`medium`, `high`): it cannot type into windows above it. */
  readonly integrity: string;
}

/** The daemon speaks first: a nonce. */
export interface Challenge {
  readonly kind: 'challenge';
  readonly wire: number;
  readonly nonce: string;
}

/** The agent proves that it has the key, for both nonces and for what it says of itself. */
export interface Hello {
  readonly kind: 'hello';
  readonly wire: number;
  readonly nonce: string;
  readonly about: AboutAgent;
  readonly proof: string;
}

/** The daemon proves it too. */
export interface Welcome {
  readonly kind: 'welcome';
  readonly version: string;
  readonly proof: string;
}

/** `key`: another key. `wire`: another version of this protocol. `occupied`: another agent serves already. `malformed`: no greeting at all. */
export type RefusalReason = 'key' | 'wire' | 'occupied' | 'malformed';
export const REFUSAL_REASONS: readonly RefusalReason[] = ['key', 'wire', 'occupied', 'malformed'];

export interface Refusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
}

export type Greeting = Challenge | Hello | Welcome | Refusal;

const NONCE = /^[0-9a-f]{64}$/;
const PROOF = /^[0-9a-f]{64}$/;

export function agentProof(key: Uint8Array, daemonNonce: string, agentNonce: string, about: AboutAgent): string {
  return hmac(key, 'agent', daemonNonce, agentNonce, aboutText(about));
}

export function daemonProof(key: Uint8Array, daemonNonce: string, agentNonce: string, version: string): string {
  return hmac(key, 'daemon', agentNonce, daemonNonce, version);
}

/** Each part is hashed, so that no two rows of parts can read the same. */
function hmac(key: Uint8Array, ...parts: readonly string[]): string {
  const mac = createHmac('sha256', key).update('tillbridge-agent-1');
  for (const part of parts) mac.update(createHash('sha256').update(part).digest());
  return mac.digest('hex');
}

export function sameProof(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function aboutText({ version, pid, platform, session, integrity }: AboutAgent): string {
  return JSON.stringify([version, pid, platform, session, integrity]);
}

export function encodeGreeting(greeting: Greeting): Buffer {
  return Buffer.from(JSON.stringify(greeting));
}

/** Takes nothing for granted: whoever can open the socket may have sent it. */
export function decodeGreeting(frame: Uint8Array): Greeting | undefined {
  const value = parsed(frame);
  if (value === undefined) return undefined;
  const { kind, wire, nonce, proof, version, about, reason } = value;
  const hasNonce = typeof wire === 'number' && typeof nonce === 'string' && NONCE.test(nonce);
  const hasProof = typeof proof === 'string' && PROOF.test(proof);
  if (kind === 'challenge' && hasNonce) return { kind, wire, nonce };
  if (kind === 'welcome' && hasProof && isWord(version)) return { kind, version, proof };
  if (kind === 'refused') {
    const known = REFUSAL_REASONS.find((one) => one === reason);
    return known === undefined ? undefined : { kind, reason: known };
  }
  const facts = aboutOf(about);
  return kind === 'hello' && hasNonce && hasProof && facts !== undefined ? { kind, wire, nonce, about: facts, proof } : undefined;
}

function aboutOf(value: unknown): AboutAgent | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, pid, platform, session, integrity } = value as Record<string, unknown>;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid)) return undefined;
  if (!isWord(version) || !isWord(platform) || !isWord(session) || !isWord(integrity)) return undefined;
  return { version, pid, platform, session, integrity };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 128;
}

function parsed(frame: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(frame).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
