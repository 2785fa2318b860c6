import { sleep, type Clock } from '@tillbridge/core';
import type { CallName, PluginLink, Reply } from './link.js';
import type { HelloAnswer } from './wire.js';

/** Pauses after answers that are none, in ms (firmware-docs/iiko-plugin-contract.md, "Errors"). */
const PAUSES: Readonly<Record<number, number>> = { 400: 60_000, 401: 30_000, 403: 30_000, 404: 5000, 409: 60_000 };
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface SessionOptions {
  readonly clock: Clock;
  readonly link: PluginLink;
  readonly signal: AbortSignal;
  /** The body of `hello`, as it is now. */
  readonly hello: () => object;
  /** 0 to 1, for the jitter of pauses. */
  readonly random: () => number;
  /** A new session was given. */
  readonly opened: (answer: HelloAnswer) => void;
}

/** Who the plugin is to the daemon: says hello, keeps the session, knows how long to wait after which refusal. */
export class PluginSession {
  /** Codes of the daemon's refusals, newest last; the newest hundred. */
  readonly refusals: string[] = [];
  readonly #options: SessionOptions;
  #answer: HelloAnswer | undefined;
  #failures = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get current(): HelloAnswer | undefined {
    return this.#answer;
  }

  /** Says hello until somebody answers. Undefined when the plugin ends. */
  async open(): Promise<HelloAnswer | undefined> {
    const { hello, link, opened, signal } = this.#options;
    while (!signal.aborted) {
      if (this.#answer !== undefined) return this.#answer;
      const reply = await link.call('hello', hello(), 3000, signal);
      if (reply.ok) {
        this.#failures = 0;
        const answer = reply.body as HelloAnswer;
        this.#answer = answer;
        opened(answer);
      } else await this.refused(reply);
    }
    return undefined;
  }

  /** A call of the session; undefined when it was refused, after the pause that goes with the refusal. */
  async ask(name: CallName, body: object, budgetMs: number, pauses: boolean): Promise<unknown> {
    const { link, signal } = this.#options;
    const session = this.#answer?.session;
    if (session === undefined) return undefined;
    const reply = await link.call(name, { session, ...body }, budgetMs, signal);
    if (reply.ok) {
      this.#failures = 0;
      return reply.body;
    }
    if (reply.status === 428 || reply.status === 409 || reply.status === 404) this.#forget(session);
    if (pauses) await this.refused(reply);
    else this.#note(reply);
    return undefined;
  }

  /** Waits as long as the refusal wants. */
  async refused(reply: Extract<Reply, { readonly ok: false }>): Promise<void> {
    const { clock, random, signal } = this.#options;
    this.#note(reply);
    if (reply.status === 428) return;
    this.#failures += 1;
    const growing = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, this.#failures - 1)) * (0.5 + random() / 2);
    await sleep(clock, reply.retryAfterMs > 0 ? reply.retryAfterMs : (PAUSES[reply.status] ?? growing), signal);
  }

  #note({ code }: { readonly code: string }): void {
    this.refusals.push(code);
    if (this.refusals.length > 100) this.refusals.shift();
  }

  #forget(session: string): void {
    if (this.#answer?.session === session) this.#answer = undefined;
  }
}
