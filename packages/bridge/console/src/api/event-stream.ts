import type { Frame } from '@tillbridge/core';

export type StreamState =
  | 'connecting'
  /** `hello` has come. */
  | 'open'
  /** The next try is under way soon. */
  | 'waiting'
  | 'closed';

/** As much of a WebSocket as is used. */
export interface Socket {
  onmessage: ((message: { readonly data: unknown }) => void) | null;
  onclose: ((end: { readonly code: number }) => void) | null;
  close(): void;
}

export interface EventStreamOptions {
  /** Opens a socket that goes on after `since`. */
  readonly connect: (since: number) => Socket;
  /** Calls `work` after `ms`; gives what takes that back. */
  readonly timer: (ms: number, work: () => void) => () => void;
  /** 0 <= x < 1 */
  readonly random: () => number;
  readonly onFrame: (frame: Frame) => void;
  readonly onState: (state: StreamState) => void;
  /** The daemon has taken the rights of this page. */
  readonly onRevoked: () => void;
  /** No connection came about: whoever can, finds out why. */
  readonly onRefused: () => void;
}

/** Close code of the daemon: the token was revoked. */
const UNAUTHORIZED = 4001;
/** Close code of the daemon: events came faster than they were taken. */
const TOO_SLOW = 4008;
const WAITS_MS = [300, 1000, 2000, 5000, 10_000];

/** What happens in the daemon, over as many connections as it takes: each goes on where the last one ended. */
export class EventStream {
  readonly #options: EventStreamOptions;
  #socket: Socket | undefined;
  #cancel: (() => void) | undefined;
  /** The last event that was seen; 0 asks for all that is kept. */
  #last = 0;
  #attempt = 0;
  #greeted = false;
  #closed = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#options.onState('closed');
  }

  /** Does not wait for the next try: the machine woke up, or somebody pressed a button. */
  retryNow(): void {
    if (this.#cancel === undefined || this.#closed) return;
    this.#cancel();
    this.#attempt = 0;
    this.#connect();
  }

  #connect(): void {
    this.#cancel = undefined;
    this.#greeted = false;
    this.#options.onState('connecting');
    const socket = this.#options.connect(this.#last);
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (typeof data !== 'string') return;
      // what one of them ends is not gone on with
      for (const frame of framesOf(data)) if (socket === this.#socket) this.#take(frame);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#ended(code);
    };
  }

  #take(frame: Frame): void {
    if (frame.type === 'hello') {
      this.#greeted = true;
      this.#attempt = 0;
      this.#options.onState('open');
    } else if (frame.type === 'gap') {
      // of the first connection it only says that there was something before the page
      if (this.#last === 0) return;
    } else this.#last = Math.max(this.#last, frame.seq);
    this.#options.onFrame(frame);
  }

  #ended(code: number): void {
    this.#socket = undefined;
    if (code === UNAUTHORIZED) {
      this.#closed = true;
      this.#options.onState('closed');
      this.#options.onRevoked();
      return;
    }
    if (!this.#greeted) this.#options.onRefused();
    if (this.#closed) return;
    this.#options.onState('waiting');
    const step = code === TOO_SLOW ? 0 : (WAITS_MS[Math.min(this.#attempt, WAITS_MS.length - 1)] ?? 0);
    this.#attempt += 1;
    // not all pages of a store at the same moment
    this.#cancel = this.#options.timer(step * (1 - 0.3 * this.#options.random()), () => this.#connect());
  }
}

/** A message is a frame, or several. What is none is passed over: a later daemon may say more than this page knows. */
function framesOf(text: string): readonly Frame[] {
  try {
    const found: unknown = JSON.parse(text);
    return (Array.isArray(found) ? found : [found]).flatMap((one: unknown) => asFrame(one) ?? []);
  } catch {
    return [];
  }
}

function asFrame(found: unknown): Frame | undefined {
  return typeof found === 'object' && found !== null && 'type' in found && 'seq' in found ? (found as Frame) : asGap(found);
}

function asGap(found: unknown): Frame | undefined {
  const { type, from, to } = (found ?? {}) as Readonly<Record<string, unknown>>;
  return type === 'gap' && typeof from === 'number' && typeof to === 'number' ? { type, from, to } : undefined;
}
