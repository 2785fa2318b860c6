import type { DriverTrouble, HidListing } from './protocol.js';

/** An open HID interface. */
export interface HidHandle {
  /** Called once, in the turn in which the device was opened: what comes before has nobody to take it. */
  listen(report: (bytes: Uint8Array) => void, error: (problem: string) => void): void;
  /** An output report, id first. */
  write(bytes: Uint8Array): Promise<void>;
  /** A feature report, id first. */
  sendFeature(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The driver, as far as it is used; a test plays it. Any call may take for ever. */
export interface HidBinding {
  list(vid: number | undefined): Promise<readonly HidListing[]>;
  open(path: string): Promise<HidHandle>;
}

/** The driver could not be loaded. */
export class DriverError extends Error {
  constructor(
    readonly trouble: DriverTrouble,
    problem: string,
    options?: { readonly cause?: unknown },
  ) {
    super(problem, options);
    this.name = 'DriverError';
  }
}
