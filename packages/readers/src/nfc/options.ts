import type { Clock, Log } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';
import type { ChainConfig } from './chain/types.js';
import type { BackendChoice } from './host/protocol.js';
import type { PcscService } from './service/pcsc-service.js';

/** A contactless reader on PC/SC. */
export interface NfcReaderOptions extends ChainConfig {
  readonly id: string;
  /** Part of the reader's PC/SC name, in any case; default any contactless reader. Signature tokens and SAM slots are never used. */
  readonly match?: { readonly name: string };
  /** Default `auto`: nfc-pcsc where it loads, else pcsc-mini. */
  readonly backend?: BackendChoice;
  /** The same code again within this time after its card left is the same tap: a card at the edge of the field. ms; default 1500, 0 off. */
  readonly debounceMs?: number;
  /** Whether the reader signals `bad` when the guest has something to do (unlock the phone, hold longer); default true. */
  readonly signalHints?: boolean;
}

export interface NfcReaderContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1, for the jitter of the back-off; default Math.random. */
  readonly random?: () => number;
  /** Folders in whose `node_modules` nfc-pcsc and pcsc-mini are looked for before the usual places. */
  readonly folders?: readonly string[];
  /** The PC/SC service; default the system's. */
  readonly service?: PcscService;
  /** How the NFC process is made; default a child process of this package's own. For tests. */
  readonly spawn?: SpawnHost;
}
