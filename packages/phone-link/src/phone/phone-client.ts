import type { LinkState, PhonePorts, PhoneScan, ScanResult, StoredTill } from './ports.js';
import type { TillCard } from '../wire/texts.js';

/** What stands behind the `#` of a QR code's address. */
export interface ReadInvitation {
  readonly tillId: string;
  /** Four digits that the till's screen shows beside the QR code. */
  readonly code: string;
}

/** A pairing that went through. `digits`: what the till shows of this phone; `waiting`: somebody there has to say yes. */
export interface Paired {
  readonly connection: TillConnection;
  readonly digits: string;
  readonly state: 'paired' | 'waiting';
}

/** The phone's side of the link. */
export declare class PhoneClient {
  constructor(ports: PhonePorts);
  /** @throws {PhoneLinkError} `badInvitation` */
  static read(fragment: string): ReadInvitation;
  /** The tills of the key store. */
  load(): Promise<readonly TillConnection[]>;
  /** @throws {PhoneLinkError} `badInvitation`, `invitation` (used, too old), `notGenuine`, `unreachable`, ... */
  pair(fragment: string, person: { readonly name: string; readonly model: string }, signal: AbortSignal): Promise<Paired>;
}

/** The way to one till. */
export declare class TillConnection {
  readonly tillId: string;
  readonly state: LinkState;
  readonly stored: StoredTill;
  readonly card: TillCard;
  /** Calls `listener` at each change of state or card; returns what ends that. */
  onChange(listener: () => void): () => void;
  /** Makes or checks the connection. Never rejects: the state tells. `wait`: hold on until something changes, at most so many ms. */
  refresh(signal: AbortSignal, waitMs?: number): Promise<LinkState>;
  /** Sends one read and waits for its outcome (10 s). Never rejects; one at a time. */
  scan(scan: PhoneScan, signal: AbortSignal): Promise<ScanResult>;
  /** What became of the scan that was not answered; undefined where there is none. Never rejects. */
  settle(signal: AbortSignal): Promise<ScanResult | undefined>;
  /** Forgets this till here, and this phone there where the till can be reached. */
  leave(signal: AbortSignal): Promise<void>;
}
