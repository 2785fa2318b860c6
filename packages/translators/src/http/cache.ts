import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { NativeNumber} from '@tillbridge/core';
import { elapsed, instant, Masked, type Clock, type Code, type Instant, type Log, type NumberKind } from '@tillbridge/core';
import type { PlatformDefinition } from './definition.js';
import { numberOf } from '../support.js';

/** What is remembered of an answer. Errors, coupons, one-time codes, `ambiguous` and `confirmRequired` never are. */
export type Remembered =
  | { readonly result: 'found'; readonly number: NativeNumber; readonly state?: 'accrueOnly'; readonly customer?: Masked }
  | { readonly result: 'notFound' }
  | { readonly result: 'blocked'; readonly reason?: 'inactive' };

/** Where numbers survive a restart. What it keeps is sealed by whoever keeps it. */
export interface CacheFile {
  read(): Promise<readonly string[]>;
  write(texts: Iterable<string>): Promise<void>;
}

export interface CacheOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly times: PlatformDefinition['cache'];
  /** Changes with everything that makes old answers wrong: the description, the address, variables, secrets. Never shown. */
  readonly fingerprint: string;
  readonly file?: CacheFile;
}

interface Entry {
  readonly remembered: Remembered;
  readonly kind: Code['kind'];
  readonly at: Instant;
}

/** So many answers at most; the ones that were used longest ago go first. */
export const MOST_REMEMBERED = 10_000;
/** At most one write to the file in this time, in ms. */
const WRITE_EVERY_MS = 60_000;
/** So many answers stand in one sealed text: what is put into words at a time never holds goods up. */
const PER_TEXT = 250;

/** Answers of a platform. Knows codes only by a keyed hash whose key dies with the process or with the file. */
export class LookUpCache {
  readonly #options: CacheOptions;
  readonly #entries = new Map<string, Entry>();
  /** As a key object: made anew from its bytes each time, the hash takes eight times as long. */
  #key: KeyObject = createSecretKey(randomBytes(32));
  #dirty = false;
  #cancelWrite: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  keyOf(kind: Code['kind'], id: string): string {
    return createHmac('sha256', this.#key).update(`${this.#options.fingerprint}\u0000${kind}\u0000${id}`).digest('base64');
  }

