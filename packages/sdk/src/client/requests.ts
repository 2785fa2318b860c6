import { deadline, type Clock } from '@tillbridge/core';
import type { Waiting } from '../bridge.js';
import { BridgeError } from './bridge-error.js';
import type { Transport } from './transport.js';

/** A call may take this long, in ms; one that waits for an outcome as long as the longest `expireMs` and the till's answer. */
const CALL_MS = 10_000;
export const OUTCOME_MS = 660_000;

export interface RequestOptions extends Waiting {
  readonly timeoutMs?: number;
}

/** Calls of the protocol: an answer's body, or the error that it carries. */
export class Requests {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #closed = new AbortController();

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  get(path: string, options?: RequestOptions): Promise<unknown> {
    return this.#call('GET', path, undefined, options);
  }

  post(path: string, body: unknown, options?: RequestOptions): Promise<unknown> {
    return this.#call('POST', path, body, options);
  }

  /** Ends every call that is under way, and refuses new ones. */
  close(): void {
    this.#closed.abort(BridgeError.own('TB_API_CLOSED'));
  }

  async #call(method: 'GET' | 'POST', path: string, body: unknown, { signal, timeoutMs = CALL_MS }: RequestOptions = {}): Promise<unknown> {
    signal?.throwIfAborted();
    this.#closed.signal.throwIfAborted();
    const late = BridgeError.own('TB_API_UNREACHABLE', { url: path, afterMs: timeoutMs });
    const budget = deadline(this.#clock, timeoutMs, this.#closed.signal);
    const caller = new AbortController();
    const follow = (): void => caller.abort(budget.signal.aborted ? (this.#closed.signal.reason ?? late) : signal?.reason);
    budget.signal.addEventListener('abort', follow, { once: true });
    signal?.addEventListener('abort', follow, { once: true });
    try {
      const answer = await this.#transport.call({ method, path, body }, caller.signal);
      if (answer.status < 400) return answer.body;
      throw BridgeError.of(answer.body) ?? BridgeError.own('TB_API_BAD_ANSWER', { url: path, problem: `status ${answer.status}` });
    } catch (error) {
      throw caller.signal.aborted ? (caller.signal.reason as Error) : error;
    } finally {
      signal?.removeEventListener('abort', follow);
      budget.dispose();
    }
  }
}
