import { elapsed, type Cancel, type Clock, type Instant } from '@tillbridge/core';
import type { DaemonMessage, Status } from '../protocol/messages.js';
import { ITEM_TRANSITIONS, type ItemEffect, type ItemEvent, type ItemState } from './in-flight.js';

/** Events that may be with the driver at once; it keeps 50. */
const WINDOW = 32;
/** Events that may wait here: more than a shop scans in `backlogMs`. */
const MAX_WAITING = 1024;
/** How long the driver may take to tell the end of an event after its deadline, in ms. */
const ANSWER_GRACE_MS = 2000;

/** What became of an event. `raised`: 1C has it. `never`: it cannot have been raised. `unclear`: nobody can tell any more. */
export type ItemEnd =
  | { readonly how: 'raised' | 'never' | 'unclear' }
  | { readonly how: 'notRaised'; readonly state: Status['state']; readonly reason: string };

/** One event for 1C: a product, or a loyalty number. */
export interface OutboundItem {
  /** Unique for ever. */
  readonly id: string;
  readonly kind: 'goods' | 'number';
  readonly event: 'barcode' | 'card';
  readonly data: string;
  readonly at: Instant;
  /** How long after `at` it may be raised, in ms. */
  readonly lifeMs: number;
  /** Called once. */
  readonly end: (end: ItemEnd) => void;
}

/** A living connection to the driver. */
export interface DriverLink {
  readonly instance: string;
  send(message: DaemonMessage): void;
}

interface Entry {
  readonly item: OutboundItem;
  /** The instance of the driver that was given it. */
  instance: string;
  state: ItemState;
}

/**
 * What goes to one 1C, in order. Goods stream; a number stands alone, with `gapMs` of silence around it, since 1C may still be working on the
 * form that the event before it has opened. Nothing is ever raised twice: what was given is asked for, and given again only to a driver that
 * says that it never saw it. Does no I/O of its own.
 */
export class Outbound {
  readonly #clock: Clock;
  readonly #gapMs: number;
  #entries: Entry[] = [];
  #link: DriverLink | undefined;
  #seq = 0;
  /** When 1C took the last event, and what it was. */
  #last: { readonly mono: number; readonly kind: OutboundItem['kind'] } | undefined;
  #timer: Cancel | undefined;
  #pumping = false;

  constructor(clock: Clock, gapMs: number) {
    this.#clock = clock;
    this.#gapMs = gapMs;
  }

  get waiting(): number {
    return this.#entries.length;
  }

  add(item: OutboundItem): void {
    if (this.#entries.length >= MAX_WAITING) {
      item.end({ how: 'never' });
      return;
    }
    this.#entries.push({ item, instance: '', state: 'here' });
    this.#pump();
  }

  /** A session began. What was given to the same instance is asked for; what another one had is unclear for good. */
  connected(link: DriverLink): void {
    this.#link = link;
    for (const entry of [...this.#entries]) {
      if (entry.state !== 'here') this.#handle(entry, entry.instance === link.instance ? 'found' : 'forgotten');
    }
    this.#pump();
  }

  /** The session ended. */
  disconnected(): void {
    this.#link = undefined;
    for (const entry of [...this.#entries]) this.#handle(entry, 'lost');
    this.#pump();
  }

  /** What the driver says of an event. */
  status({ id, state, reason }: Status): void {
    const entry = this.#entries.find(({ item }) => item.id === id);
    if (entry === undefined) return;
    if (state === 'queued') this.#handle(entry, 'raised');
    else if (state === 'none') this.#handle(entry, 'unseen');
    else if (state === 'expired' || state === 'refused' || state === 'dropped') this.#handle(entry, 'notRaised', { how: 'notRaised', state, reason });
    this.#pump();
  }

  /** Wants a number back; its end says whether that came in time. */
  recall(id: string): void {
    const entry = this.#entries.find(({ item }) => item.id === id);
    if (entry !== undefined) this.#handle(entry, 'recall');
    this.#pump();
  }

  /** Waits no longer for a number. */
  abandon(id: string): void {
    const entry = this.#entries.find(({ item }) => item.id === id);
    if (entry !== undefined) this.#handle(entry, 'timeUp');
    this.#pump();
  }

  /** Ends everything: what was given is unclear, the rest was never sent. */
  close(): void {
    this.#link = undefined;
    this.#pumping = true;
    for (const entry of [...this.#entries]) this.#handle(entry, 'timeUp');
    this.#timer?.();
    this.#timer = undefined;
  }

  #handle(entry: Entry, event: ItemEvent, told?: ItemEnd): void {
    const { to, effect } = ITEM_TRANSITIONS[entry.state][event];
    entry.state = to;
    this.#do(entry, effect, told);
  }

  #do(entry: Entry, effect: ItemEffect, told: ItemEnd | undefined): void {
    const { id, kind } = entry.item;
    switch (effect) {
      case 'ask':
        this.#link?.send({ type: 'query', id });
        return;
      case 'takeBack':
        this.#link?.send({ type: 'withdraw', id });
        return;
      case 'endRaised':
        this.#last = { mono: this.#clock.mono(), kind };
        this.#over(entry, { how: 'raised' });
        return;
      case 'endNotRaised':
        this.#over(entry, told ?? { how: 'never' });
        return;
      case 'endNever':
        this.#over(entry, { how: 'never' });
        return;
      case 'endUnclear':
        this.#over(entry, { how: 'unclear' });
        return;
      case 'again':
      case 'nothing':
        return;
    }
  }

  #over(entry: Entry, end: ItemEnd): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    entry.item.end(end);
  }

  /** Gives what may go now, ends what is too old, and comes back when the next thing is due. */
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (const entry of this.#entries) if (this.#leftOf(entry) <= 0) this.#handle(entry, 'timeUp');
      const wait = this.#giveAll();
      const next = this.#entries.reduce((least, entry) => Math.min(least, this.#leftOf(entry)), wait);
      this.#timer?.();
      this.#timer = Number.isFinite(next) ? this.#clock.timer(Math.max(1, Math.ceil(next)), () => this.#pump(), { ref: false }) : undefined;
    } finally {
      this.#pumping = false;
    }
  }

  /** Gives in order until something has to wait; returns for how long, in ms. */
  #giveAll(): number {
    for (const entry of this.#entries) {
      if (entry.state !== 'here') continue;
      const link = this.#link;
      if (link === undefined) return Infinity;
      const wait = this.#waitOf(entry);
      if (wait > 0) return wait;
      const { id, event, data } = entry.item;
      this.#seq += 1;
      entry.instance = link.instance;
      this.#handle(entry, 'sent');
      link.send({ type: 'deliver', id, seq: this.#seq, event, data, expiresInMs: Math.max(1, Math.ceil(this.#leftOf(entry) - ANSWER_GRACE_MS)) });
    }
    return Infinity;
  }

  /** How long an event must wait for its neighbours, in ms; Infinity: until one of them ends. */
  #waitOf({ item }: Entry): number {
    const under = this.#entries.filter(({ state }) => state !== 'here');
    if (under.length >= WINDOW || (under.length > 0 && (item.kind === 'number' || under.some((other) => other.item.kind === 'number')))) return Infinity;
    const last = this.#last;
    if (last === undefined || (item.kind === 'goods' && last.kind === 'goods')) return 0;
    return last.mono + this.#gapMs - this.#clock.mono();
  }

  /** Milliseconds until time is up: for what was given, the driver has a little longer to say so. */
  #leftOf({ item, state }: Entry): number {
    return item.lifeMs - elapsed(this.#clock, item.at) + (state === 'here' ? 0 : ANSWER_GRACE_MS);
  }
}
