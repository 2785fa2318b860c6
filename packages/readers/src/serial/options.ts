import type { Clock, Log } from '@tillbridge/core';
import type { SystemRoots } from '../discovery/roots.js';
import type { Hotplug } from '../connection/arrival.js';
import type { ReaderFraming } from '../framing/index.js';
import type { DeviceProfile } from '../profiles/index.js';
import type { UsbMatch } from '../usb/index.js';

/** Where the scanner is: a path, an identity that survives another socket, or the only known scanner that is connected. */
export type SerialWhere = { readonly path: string } | { readonly match: UsbMatch } | { readonly auto: true };

/** The line, as in serialport. A USB-CDC device ignores it. */
export interface LineSettings {
  /** Default 9600. */
  readonly baudRate?: number;
  /** Default 8. */
  readonly dataBits?: 5 | 6 | 7 | 8;
  /** Default none. mark and space exist on Windows only. */
  readonly parity?: 'none' | 'even' | 'odd' | 'mark' | 'space';
  /** Default 1. */
  readonly stopBits?: 1 | 1.5 | 2;
  /** Hardware flow control; default false. */
  readonly rtscts?: boolean;
  /** The DTR line while open; default true: Windows leaves lines low that some scanners wait for. RTS is raised unless `rtscts`. */
  readonly dtr?: boolean;
}

export interface SerialReaderOptions extends LineSettings {
  readonly id: string;
  readonly where: SerialWhere;
  readonly framing?: ReaderFraming;
  /** What to send for feedback, from the scanner's profile; at most 64 bytes each. Without it nothing is ever written. */
  readonly feedback?: { readonly good?: Uint8Array; readonly bad?: Uint8Array };
}

export interface SerialReaderContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1, for the jitter of the back-off; default Math.random. */
  readonly random?: () => number;
  /** Where the system shows its devices; for tests. */
  readonly roots?: SystemRoots;
  /** Tells when something is plugged in; without it the system is watched in other ways. */
  readonly hotplug?: Hotplug;
  /** What is known about scanners, for `auto`; default what ships with the product. */
  readonly profiles?: readonly DeviceProfile[];
  /** Told which physical device is read, at each connection, and `undefined` when it is gone. */
  readonly onDevice?: (device: string | undefined) => void;
  /** How bytes are read. Default: `tty` on Linux, else `stream` (serialport's own). */
  readonly transport?: 'tty' | 'stream';
}
