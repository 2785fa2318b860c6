import type { Socket } from 'node:net';
import type { Cancel, Clock } from '@tillbridge/core';
import { LineSplitter } from '../protocol/lines.js';
import { decodeDriverLine, encodeMessage, type DaemonMessage, type DriverMessage, type Hello } from '../protocol/messages.js';

/** A driver that says nothing for this long is no driver, in ms. */
const HELLO_MS = 3000;
export const PING_MS = 5000;
/** An answer to a ping has this long, in ms. */
const PONG_MS = 5000;
/** Bytes that may wait for a driver that does not read. */
const MAX_UNSENT = 65_536;
/** How long a refusal may take to leave, in ms. */
const REFUSE_MS = 500;

export interface ConnectionEvents {
  /** The first message. Decides what becomes of the connection: `welcome` or `refuse`. */
  hello(hello: Hello): void;
  /** A line that belongs to the session. */
  message(message: DriverMessage): void;
  closed(): void;
}

/** One connection of a driver: lines in and out, with all their budgets. Knows nothing of tills. */
export class DriverConnection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  #events: ConnectionEvents | undefined;
  readonly #lines = new LineSplitter();
  #stage: 'new' | 'session' | 'ending' = 'new';
  #timer: Cancel;
  #pings = 0;
  #unanswered = false;

  constructor(socket: Socket, clock: Clock, events: ConnectionEvents) {
    this.#socket = socket;
    this.#clock = clock;
    this.#events = events;
    this.#timer = clock.timer(HELLO_MS, () => this.destroy(), { ref: false });
    socket.setNoDelay(true);
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.#closed());
    socket.on('data', (chunk: Buffer) => this.#data(chunk));
  }

  get isNew(): boolean {
    return this.#stage === 'new';
  }

  /** The session begins: pings from now on. */
  welcome(message: Extract<DaemonMessage, { type: 'welcome' }>): void {
    this.#stage = 'session';
    this.send(message);
    this.#later(PING_MS, () => this.#ping());
  }

  refuse(code: Extract<DaemonMessage, { type: 'refuse' }>['code'], text: string, retryMs: number): void {
    if (this.#stage === 'ending') return;
    this.send({ type: 'refuse', code, text: text.slice(0, 200), retryMs });
    this.end();
  }

  send(message: DaemonMessage): void {
    if (this.#stage === 'ending' || this.#socket.destroyed) return;
    this.#socket.write(encodeMessage(message));
    if (this.#socket.writableLength > MAX_UNSENT) this.destroy();
  }

  /** Closes after what was written has left. */
  end(): void {
    this.#stage = 'ending';
    this.#socket.end();
    this.#later(REFUSE_MS, () => this.destroy());
  }

  destroy(): void {
    this.#stage = 'ending';
    this.#socket.destroy();
    // the session is over now, not when the system says so
    this.#closed();
  }

  #data(chunk: Buffer): void {
    if (this.#stage === 'ending') return;
    const lines = this.#lines.push(chunk);
    if (lines === undefined) {
      this.#fault();
      return;
    }
    for (const line of lines) {
      const message = decodeDriverLine(line);
      if (message === undefined) this.#fault();
      else this.#take(message);
    }
  }

  #take(message: DriverMessage): void {
    switch (this.#stage) {
      case 'ending':
        return;
      case 'new':
        if (message.type === 'hello') this.#events?.hello(message);
        else if (message.type !== 'other') this.#fault();
        return;
      case 'session':
        if (message.type === 'ping') this.send({ type: 'pong', n: message.n });
        else if (message.type === 'pong') this.#unanswered &&= message.n !== this.#pings;
        else if (message.type === 'hello') this.#fault();
        else this.#events?.message(message);
    }
  }

  #fault(): void {
    if (this.#stage === 'new') this.refuse('malformed', 'not a message of this protocol', 10_000);
    else if (this.#stage === 'session') this.destroy();
  }

  #ping(): void {
    this.#pings += 1;
    this.#unanswered = true;
    this.send({ type: 'ping', n: this.#pings });
    this.#later(PONG_MS, () => {
      if (this.#unanswered) this.destroy();
      else this.#ping();
    });
  }

  #later(ms: number, then: () => void): void {
    this.#timer();
    if (!this.#socket.destroyed) this.#timer = this.#clock.timer(ms, then, { ref: false });
  }

  #closed(): void {
    this.#stage = 'ending';
    this.#timer();
    const events = this.#events;
    this.#events = undefined;
    events?.closed();
  }
}
