import type { Cancel, Clock } from '@tillbridge/core';
import type { EventHub, EventSink, Grants, RingEntry, Subscription } from '../../events/index.js';
import type { ApiCommand, EventCommand, Life } from './protocol.js';

/** With so many bytes on their way to the process it is given nothing more. */
const HIGH_WATER = 256 * 1024;
/** So many events are told in one turn: what is kept is told anew to each process, and goods wait for one turn at most. */
const A_TURN = 32;

export interface EventFeedPorts {
  readonly hub: EventHub;
  readonly clock: Clock;
  readonly post: (command: ApiCommand) => void;
  /** Bytes that the process has not taken yet. */
  readonly pending: () => number;
  /** Whether there is anybody who may read goods. */
  readonly goodsAreRead: () => boolean;
}

/** Tells one process of the API everything that happens, each event once, from what is kept on; who is given what is decided there. */
export class EventFeed {
  readonly #ports: EventFeedPorts;
  /** Told events that can end before their time. */
  readonly #held = new Map<number, RingEntry>();
  #listeners: Readonly<Record<string, number>> = {};
  #subscription: Subscription | undefined;
  #left = A_TURN;
  #more: Cancel | undefined;
  /** Up to here it is told what was before it; then the process begins to listen. */
  #until: number | undefined;
  #closed = false;

  constructor(ports: EventFeedPorts) {
    this.#ports = ports;
  }

  start(): void {
    const { hub } = this.#ports;
    const since = hub.origin.start;
    this.#until = hub.lastSeq;
    const goodsAreRead = this.#ports.goodsAreRead;
    const grants: Grants = { has: (scope) => scope !== 'goods:read' || goodsAreRead(), scopes: [] };
    this.#subscription = hub.subscribe({ grants, since, relay: (scope) => this.#listeners[scope] ?? 0 }, this.#sink());
    this.#caughtUp();
  }

  /** The process took what waited for it. */
  drained(): void {
    this.#resume();
  }

  listeners(counts: Readonly<Record<string, number>>): void {
    this.#listeners = counts;
    this.#subscription?.changed();
  }

  taken(seqs: readonly number[]): void {
    const { hub } = this.#ports;
    for (const seq of seqs) {
      const entry = hub.entry(seq);
      if (entry !== undefined) hub.take(entry);
    }
  }

  /** Something that was up may be over. */
  look(): void {
    const seqs = [...this.#held].filter(([, entry]) => !entry.alive).map(([seq]) => seq);
    if (seqs.length === 0) return;
    for (const seq of seqs) this.#held.delete(seq);
    this.#ports.post({ do: 'over', seqs });
  }

  close(): void {
    this.#closed = true;
    this.#more?.();
    this.#listeners = {};
    this.#subscription?.close();
  }

  #sink(): EventSink {
    const { post, pending } = this.#ports;
    return {
      // a pipe's frames of one turn are one write anyhow
      together: (work) => work(),
      ready: () => {
        if (pending() >= HIGH_WATER) return false;
        if (this.#left <= 0) this.#later();
        return this.#left > 0;
      },
      send: (frame, encoded, entry) => {
        if (entry === undefined) {
          if (frame.type === 'gap') post({ do: 'lost', seq: frame.to });
          return;
        }
        this.#left -= 1;
        post(this.#describe(entry, encoded()));
      },
      ended: () => {
        if (!this.#closed) post({ do: 'closing' });
      },
    };
  }

  #later(): void {
    this.#more ??= this.#ports.clock.afterInput(() => {
      this.#more = undefined;
      this.#resume();
    });
  }

  #resume(): void {
    if (this.#closed) return;
    this.#left = A_TURN;
    this.#subscription?.resume();
    this.#caughtUp();
  }

  #caughtUp(): void {
    const cursor = this.#subscription?.cursor ?? 0;
    if (this.#until === undefined || cursor < this.#until) return;
    this.#until = undefined;
    this.#ports.post({ do: 'listen', seq: cursor });
  }

  #describe(entry: RingEntry, bytes: Uint8Array): EventCommand {
    const { seq, wall, taken, event } = entry;
    const life: Life | undefined = event.fresh === undefined ? (event.alive === undefined ? undefined : 'held') : { at: event.fresh.at.wall, ms: event.fresh.ms };
    if (life === 'held') this.#held.set(seq, entry);
    const owed = event.owed === undefined ? undefined : event.owed(true) ? 'always' : 'untaken';
    return {
      do: 'event', seq, wall, scope: event.scope, weight: event.weight, bytes,
      ...(event.urgent === true ? { urgent: true } : {}), ...(life === undefined ? {} : { life }), ...(owed === undefined ? {} : { owed }), ...(taken ? { taken: true } : {}),
    };
  }
}
