import type { Clock, FeedbackKind, Instant, Reader, ReaderSink } from '@tillbridge/core';

/** Within this time the same read from two interfaces of one scanner is one read, milliseconds. */
const TWIN_MS = 300;
/** Reads of one device that are kept for comparison: nobody scans faster. */
const KEPT = 64;

interface Kept {
  readonly from: string;
  readonly text: string;
  /** Monotonic milliseconds. */
  readonly at: number;
  /** Interfaces whose own copy of this read was found. */
  readonly copies: Set<string>;
}

/**
 * Tells copies: some composite scanners send one read through two interfaces (keyboard and HID POS, HID POS and serial). Only a read that
 * another interface of the same device had within 300 ms is a copy, and each read has at most one copy an interface: two reads of one code
 * from one interface are two. Pure.
 */
export class TwinReads {
  readonly #devices = new Map<string, Kept[]>();

  /** Whether this read is the copy of one that another interface had. `from`: the interface; `now`: monotonic milliseconds. */
  isCopy(device: string, from: string, bytes: Uint8Array, now: number): boolean {
    const text = comparable(bytes);
    const kept = (this.#devices.get(device) ?? []).filter(({ at }) => now - at <= TWIN_MS);
    const twin = kept.find((read) => read.from !== from && read.text === text && !read.copies.has(from));
    if (twin === undefined) kept.push({ from, text, at: now, copies: new Set() });
    else twin.copies.add(from);
    this.#devices.set(device, kept.slice(-KEPT));
    return twin !== undefined;
  }

  /** Forgets what is too old to have copies: no code stays in memory for longer than needed. */
  forget(now: number): void {
    for (const [device, kept] of this.#devices) {
      const young = kept.filter(({ at }) => now - at <= TWIN_MS);
      if (young.length === 0) this.#devices.delete(device);
      else this.#devices.set(device, young);
    }
  }
}

/** One interface may send the AIM id (`]Q1`) and the other not. */
function comparable(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return /^\][A-Za-z][0-9A-Za-z]/.test(text) ? text.slice(3) : text;
}

/** Joins the readers of one bridge. */
export interface TwinFilter {
  /** A reader whose copies are left out. `device`: which physical device it reads now; `undefined` while that is not known. */
  wrap(reader: Reader, device: () => string | undefined): Reader;
}

export function createTwinFilter({ clock }: { readonly clock: Clock }): TwinFilter {
  const reads = new TwinReads();
  const cleaning = { due: false };
  const clean = (): void => {
    if (cleaning.due) return;
    cleaning.due = true;
    clock.timer(TWIN_MS + 1, () => {
      cleaning.due = false;
      reads.forget(clock.mono());
    }, { ref: false });
  };
  const isCopy = (reader: string, device: string | undefined, bytes: Uint8Array, at: Instant): boolean => {
    if (device === undefined) return false;
    clean();
    return reads.isCopy(device, reader, bytes, at.mono);
  };
  return { wrap: (reader, device) => new WithoutCopies(reader, (bytes, at) => isCopy(reader.id, device(), bytes, at)) };
}

class WithoutCopies implements Reader {
  readonly #reader: Reader;
  readonly #isCopy: (bytes: Uint8Array, at: Instant) => boolean;

  constructor(reader: Reader, isCopy: (bytes: Uint8Array, at: Instant) => boolean) {
    this.#reader = reader;
    this.#isCopy = isCopy;
  }

  get id(): string {
    return this.#reader.id;
  }

  get kind(): Reader['kind'] {
    return this.#reader.kind;
  }

  get capabilities(): Reader['capabilities'] {
    return this.#reader.capabilities;
  }

  get state(): Reader['state'] {
    return this.#reader.state;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    return this.#reader.open(withoutCopies(sink, this.#isCopy), signal);
  }

  feedback(kind: FeedbackKind): Promise<void> {
    return this.#reader.feedback(kind);
  }

  close(): Promise<void> {
    return this.#reader.close();
  }
}

/** Copies are counted as such, and what belongs to one goes where it goes. */
function withoutCopies(sink: ReaderSink, isCopy: (bytes: Uint8Array, at: Instant) => boolean): ReaderSink {
  let copied = false;
  return {
    read: (read) => {
      // pieces of something long, and keys typed by hand, are no scans that could have a twin
      copied = read.overflow !== true && read.partial !== true && read.bytes.length > 0 && isCopy(read.bytes, read.at);
      if (copied) sink.dropped('copy', read.bytes.length);
      else sink.read(read);
    },
    tail: (bytes, keys) => {
      if (!copied) sink.tail(bytes, keys);
    },
    quiet: () => sink.quiet(),
    resumed: () => sink.resumed(),
    dropped: (reason, byteCount) => sink.dropped(reason, byteCount),
    state: (state) => sink.state(state),
    hint: (hint) => sink.hint?.(hint),
  };
}