  /** `fresh`: it holds. `stale`: only good while the platform cannot be asked. */
  get(key: string): { readonly remembered: Remembered; readonly age: 'fresh' | 'stale' } | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const age = elapsed(this.#options.clock, entry.at);
    if (age < this.#freshMs(entry)) {
      // used last, forgotten last
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      return { remembered: entry.remembered, age: 'fresh' };
    }
    if (age < this.#staleMs(entry)) return { remembered: entry.remembered, age: 'stale' };
    this.#entries.delete(key);
    return undefined;
  }

  put(key: string, kind: Code['kind'], remembered: Remembered): void {
    const entry: Entry = { remembered, kind, at: instant(this.#options.clock) };
    this.#entries.delete(key);
    if (this.#freshMs(entry) === 0 && this.#staleMs(entry) === 0) return;
    this.#entries.set(key, entry);
    if (this.#entries.size > MOST_REMEMBERED) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    if (lasts(entry)) this.#changed();
  }

  /** The platform answered otherwise than what is remembered. */
  forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    if (lasts(entry)) this.#changed();
  }

  /** Reads the file, if there is one. Never rejects: a cache that cannot be read is an empty one. */
  async load(): Promise<void> {
    const { file, log } = this.#options;
    if (file === undefined) return;
    try {
      const [head, ...texts] = await file.read();
      const key = head === undefined ? undefined : headKey(head, this.#options.fingerprint);
      if (key === undefined || this.#entries.size > 0) return;
      this.#key = createSecretKey(key);
      for (const text of texts) for (const line of JSON.parse(text) as readonly unknown[]) this.#restore(line);
    } catch (error) {
      log.warn('remembered look-ups could not be read', error instanceof Error ? { error: new Error(error.name) } : {});
    }
  }

  /** Writes what is not written yet. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return this.#writing;
    this.#closed = true;
    this.#cancelWrite?.();
    await this.#writing;
    if (this.#dirty) await this.#write();
  }

  #freshMs({ remembered, kind }: Entry): number {
    const { times } = this.#options;
    if (remembered.result === 'notFound') return times.notFoundMs;
    if (remembered.result === 'blocked') return times.blockedMs;
    return kind === 'phone' ? times.phoneMs : times.foundMs;
  }

  #staleMs(entry: Entry): number {
    return lasts(entry) ? this.#options.times.staleMs : 0;
  }

  #changed(): void {
    this.#dirty = true;
    if (this.#options.file === undefined || this.#closed || this.#cancelWrite !== undefined) return;
    this.#cancelWrite = this.#options.clock.timer(
      WRITE_EVERY_MS,
      () => {
        this.#cancelWrite = undefined;
        this.#writing = this.#writing.then(() => this.#write());
      },
      { ref: false },
    );
  }

  async #write(): Promise<void> {
    const { file, log } = this.#options;
    if (file === undefined) return;
    this.#dirty = false;
    try {
      await file.write(this.#texts());
    } catch (error) {
      this.#dirty = true;
      log.warn('look-ups could not be kept for the next start', error instanceof Error ? { error: new Error(error.name) } : {});
    }
  }

  *#texts(): Generator<string> {
    yield JSON.stringify({ fingerprint: hashOf(this.#options.fingerprint), key: this.#key.export().toString('base64') });
    let lines: unknown[] = [];
    for (const [key, entry] of [...this.#entries]) {
      const { remembered } = entry;
      if (!lasts(entry) || remembered.result !== 'found') continue;
      // sealed by the file, so in clear here
      lines.push([key, entry.kind, entry.at.wall, remembered.number.kind, remembered.number.reveal(), remembered.state ?? '', remembered.customer?.reveal() ?? '']);
      if (lines.length < PER_TEXT) continue;
      yield JSON.stringify(lines);
      lines = [];
    }
    yield JSON.stringify(lines);
  }

  #restore(line: unknown): void {
    if (!Array.isArray(line) || this.#entries.size >= MOST_REMEMBERED) return;
    const [key, kind, wall, numberKind, text, state, customer] = line as readonly unknown[];
    if (typeof key !== 'string' || typeof wall !== 'number' || typeof text !== 'string' || !isKind(kind) || !isKind(numberKind)) return;
    const number = numberOf(numberKind, text);
    const { clock } = this.#options;
    const now = instant(clock);
    // a clock that was set back: as old as it can be told to be
    const at: Instant = { mono: now.mono - Math.max(0, now.wall - wall), wall };
    if (number === undefined || wall > now.wall + 60_000) return;
    this.#entries.set(key, {
      kind,
      at,
      remembered: { result: 'found', number, ...(state === 'accrueOnly' ? { state } : {}), ...(typeof customer === 'string' && customer !== '' ? { customer: new Masked(customer) } : {}) },
    });
  }
}

/** Whether it may outlive its time while the platform is down: phones are personal data and get new owners. */
const lasts = ({ remembered, kind }: Pick<Entry, 'remembered' | 'kind'>): boolean => remembered.result === 'found' && kind === 'card';

const isKind = (value: unknown): value is NumberKind => value === 'card' || value === 'coupon' || value === 'phone';

const hashOf = (text: string): string => createHmac('sha256', 'tillbridge look-ups').update(text).digest('base64');

/** The key of the file's hashes, where the file is of this platform as it is configured now. */
function headKey(head: string, fingerprint: string): Buffer | undefined {
  const value: unknown = JSON.parse(head);
  const { fingerprint: of, key } = (value ?? {}) as { readonly fingerprint?: unknown; readonly key?: unknown };
  return of === hashOf(fingerprint) && typeof key === 'string' ? Buffer.from(key, 'base64') : undefined;
}
