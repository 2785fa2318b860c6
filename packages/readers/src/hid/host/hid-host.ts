import { within, type Cancel, type Clock } from '@tillbridge/core';
import type { HostedPart, HostPort } from '@tillbridge/child-host';
import { DriverError, type HidBinding, type HidHandle } from './binding.js';
import { FloodGate } from './flood-gate.js';
import type { HidCommand, HidListing, HidReport, TimedReport } from './protocol.js';

/** A control transfer has 5 s in the kernel (USB_CTRL_SET_TIMEOUT); nothing waits for it that long. */
const FEATURE_BUDGET_MS = 2000;
/** Before a close: the whole close has a second. */
const LAST_FEATURE_BUDGET_MS = 300;
const CLOSE_BUDGET_MS = 500;
/** A device that is gone may take longer; then the process is of no more use. */
const STUCK_MS = 3000;
/** Longest report that is handed on: hidraw's buffers go further, no scanner does. */
const MAX_REPORT = 4096;
const BATCH = 64;
/** Messages that the parent has not taken: beyond, it is the parent that hangs, and what comes is too old by then. */
const MAX_PENDING = 256;
/** What was flooded away is told of in this interval. */
const TELL_MS = 1000;

interface Connection {
  readonly number: number;
  readonly handle: HidHandle;
  readonly onClose: readonly Uint8Array[];
  readonly gate: FloodGate;
  readonly batch: TimedReport[];
  seq: number;
  /** Bytes that were too much and are not yet told of. */
  flooded: number;
  over: boolean;
}

/**
 * The child's side of the `hid` reader: opens one device, hands its reports on, writes, and decides nothing. At most one enumeration runs at
 * a time; a call that never ends is the parent's business, which ends this process.
 */
export class HidHost implements HostedPart<HidCommand> {
  readonly #binding: HidBinding;
  readonly #port: HostPort<HidReport>;
  readonly #clock: Clock;
  #current: Connection | undefined;
  /** The connection that is wanted; an open that comes late for another one is closed again. */
  #wanted = 0;
  #listing: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();
  #telling: Cancel = () => undefined;

  constructor(binding: HidBinding, port: HostPort<HidReport>, clock: Clock) {
    this.#binding = binding;
    this.#port = port;
    this.#clock = clock;
  }

  command(command: HidCommand): void {
    switch (command.kind) {
      case 'list':
        this.#listing = this.#listing.then(() => this.#list(command.id, command.vids));
        break;
      case 'open':
        this.#wanted = command.connection;
        void this.#open(command);
        break;
      case 'write':
        void this.#write(command.id, command.connection, command.bytes);
        break;
      case 'close':
        if (this.#wanted === command.connection) this.#wanted = 0;
        void this.#release(false).then(() => this.#port.send({ kind: 'closed', connection: command.connection }));
        break;
    }
  }

  async close(): Promise<void> {
    this.#wanted = 0;
    await this.#release(false);
    await this.#closing;
  }

  async #list(id: number, vids: readonly number[]): Promise<void> {
    try {
      const devices: HidListing[] = [];
      for (const vid of vids.length === 0 ? [undefined] : vids) devices.push(...(await this.#binding.list(vid)));
      this.#port.send({ kind: 'listed', id, devices });
    } catch (error) {
      this.#port.send({ kind: 'failed', id, ...trouble(error) });
    }
  }

  async #open({ connection, path, onOpen, onClose }: HidCommand & { kind: 'open' }): Promise<void> {
    await this.#release(false);
    let handle: HidHandle;
    try {
      handle = await this.#binding.open(path);
    } catch (error) {
      this.#port.send({ kind: 'failed', connection, ...trouble(error) });
      return;
    }
    const clock = this.#clock;
    const opened: Connection = { number: connection, handle, onClose, gate: new FloodGate(clock.mono()), batch: [], seq: 0, flooded: 0, over: false };
    handle.listen(
      (bytes) => this.#report(opened, bytes),
      (problem) => this.#ended(opened, problem),
    );
    if (this.#wanted !== connection) {
      opened.over = true;
      await this.#shut(opened, false);
      return;
    }
    this.#current = opened;
    this.#port.send({ kind: 'opened', connection });
    for (const feature of onOpen) if (!isOver(opened)) await this.#feature(opened, feature, FEATURE_BUDGET_MS);
  }

  #report(connection: Connection, bytes: Uint8Array): void {
    if (connection.over) return;
    const passes = bytes.length <= MAX_REPORT && this.#port.pending < MAX_PENDING && connection.gate.pass(this.#clock.mono());
    if (!passes) {
      this.#tell(connection, bytes.length);
      return;
    }
    connection.batch.push({ bytes: Uint8Array.from(bytes), wall: this.#clock.wall() });
    if (connection.batch.length >= BATCH) this.#send(connection);
    else if (connection.batch.length === 1) this.#clock.afterInput(() => this.#send(connection));
  }

  #send(connection: Connection): void {
    const reports = connection.batch.splice(0);
    if (reports.length === 0) return;
    this.#port.send({ kind: 'reports', connection: connection.number, seq: connection.seq, reports });
    connection.seq += reports.length;
  }

  #tell(connection: Connection, byteCount: number): void {
    const first = connection.flooded === 0;
    connection.flooded += byteCount;
    if (!first) return;
    this.#telling = this.#clock.timer(TELL_MS, () => this.#tellFlood(connection), { ref: false });
  }

