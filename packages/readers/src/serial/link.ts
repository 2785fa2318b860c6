import type { Clock } from '@tillbridge/core';
import { TillbridgeError, raceAbort, deadline } from '@tillbridge/core';
import type { Link } from '../connection/keep-connected.js';
import type { LineSettings } from './options.js';

/** An open serial port. */
export interface SerialLink extends Link {
  /** Starts the flow of bytes; called once. A chunk is good during the call only: its memory is used again. */
  start(onBytes: (chunk: Uint8Array) => void): void;
  /** Hands bytes to the device; rejects when that fails or the link is over. May take as long as the driver likes. */
  write(bytes: Uint8Array): Promise<void>;
}

/** What opening a port needs to know. */
export interface LinkRequest {
  readonly reader: string;
  readonly path: string;
  readonly line: Required<LineSettings>;
  readonly clock: Clock;
}

const CLOSE_BUDGET_MS = 1800;

/** The end of a link, told once. */
export class Ending {
  readonly ended: Promise<TillbridgeError>;
  #resolve: (reason: TillbridgeError) => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  tell(reason: TillbridgeError): void {
    this.#resolve(reason);
  }
}

export function vanished(request: LinkRequest): TillbridgeError {
  return new TillbridgeError('TB_READER_VANISHED', { reader: request.reader, path: request.path });
}

/** Waits for a driver to let go, but not for ever. Never rejects. */
export async function withinCloseBudget(clock: Clock, work: Promise<unknown>): Promise<void> {
  const budget = deadline(clock, CLOSE_BUDGET_MS);
  await raceAbort(
    work.then(
      () => undefined,
      () => undefined,
    ),
    budget.signal,
    () => undefined,
  );
  budget.dispose();
}
