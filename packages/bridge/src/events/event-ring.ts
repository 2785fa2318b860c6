import type { EventBody, Instant } from '@tillbridge/core';

/** An event as it is given to the hub. */
export interface NewEvent {
  /** Scope that a subscriber needs to see it. */
  readonly scope: string;
  /** Made when somebody is there to see it: goods must not wait for a text that nobody reads. */
  readonly body: () => EventBody;
  /** About how many bytes it takes. */
  readonly weight: number;
  /** Absent: it can be replayed as long as it is kept. Else whether it still means anything: an old product must not fall into a later sale. */
  readonly alive?: () => boolean;
  /** Somebody waits for it: a till for its number. */
  readonly urgent?: boolean;
  /** Whether a subscriber that comes later, and asks for no replay, gets it as well. `taken`: somebody had it already. Absent: no. */
  readonly owed?: (taken: boolean) => boolean;
  /** What `alive` says, where time alone decides: for a copy of the event in another process. */
  readonly fresh?: { readonly at: Instant; readonly ms: number };
  /** The whole frame as UTF-8 JSON, where it was made elsewhere. */
  readonly encoded?: Uint8Array;
  /** Called when the first subscriber was sent it. */
  readonly onTaken?: () => void;
}

/** An event in its place. */
export class RingEntry {
  readonly seq: number;
  /** Unix time in milliseconds. */
  readonly wall: number;
  /** Bytes of all events up to and with this one. */
  readonly end: number;
  readonly event: NewEvent;
  /** Whether any subscriber was sent it. */
  taken = false;

  constructor(seq: number, wall: number, end: number, event: NewEvent) {
    this.seq = seq;
    this.wall = wall;
    this.end = end;
    this.event = event;
  }

  get alive(): boolean {
    return this.event.alive?.() ?? true;
  }
}

export interface RingLimits {
  /** Events at most, 1 or more. */
  readonly events: number;
  /** Bytes at most, by their `weight`; the newest event is kept whatever its weight. */
  readonly bytes: number;
}

/** The last events, in order; bounded in number and in bytes, the oldest go first. */
export class EventRing {
  readonly #limits: RingLimits;
  readonly #slots: (RingEntry | undefined)[];
  #first: number;
  #last: number;
  #end = 0;
  #start = 0;

  /** `seq` is the number before that of the first event. */
  constructor(seq: number, limits: RingLimits) {
    this.#limits = limits;
    this.#slots = new Array<RingEntry | undefined>(limits.events).fill(undefined);
    this.#first = seq + 1;
    this.#last = seq;
  }

  /** Number of the oldest event that is kept; `last` + 1 where there is none. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** Bytes of all events that were ever put in. */
  get end(): number {
    return this.#end;
  }

  /** Bytes that are kept now. */
  get bytes(): number {
    return this.#end - this.#start;
  }

  /** @param seq its number where another ring gave it one, more than `last`; those between are not kept here */
  push(event: NewEvent, wall: number, seq = this.#last + 1): RingEntry {
    this.skipTo(seq);
    this.#end += event.weight;
    const entry = new RingEntry(this.#last, wall, this.#end, event);
    this.#slots[this.#last % this.#limits.events] = entry;
    while (this.bytes > this.#limits.bytes && this.#first < this.#last) this.#evict();
    return entry;
  }

  /** Numbers up to `seq` are those of events that are not kept here. */
  skipTo(seq: number): void {
    if (seq <= this.#last) return;
    this.#last = seq;
    while (this.#last - this.#first + 1 > this.#limits.events) this.#evict();
  }

  /** Nobody can have events up to `seq` any more. */
  forget(seq: number): void {
    this.skipTo(seq);
    while (this.#first <= seq) this.#evict();
  }

  get(seq: number): RingEntry | undefined {
    return seq < this.#first || seq > this.#last ? undefined : this.#slots[seq % this.#limits.events];
  }

  #evict(): void {
    const slot = this.#first % this.#limits.events;
    this.#start = this.#slots[slot]?.end ?? this.#start;
    this.#slots[slot] = undefined;
    this.#first += 1;
  }
}