  #tellFlood(connection: Connection): void {
    const { flooded: byteCount, number } = connection;
    connection.flooded = 0;
    if (byteCount > 0) this.#port.send({ kind: 'flooded', connection: number, byteCount });
  }

  #ended(connection: Connection, problem: string): void {
    if (connection.over) return;
    // what was read before the end goes first
    this.#send(connection);
    this.#port.send({ kind: 'ended', connection: connection.number, problem });
    void this.#release(true);
  }

  /** Lets go of the device. `gone`: it is not there any more, and takes no last words. */
  async #release(gone: boolean): Promise<void> {
    const connection = this.#current;
    this.#current = undefined;
    if (connection !== undefined) {
      this.#send(connection);
      connection.over = true;
      this.#telling();
      this.#tellFlood(connection);
      this.#closing = this.#shut(connection, gone);
    }
    await this.#closing;
  }

  async #shut(connection: Connection, gone: boolean): Promise<void> {
    const { handle, onClose } = connection;
    if (!gone) for (const feature of onClose) await this.#feature(connection, feature, LAST_FEATURE_BUDGET_MS);
    const closing = handle.close().then(
      () => true,
      () => true,
    );
    const closed = await this.#within(gone ? STUCK_MS : CLOSE_BUDGET_MS, () => closing).catch(() => false);
    if (!closed) this.#port.send({ kind: 'stuck', problem: 'the driver does not let go of the device' });
  }

  async #feature(connection: Connection, bytes: Uint8Array, budgetMs: number): Promise<void> {
    try {
      await this.#within(budgetMs, () => connection.handle.sendFeature(bytes));
    } catch (error) {
      this.#port.send({ kind: 'featureFailed', connection: connection.number, problem: trouble(error).problem });
    }
  }

  async #write(id: number, connection: number, bytes: Uint8Array): Promise<void> {
    const current = this.#current;
    try {
      if (current?.number !== connection) throw new Error('the device was opened again since');
      await current.handle.write(bytes);
      this.#port.send({ kind: 'written', id });
    } catch (error) {
      this.#port.send({ kind: 'failed', id, ...trouble(error) });
    }
  }

  #within<T>(ms: number, work: () => Promise<T>): Promise<T> {
    return within(this.#clock, ms, work, () => new Error(`no answer within ${String(ms)} ms`));
  }
}

/** It may be over after any wait, which the compiler does not see. */
const isOver = (connection: Connection): boolean => connection.over;

function trouble(error: unknown): { readonly problem: string; readonly driver?: DriverError['trouble'] } {
  const problem = error instanceof Error ? error.message : String(error);
  return error instanceof DriverError ? { problem, driver: error.trouble } : { problem };
}
