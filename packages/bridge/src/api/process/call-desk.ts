import { isTillbridgeError, TillbridgeError, type Cancel, type Log } from '@tillbridge/core';
import type { Call, RawRequest } from '../../control/http.js';
import { PUBLIC_CALLER, type Caller } from '../../control/scope.js';
import { Turns } from '../turns.js';
import { describeError } from './describe.js';
import type { ApiCommand, CallReport } from './protocol.js';

export interface CallDeskPorts {
  /** In the order in which they were described. */
  readonly calls: readonly Call[];
  /** A paired program or plugin by its id; undefined: not, or not any more. */
  readonly callerOf: (id: string) => Caller | undefined;
  readonly post: (command: ApiCommand) => void;
  /** Calls what it is given when a request may be looked at: readers and scans that are under way go first. */
  readonly turn: (go: () => void) => Cancel;
  /** Bytes that the process has not taken yet. */
  readonly pending: () => number;
  readonly log: Log;
}

/** With so many bytes of answers on their way to the process no further reader is answered until it has taken them. */
const HIGH_WATER = 1024 * 1024;

/** Runs the calls that one process of the API admitted. */
export class CallDesk {
  readonly #ports: CallDeskPorts;
  readonly #turns: Turns;
  readonly #underWay = new Map<number, AbortController>();
  /** Wait until the process has taken what was answered before. How many there are is bounded by who asks. */
  #held: CallReport[] = [];
  #closed = false;

  constructor(ports: CallDeskPorts) {
    this.#ports = ports;
    this.#turns = new Turns(ports.turn);
  }

  take(report: CallReport): void {
    this.#underWay.set(report.id, new AbortController());
    this.#queue(report);
  }

  /** The process took what waited for it. */
  drained(): void {
    for (const report of this.#held.splice(0)) this.#queue(report);
  }

  abort(id: number): void {
    this.#underWay.get(id)?.abort();
  }

  /** The process is gone: nobody waits for an answer any more. */
  close(): void {
    this.#closed = true;
    for (const hangUp of this.#underWay.values()) hangUp.abort();
    this.#underWay.clear();
    this.#held = [];
  }

  #queue(report: CallReport): void {
    this.#turns.next(() => {
      const hangUp = this.#underWay.get(report.id);
      if (this.#closed || hangUp === undefined) return;
      // the answers that can be long; what does something is answered in a line, and a till may wait for it
      if (this.#ports.calls[report.call]?.method === 'GET' && this.#ports.pending() > HIGH_WATER) this.#held.push(report);
      else void this.#run(report, hangUp.signal);
    });
  }

  async #run(report: CallReport, signal: AbortSignal): Promise<void> {
    const { id } = report;
    const { post, log } = this.#ports;
    try {
      const { call, request } = this.#request(report, signal);
      const { status, body, contentType } = await call.run(request);
      const text = contentType === undefined ? `${JSON.stringify(body)}\n` : body;
      const bytes = text instanceof Uint8Array ? text : Buffer.from(String(text));
      if (!this.#closed) post({ do: 'answer', id, status, ...(contentType === undefined ? {} : { contentType }), bytes });
    } catch (error) {
      const known = isTillbridgeError(error);
      if (!known) log.error('an API request failed', error instanceof Error ? { error } : {});
      if (!this.#closed) post({ do: 'refuse', id, error: describeError(known ? error : new TillbridgeError('TB_API_INTERNAL', { problem: 'see the log of the daemon' })) });
    } finally {
      this.#underWay.delete(id);
    }
  }

  /** @throws {TillbridgeError} `TB_API_UNAUTHORIZED` where the caller was revoked meanwhile */
  #request({ call: index, params, query, caller: who, language, bytes }: CallReport, signal: AbortSignal): { readonly call: Call; readonly request: RawRequest } {
    const call = this.#ports.calls[index];
    if (call === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: 'call' });
    const caller = who === PUBLIC_CALLER.id ? PUBLIC_CALLER : this.#ports.callerOf(who);
    if (caller === undefined) throw new TillbridgeError('TB_API_UNAUTHORIZED');
    const body: unknown = bytes === undefined ? undefined : JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return { call, request: { method: call.method, path: call.path, params, query: new URLSearchParams(query), body, caller, language, signal } };
  }
}
