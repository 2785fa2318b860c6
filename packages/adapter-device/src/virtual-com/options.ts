import type { Clock, Log, OutputTemplates, SuffixName } from '@tillbridge/core';

interface CommonOptions {
  /** The till's id. */
  readonly id: string;
  /** How numbers are written; see `compileOutput`. */
  readonly output: OutputTemplates;
  /** Put behind goods of readers that have no terminator of their own. Default CR. */
  readonly suffix?: SuffixName;
  /** Milliseconds of silence between a loyalty number and its neighbours. Default 0. */
  readonly gapMs?: number;
  /** Milliseconds that goods are kept while they cannot be written. Default 2000. */
  readonly backlogMs?: number;
}

/** Tillbridge makes the port; the cashier program opens it under the name `link`. Linux. */
export interface PtyTillOptions extends CommonOptions {
  readonly transport: 'pty';
  /** Path of the port's stable name. */
  readonly link: string;
  /** Permission bits of the port. Default 0600, with a `group` 0660. */
  readonly mode?: number;
  /** Name or number of the group that may open the port. */
  readonly group?: string | number;
}

/** The line of the port that shows that the cashier program listens. */
export type PeerLine = 'dsr' | 'cts' | 'none';

/** A serial port that exists: one end of a pair, or of a null-modem cable. */
export interface PortTillOptions extends CommonOptions {
  readonly transport: 'port';
  readonly path: string;
  /** Default 9600. */
  readonly baudRate?: number;
  readonly dataBits?: 5 | 6 | 7 | 8;
  readonly parity?: 'none' | 'even' | 'odd' | 'mark' | 'space';
  readonly stopBits?: 1 | 1.5 | 2;
  readonly rtscts?: boolean;
  /** A number is written only while this line is on. Default none: not looked at. */
  readonly requirePeer?: PeerLine;
  /** Milliseconds that one write may take before the port counts as dead. Default 2000. */
  readonly writeTimeoutMs?: number;
}

export type VirtualComOptions = PtyTillOptions | PortTillOptions;

export interface AdapterContext {
  readonly clock: Clock;
  readonly log: Log;
}

export const DEFAULTS = { suffix: 'CR', gapMs: 0, backlogMs: 2000, baudRate: 9600, writeTimeoutMs: 2000 } as const;
