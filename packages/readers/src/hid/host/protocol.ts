import type { HostProtocol } from '@tillbridge/child-host';

/** A HID interface as node-hid lists it; one row for each usage. */
export interface HidListing {
  readonly path: string;
  readonly vid: number;
  readonly pid: number;
  readonly serial?: string;
  readonly product?: string;
  readonly manufacturer?: string;
  readonly interface?: number;
  /** Usage page in the upper 16 bits, usage in the lower. */
  readonly usage?: number;
}

export type HidCommand =
  /** `vids`: only devices of these vendors; none: all. */
  | { readonly kind: 'list'; readonly id: number; readonly vids: readonly number[] }
  | {
      readonly kind: 'open';
      /** Counts up over the whole life of a reader: what belongs to an older one is never taken for a new one's. */
      readonly connection: number;
      readonly path: string;
      /** Feature reports, id first, sent right after opening and before closing; failures change nothing. */
      readonly onOpen: readonly Uint8Array[];
      readonly onClose: readonly Uint8Array[];
    }
  | { readonly kind: 'write'; readonly id: number; readonly connection: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close'; readonly connection: number };

/** Why the driver could not be loaded. */
export type DriverTrouble = 'notInstalled' | 'notLoadable';

export interface TimedReport {
  readonly bytes: Uint8Array;
  /** Unix time in milliseconds at which the driver handed it out. */
  readonly wall: number;
}

export type HidReport =
  | { readonly kind: 'listed'; readonly id: number; readonly devices: readonly HidListing[] }
  | { readonly kind: 'opened'; readonly connection: number }
  | { readonly kind: 'failed'; readonly id?: number; readonly connection?: number; readonly problem: string; readonly driver?: DriverTrouble }
  /** `seq` is the number of the first one; they count up from 0 in each connection. */
  | { readonly kind: 'reports'; readonly connection: number; readonly seq: number; readonly reports: readonly TimedReport[] }
  /** The device sent more than any scanner does: what was too much is gone. */
  | { readonly kind: 'flooded'; readonly connection: number; readonly byteCount: number }
  | { readonly kind: 'featureFailed'; readonly connection: number; readonly problem: string }
  | { readonly kind: 'written'; readonly id: number }
  | { readonly kind: 'ended'; readonly connection: number; readonly problem: string }
  /** A device cannot be closed: only a new process gets rid of it. */
  | { readonly kind: 'stuck'; readonly problem: string }
  | { readonly kind: 'closed'; readonly connection: number };

export interface HidHostProtocol extends HostProtocol {
  readonly setup: Readonly<Record<string, never>>;
  readonly command: HidCommand;
  readonly report: HidReport;
}
