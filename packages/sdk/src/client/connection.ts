import type { Cancel, Clock } from '@tillbridge/core';
import type { GapEvent, HelloEvent, WireEventName } from '../events.js';
import { WIRE_EVENTS } from '../events.js';
import { GOOD_MS, reconnectDelay } from './back-off.js';
import type { BridgeError} from './bridge-error.js';
import { field } from './bridge-error.js';
import { NEXT, type Input, type State } from './states.js';
import type { Transport } from './transport.js';

/** The first frame must have come within this time, in ms. */
const HELLO_MS = 10_000;

export interface WireFrame {
  readonly type: WireEventName;
  readonly seq: number;
}

export interface ConnectionListener {
  /** A frame that this program has not had yet, in order. Its fields beside type and seq are the daemon's word. */
  frame(frame: WireFrame): void;
  gap(gap: GapEvent): void;
  live(hello: HelloEvent): void;
  lost(retryInMs: number): void;
  failed(error: BridgeError): void;
}

export interface ConnectionPorts {
  readonly transport: Transport;
  readonly clock: Pick<Clock, 'mono' | 'timer'>;
  /** 0 <= x < 1 */
  readonly random: () => number;
}

/** Keeps a stream of events alive: connects again with back-off, asks for what was missed, lets nothing through twice. */
export class Connection {
  readonly #ports: ConnectionPorts;
  readonly #listener: ConnectionListener;
  #state: State = 'waiting';
  #lastSeq: number | undefined;
  /** On the first connection: deliveries up to here are ones that still wait from before it. */
  #owedUpTo = 0;
  #attempt = 0;
  #liveSince = 0;
  #endStream: () => void = () => undefined;
  #cancelTimer: Cancel = () => undefined;

  constructor(ports: ConnectionPorts, listener: ConnectionListener) {
    this.#ports = ports;
    this.#listener = listener;
  }

  get state(): State {
    return this.#state;
  }

  start(): void {
    this.#input('timeUp');
  }

  close(): void {
    this.#input('close');
  }

  #input(input: Input, error?: BridgeError): void {
    const before = this.#state;
    const next = NEXT[before][input];
    if (next === before) return;
    this.#state = next;
    this.#cancelTimer();
    if (before === 'connecting' || before === 'live') {
      if (next !== 'live') this.#endStream();
    }
    if (next === 'connecting') this.#connect();
    else if (next === 'live') this.#liveSince = this.#ports.clock.mono();
    else if (next === 'waiting') this.#wait(before);
    else if (next === 'failed' && error !== undefined) this.#listener.failed(error);
  }

  #connect(): void {
    this.#cancelTimer = this.#ports.clock.timer(HELLO_MS, () => this.#input('timeUp'));
    let current = true;
    const end = this.#ports.transport.events(this.#lastSeq, {
      frame: (frame) => {
        if (current) this.#frame(frame);
      },
      ended: (refused) => {
        if (!current) return;
        current = false;
        if (refused === undefined) this.#input('lost');
        else this.#input('refused', refused);
      },
    });
    this.#endStream = () => {
      if (!current) return;
      current = false;
      end();
    };
  }

  #wait(before: State): void {
    const { clock, random } = this.#ports;
    if (before === 'live' && clock.mono() - this.#liveSince >= GOOD_MS) this.#attempt = 0;
    this.#attempt += 1;
    const ms = reconnectDelay(this.#attempt, random);
    this.#cancelTimer = clock.timer(ms, () => this.#input('timeUp'));
    this.#listener.lost(ms);
  }

  #frame(frame: unknown): void {
    const type = field(frame, 'type');
    if (type === 'hello') this.#hello(frame as HelloEvent);
    else if (type === 'gap') this.#gap(frame);
    else this.#event(frame, type);
  }

  #hello(hello: HelloEvent): void {
    if (this.#state !== 'connecting') return;
    const seq = whole(hello.seq) ?? 0;
    this.#owedUpTo = this.#lastSeq === undefined ? seq : 0;
    this.#lastSeq ??= seq;
    // the clock was put back between two runs of the daemon: its numbers start below ours, and ours mean nothing any more
    if (seq < this.#lastSeq) this.#lastSeq = 0;
    this.#input('hello');
    this.#listener.live(hello);
  }

  #gap(frame: unknown): void {
    const from = whole(field(frame, 'from'));
    const to = whole(field(frame, 'to'));
    if (from === undefined || to === undefined) return;
    this.#lastSeq = Math.max(this.#lastSeq ?? 0, to);
    this.#listener.gap({ from, to });
  }

  #event(frame: unknown, type: unknown): void {
    const seq = whole(field(frame, 'seq'));
    if (seq === undefined || this.#state !== 'live') return;
    if (seq > (this.#lastSeq ?? 0)) this.#lastSeq = seq;
    else if (type !== 'delivery' || seq > this.#owedUpTo) return;
    // of a newer daemon there may be events that this version does not know
    if (WIRE_EVENTS.includes(type as WireEventName)) this.#listener.frame(frame as WireFrame);
  }
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
