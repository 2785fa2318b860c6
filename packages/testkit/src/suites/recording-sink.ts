import type { DropReason, KeyEvent, PartState, RawRead, ReaderSink } from '@tillbridge/core';

/** One call of a reader to its sink. */
export type SinkCall =
  | { readonly call: 'read'; readonly read: RawRead }
  | { readonly call: 'tail'; readonly bytes: Uint8Array; readonly keys?: readonly KeyEvent[] }
  | { readonly call: 'quiet' | 'resumed' }
  | { readonly call: 'dropped'; readonly reason: DropReason; readonly byteCount: number }
  | { readonly call: 'state'; readonly state: PartState };

/** A sink that keeps every call, and lets a test wait, in real time, until the calls so far satisfy it. */
export class RecordingSink implements ReaderSink {
  readonly calls: SinkCall[] = [];
  readonly #waiters = new Set<() => void>();

  read(read: RawRead): void {
    this.#add({ call: 'read', read });
  }
  tail(bytes: Uint8Array, keys?: readonly KeyEvent[]): void {
    this.#add({ call: 'tail', bytes, ...(keys === undefined ? {} : { keys }) });
  }
  quiet(): void {
    this.#add({ call: 'quiet' });
  }
  resumed(): void {
    this.#add({ call: 'resumed' });
  }
  dropped(reason: DropReason, byteCount: number): void {
    this.#add({ call: 'dropped', reason, byteCount });
  }
  state(state: PartState): void {
    this.#add({ call: 'state', state });
  }

  get reads(): readonly RawRead[] {
    return this.calls.flatMap((call) => (call.call === 'read' ? [call.read] : []));
  }

  /** The bytes of each read as Latin-1 text. */
  get texts(): readonly string[] {
    return this.reads.map((read) => Buffer.from(read.bytes).toString('latin1'));
  }

  get statuses(): readonly PartState['status'][] {
    return this.calls.flatMap((call) => (call.call === 'state' ? [call.state.status] : []));
  }

  count(call: SinkCall['call']): number {
    return this.calls.filter((each) => each.call === call).length;
  }

  /** Resolves as soon as `seen` holds. @throws Error naming `what` and the calls so far after `timeoutMs`. */
  until(what: string, seen: () => boolean, timeoutMs = 20_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (!seen()) return;
        clearTimeout(timeout);
        this.#waiters.delete(check);
        resolve();
      };
      const timeout = setTimeout(() => {
        this.#waiters.delete(check);
        reject(new Error(`waited ${String(timeoutMs)} ms for ${what}; so far: ${this.calls.map(brief).join(' ')}`));
      }, timeoutMs);
      this.#waiters.add(check);
      check();
    });
  }

  untilReads(count: number, timeoutMs?: number): Promise<void> {
    return this.until(`${String(count)} reads (${String(this.reads.length)} so far)`, () => this.reads.length >= count, timeoutMs);
  }

  untilStatus(status: PartState['status'], timeoutMs?: number): Promise<void> {
    return this.until(`the state ${status}`, () => this.statuses.at(-1) === status, timeoutMs);
  }

  #add(call: SinkCall): void {
    this.calls.push(call);
    for (const check of [...this.#waiters]) check();
  }
}

/** A call as a failure shows it: why a reader was not ready says most. */
function brief(call: SinkCall): string {
  if (call.call === 'state') return `${call.state.status}${call.state.reason === undefined ? '' : ` (${call.state.reason.message})`}`;
  return call.call === 'dropped' ? `dropped ${call.reason}` : call.call;
}
