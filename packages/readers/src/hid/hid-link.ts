import { TillbridgeError } from '@tillbridge/core';
import type { Link } from '../connection/keep-connected.js';
import type { HidNode } from '../discovery/hidraw.js';
import type { Located } from '../discovery/locate-node.js';
import type { ConnectionEvents, HidHostClient } from './host-client.js';

/** Reports between the opening and the moment in which somebody listens: the same turn or the next. */
const MAX_EARLY = 256;

export interface LinkEvents {
  report(bytes: Uint8Array, wall: number): void;
  gap(byteCount: number): void;
}

/** One connection to a HID POS scanner. */
export class HidLink implements Link {
  readonly located: Located<HidNode>;
  readonly ended: Promise<TillbridgeError>;
  readonly #client: HidHostClient;
  readonly #closing: AbortSignal;
  readonly #reader: string;
  #connection = 0;
  #events: LinkEvents | undefined;
  #earlyLost = 0;
  #early: { readonly bytes: Uint8Array; readonly wall: number }[] = [];
  #end: (reason: TillbridgeError) => void = () => undefined;

  /** `closing`: aborted when the whole reader closes; the process then lets go of the device as it ends. */
  constructor(client: HidHostClient, located: Located<HidNode>, reader: string, closing: AbortSignal) {
    this.#client = client;
    this.located = located;
    this.#reader = reader;
    this.#closing = closing;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** @throws HidFailure; TillbridgeError TB_READER_HID_HOST */
  async open(onOpen: readonly Uint8Array[], onClose: readonly Uint8Array[], featureFailed: (problem: string) => void): Promise<void> {
    const { path } = this.located.node;
    const events: ConnectionEvents = {
      report: (bytes, wall) => {
        if (this.#events !== undefined) this.#events.report(bytes, wall);
        else if (this.#early.length < MAX_EARLY) this.#early.push({ bytes, wall });
        else this.#earlyLost += bytes.length;
      },
      gap: (byteCount) => this.#events?.gap(byteCount),
      featureFailed,
      ended: (problem, by) => {
        const params = { reader: this.#reader, path, problem };
        this.#end(new TillbridgeError(by === 'device' ? 'TB_READER_VANISHED' : 'TB_READER_HID_HOST', params));
      },
    };
    this.#connection = await this.#client.open({ path, onOpen, onClose }, events, this.#closing);
  }

  start(events: LinkEvents): void {
    this.#events = events;
    for (const { bytes, wall } of this.#early.splice(0)) events.report(bytes, wall);
    if (this.#earlyLost > 0) events.gap(this.#earlyLost);
  }

  /** Rejects when the device did not take it, or is another by now. */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#client.write(this.#connection, bytes, signal);
  }

  async close(): Promise<void> {
    if (!this.#closing.aborted) await this.#client.close(this.#connection);
  }
}
