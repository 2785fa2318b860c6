import { isoTime, type Cancel, type Clock, type Log, type EventBody, type EventFrame, type Frame } from '@tillbridge/core';
import { WIRE_VERSION } from '../version.js';
import { EventRing, type NewEvent, type RingEntry, type RingLimits } from './event-ring.js';
import { beginAt } from './replay.js';
import type { Grants } from './visible.js';

/** Kept for those who come back: some minutes of a busy till. */
const RING: RingLimits = { events: 8192, bytes: 2 * 1024 * 1024 };
/** A subscriber may be this far behind what happens, in bytes; then it is let go and can come back with `since`. */
const MAX_LAG = 1024 * 1024;
/** So many subscribers are served between two looks at the readers: a write to a socket takes 50 to 100 us, and goods wait for one turn at most. */
const A_TURN = 4;
/** Rounds begin this far apart, in ms: of a burst each subscriber gets a few writes with many events, not a write for each of them. */
const ROUND_MS = 25;

/** Where a subscriber's events go, whatever the transport. None of its members may throw. */
export interface EventSink {
  /** `encoded` gives the frame as UTF-8 JSON, made once for all subscribers; `entry` is the event, where the frame is one. */
  send(frame: Frame, encoded: () => Uint8Array, entry?: RingEntry): void;
  /** Calls `work`, which may send several frames: a sink whose writes cost something makes one of them. */
  together?(work: () => void): void;
  /** False while it has enough: nothing is sent until {@link Subscription.resume}. */
  ready(): boolean;
  /** The hub has let it go: it did not keep up, or the daemon ends. */
  ended(why: 'tooSlow' | 'closing'): void;
}

export interface Subscription {
  /** The last event that it was given or that is not for it. */
  readonly cursor: number;
  /** Who listens through it has changed. */
  changed(): void;
  /** The sink takes more again. */
  resume(): void;
  /** Idempotent. */
  close(): void;
}

export interface SubscribeOptions {
  readonly grants: Grants;
  /** The last event that the subscriber has: everything later is sent that is still kept. Absent: from now on. */
  readonly since?: number;
  /** It hands everything on to others: how many of them are given events of this scope. It is told what it missed, and never let go for that. */
  readonly relay?: (scope: string) => number;
}

/** Where the hub begins whose events are put into another one. */
export interface Origin {
  /** Events after this number belong to its run. */
  readonly start: number;
  /** Number of the oldest event that it keeps. */
  readonly first: number;
}

export interface EventHubOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Calls what it is given when there is time to tell what happened; default `clock.afterInput`. Deliveries do not wait for it. */
  readonly turn?: (go: () => void) => Cancel;
  readonly ring?: RingLimits;
  /** Bytes; default 1 MiB. */
  readonly maxLag?: number;
  /** How far apart rounds begin, in ms; default 25. */
  readonly roundMs?: number;
  /** It is given the events of another hub, with {@link EventHub.mirror}. */
  readonly origin?: Origin;
}

interface Subscriber {
  readonly sink: EventSink;
  readonly grants: Grants;
  readonly relay: ((scope: string) => number) | undefined;
  /** The last event that it was given or that is not for it. */
  cursor: number;
  /** Up to here it catches up with what happened before it came: what it loses there is a gap, not slowness. */
  readonly catchUpTo: number;
}

/**
 * Gives what happens to whoever subscribed, in one order, and again to those who come back. Publishing costs the publisher next to nothing:
 * everything is sent after the input that has already arrived was handled, because goods go first.
 */
export class EventHub {
  readonly #options: EventHubOptions;
  readonly #start: number;
  readonly #ring: EventRing;
  readonly #subscribers = new Set<Subscriber>();
  readonly #watchers = new Set<() => void>();
  readonly #encoder = new TextEncoder();
  /** What goes out just now, made once for all who get it. */
  readonly #made = new Map<RingEntry, { readonly frame: EventFrame; bytes?: Uint8Array }>();
  /** Who is still to be served in this round, in order. */
  readonly #due = new Set<Subscriber>();
  /** The last event when the round began. */
  #round = 0;
  /** Monotonic time when the last round began, in ms. */
  #began = Number.NEGATIVE_INFINITY;
  /** Something in this round or the next is waited for by a till. */
  #urgent = false;
  #flush: Cancel | undefined;
  #closed = false;

  constructor(options: EventHubOptions) {
    this.#options = options;
    // so that numbers rise from one run of the daemon to the next: no run has a thousand events a millisecond
    this.#start = options.origin?.start ?? Math.floor(options.clock.wall()) * 1000;
    this.#ring = new EventRing(options.origin === undefined ? this.#start : options.origin.first - 1, options.ring ?? RING);
  }

