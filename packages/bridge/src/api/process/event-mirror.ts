import { elapsed, type Clock, type EventBody, type Instant } from '@tillbridge/core';
import type { EventHub, NewEvent } from '../../events/index.js';
import type { EventCommand, Life } from './protocol.js';

/** Puts the daemon's events into the hub of this process, under their numbers and with their rules. */
export class EventMirror {
  readonly #hub: EventHub;
  readonly #clock: Clock;
  readonly #taken: (seq: number) => void;
  /** Deliveries that can be claimed. */
  readonly #held = new Set<number>();

  constructor(hub: EventHub, clock: Clock, taken: (seq: number) => void) {
    this.#hub = hub;
    this.#clock = clock;
    this.#taken = taken;
  }

  put({ seq, wall, scope, weight, urgent, life, owed, taken, bytes }: EventCommand): void {
    // a copy: what came with it in one read would be kept as well
    const encoded = new Uint8Array(bytes);
    const entry = this.#hub.mirror(seq, wall, {
      scope,
      weight,
      encoded,
      body: () => JSON.parse(Buffer.from(encoded.buffer).toString('utf8')) as EventBody,
      ...(urgent === undefined ? {} : { urgent }),
      ...(life === undefined ? {} : { alive: this.#alive(seq, life) }),
      ...(owed === undefined ? {} : { owed: owed === 'always' ? () => true : (had: boolean) => !had }),
      ...(owed === 'untaken' ? { onTaken: () => this.#taken(seq) } : {}),
    } satisfies NewEvent);
    if (taken === true) entry.taken = true;
  }

  over(seqs: readonly number[]): void {
    for (const seq of seqs) this.#held.delete(seq);
  }

  #alive(seq: number, life: Life): () => boolean {
    if (life === 'held') {
      this.#held.add(seq);
      return () => this.#held.has(seq);
    }
    // monotonic times of two processes have nothing to do with each other: how old it is already, the wall clock knows
    const age = Math.max(0, this.#clock.wall() - life.at);
    const at: Instant = { mono: this.#clock.mono() - age, wall: life.at };
    return () => elapsed(this.#clock, at) <= life.ms;
  }
}
