import type { Clock, Log } from '@tillbridge/core';
import type { ReaderFraming } from '../framing/index.js';

/** An address of this machine or of the scanner. */
export interface Endpoint {
  /** Name or address. */
  readonly host: string;
  /** 1 to 65535; for `listen` also 0, any free one. */
  readonly port: number;
}

/** Scanners connect to us, or we connect to the scanner. */
export type TcpSide =
  | {
      readonly listen: Partial<Endpoint> & Pick<Endpoint, 'port'>;
      /** Addresses or CIDR blocks that may connect. Default: this machine only, whatever address is listened on. */
      readonly allow?: readonly string[];
    }
  | { readonly connect: Endpoint };

export type TcpReaderOptions = { readonly id: string; readonly framing?: ReaderFraming } & TcpSide;

export interface TcpReaderContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1, for the jitter of the back-off; default Math.random. */
  readonly random?: () => number;
}

/** Scanners that may be connected to one listening reader at the same time. */
export const MAX_CONNECTIONS = 8;