  /** For a hub that is to have the same events. */
  get origin(): Origin {
    return { start: this.#start, first: this.#ring.first };
  }

  /** Number of the last event. */
  get lastSeq(): number {
    return this.#ring.last;
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** Subscribers that are given events of this scope. */
  listeners(scope: string): number {
    let count = 0;
    for (const { grants, relay } of this.#subscribers) count += relay === undefined ? Number(grants.has(scope)) : relay(scope);
    return count;
  }

  /** The scopes of all subscribers, with how many of them have each. */
  granted(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { grants } of this.#subscribers) for (const scope of grants.scopes) counts.set(scope, (counts.get(scope) ?? 0) + 1);
    return counts;
  }

  /** Calls `watcher` whenever a subscriber came or went. */
  onListeners(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  publish(event: NewEvent): RingEntry {
    const entry = this.#ring.push(event, this.#options.clock.wall());
    this.#schedule(event.urgent === true);
    return entry;
  }

  /** Puts in an event of another hub under its number there. Numbers that are left out are events that nobody here may see. */
  mirror(seq: number, wall: number, event: NewEvent): RingEntry {
    const entry = this.#ring.push(event, wall, seq);
    this.#schedule(event.urgent === true);
    return entry;
  }

  /** The hub whose events are put in is at `seq`: what was not given up to there is for nobody here. */
  skipTo(seq: number): void {
    this.#ring.skipTo(seq);
  }

  /** Events up to `seq` were lost on the way from the other hub. */
  forget(seq: number): void {
    this.#ring.forget(seq);
  }

  entry(seq: number): RingEntry | undefined {
    return this.#ring.get(seq);
  }

  /** Whoever is served late gets all that has happened by then in one write: the more there is to tell, the fewer writes an event takes. */
  #schedule(urgent: boolean): void {
    if (this.#subscribers.size === 0) return;
    if (urgent && !this.#urgent) this.#flush?.();
    else if (this.#flush !== undefined) return;
    this.#urgent ||= urgent;
    const { clock } = this.#options;
    const wait = this.#due.size > 0 || this.#urgent ? 0 : this.#began + (this.#options.roundMs ?? ROUND_MS) - clock.mono();
    if (wait <= 0) this.#call();
    else this.#flush = clock.timer(wait, () => this.#call());
  }

  #call(): void {
    const { clock, turn } = this.#options;
    const go = (): void => {
      this.#flush = undefined;
      this.#turn();
    };
    this.#flush = this.#urgent || turn === undefined ? clock.afterInput(go) : turn(go);
  }

  #turn(): void {
    if (this.#due.size === 0) {
      for (const subscriber of this.#subscribers) this.#due.add(subscriber);
      this.#round = this.#ring.last;
      this.#began = this.#options.clock.mono();
    }
    let left = A_TURN;
    for (const subscriber of this.#due) {
      if ((left -= 1) < 0) break;
      this.#due.delete(subscriber);
      this.#pump(subscriber);
    }
    if (this.#due.size === 0) this.#made.clear();
    this.#urgent &&= this.#ring.last > this.#round || this.#due.size > 0;
    if (this.#due.size > 0 || this.#ring.last > this.#round) this.#schedule(this.#urgent);
  }

  /** Sends `hello`, what is owed or missed, and from then on everything that the grants allow. */
  subscribe({ grants, since, relay }: SubscribeOptions, sink: EventSink): Subscription {
    const { last, first } = this.#ring;
    const { cursor, gap } = beginAt(since, { start: this.#start, first, last });
    const subscriber: Subscriber = { sink, grants, relay, cursor, catchUpTo: last };
    this.#give(subscriber, { type: 'hello', seq: last, product: 'tillbridge', version: this.#options.version, wire: WIRE_VERSION, scopes: grants.scopes });
    if (this.#closed) {
      sink.ended('closing');
      return { cursor, changed: () => undefined, resume: () => undefined, close: () => undefined };
    }
    if (gap !== undefined) this.#give(subscriber, { type: 'gap', ...gap });
    this.#subscribers.add(subscriber);
    if (since === undefined) this.#giveOwed(subscriber);
    else this.#pump(subscriber);
    this.#made.clear();
    this.#tellWatchers();
    return {
      get cursor() {
        return subscriber.cursor;
      },
      changed: () => this.#tellWatchers(),
      resume: () => this.#resume(subscriber),
      close: () => this.#remove(subscriber),
    };
  }

  /** Sends what is left and lets everybody go. */
  close(): void {
    if (this.#closed) return;
    this.#flush?.();
    this.#pumpAll();
    this.#closed = true;
    for (const subscriber of [...this.#subscribers]) this.#letGo(subscriber, 'closing');
  }

  #pumpAll(): void {
    for (const subscriber of [...this.#subscribers]) this.#pump(subscriber);
    this.#made.clear();
  }

  #resume(subscriber: Subscriber): void {
    this.#pump(subscriber);
    this.#made.clear();
  }

  #pump(subscriber: Subscriber): void {
    if (!this.#subscribers.has(subscriber) || subscriber.cursor >= this.#ring.last) return;
    const { sink } = subscriber;
    if (sink.together === undefined || subscriber.cursor + 1 === this.#ring.last) this.#giveAll(subscriber);
    else this.#guard(subscriber, () => sink.together?.(() => this.#giveAll(subscriber)));
  }

  /** Everything up to the last event, or as much as the subscriber takes. */
  #giveAll(subscriber: Subscriber): void {
    const ring = this.#ring;
    while (subscriber.cursor < ring.last) {
      if (subscriber.cursor + 1 < ring.first && !this.#skipLost(subscriber)) return;
      if (!subscriber.sink.ready()) {
        if (subscriber.relay === undefined && this.#lag(subscriber) > (this.#options.maxLag ?? MAX_LAG)) this.#letGo(subscriber, 'tooSlow');
        return;
      }
      subscriber.cursor += 1;
      const entry = ring.get(subscriber.cursor);
      if (entry !== undefined && subscriber.grants.has(entry.event.scope) && entry.alive) this.#giveEntry(subscriber, entry);
      // its sink may have ended it
      if (!this.#subscribers.has(subscriber)) return;
    }
  }

  /** What it would have been given next is not kept any more. False: it was let go. */
  #skipLost(subscriber: Subscriber): boolean {
    const to = this.#ring.first - 1;
    if (subscriber.cursor >= subscriber.catchUpTo && subscriber.relay === undefined) {
      this.#letGo(subscriber, 'tooSlow');
      return false;
    }
    this.#give(subscriber, { type: 'gap', from: subscriber.cursor + 1, to });
    subscriber.cursor = to;
    return true;
  }

  #lag(subscriber: Subscriber): number {
    if (subscriber.cursor < subscriber.catchUpTo) return 0;
    for (let seq = subscriber.cursor + 1; seq <= this.#ring.last; seq += 1) {
      const next = this.#ring.get(seq);
      if (next !== undefined) return this.#ring.end - next.end + next.event.weight;
    }
    return 0;
  }

  #giveOwed(subscriber: Subscriber): void {
    for (let seq = this.#ring.first; seq <= subscriber.catchUpTo; seq += 1) {
      const entry = this.#ring.get(seq);
      if (entry?.event.owed === undefined || !subscriber.grants.has(entry.event.scope)) continue;
      if (entry.alive && entry.event.owed(entry.taken)) this.#giveEntry(subscriber, entry);
    }
  }

  #giveEntry(subscriber: Subscriber, entry: RingEntry): void {
    // who only hands it on says himself when somebody has it
    if (subscriber.relay === undefined) this.take(entry);
    const made: { readonly frame: EventFrame; bytes?: Uint8Array } = this.#made.get(entry) ?? madeOf(entry);
    this.#made.set(entry, made);
    this.#guard(subscriber, () => subscriber.sink.send(made.frame, () => (made.bytes ??= this.#encode(made.frame)), entry));
  }

  /** Somebody has it. */
  take(entry: RingEntry): void {
    if (entry.taken) return;
    entry.taken = true;
    entry.event.onTaken?.();
  }

  #give(subscriber: Subscriber, frame: Frame): void {
    this.#guard(subscriber, () => subscriber.sink.send(frame, () => this.#encode(frame)));
  }

  #encode(frame: Frame): Uint8Array {
    return this.#encoder.encode(JSON.stringify(frame));
  }

  /** A subscriber that fails hurts nobody else. */
  #guard(subscriber: Subscriber, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.log.error('an event could not be given to a subscriber', error instanceof Error ? { error } : {});
      this.#remove(subscriber);
    }
  }

  #letGo(subscriber: Subscriber, why: 'tooSlow' | 'closing'): void {
    this.#remove(subscriber);
    this.#guard(subscriber, () => subscriber.sink.ended(why));
  }

  #remove(subscriber: Subscriber): void {
    if (this.#subscribers.delete(subscriber)) this.#tellWatchers();
  }

  #tellWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

function madeOf(entry: RingEntry): { readonly frame: EventFrame; bytes?: Uint8Array } {
  const { encoded } = entry.event;
  return { frame: place(entry.event.body(), entry), ...(encoded === undefined ? {} : { bytes: encoded }) };
}

function place(body: EventBody, { seq, wall }: RingEntry): EventFrame {
  const { type, ...rest } = body;
  // the object is built anew to have `type`, `seq`, `time` in front, for whoever reads the wire
  return { type, seq, time: isoTime(wall), ...rest } as EventFrame;
}
