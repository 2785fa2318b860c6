import type { Clock } from '@tillbridge/core';
import { nobleCurve } from './noise/curve.js';
import { keyPairOf } from './noise/keys.js';
import type { KeyStore, PhonePorts, StoredTill } from './phone/ports.js';
import { PhoneClient } from './phone/phone-client.js';
import type { InvitationWish, LinkAnswer, LinkEvent, PhoneBook, PhoneRead, PhoneRecord, PhoneTaken } from './till/ports.js';
import { TillLink } from './till/till-link.js';
import { readPath } from './wire/paths.js';
import type { ScanEnd, TillCard } from './wire/texts.js';

// A till and phones in one process, with a network between them that loses, repeats and delays.

/** Bytes that look random and are the same in each run. */
export function seeded(seed: number): (length: number) => Uint8Array {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    // xorshift32 (G. Marsaglia, Xorshift RNGs, 2003)
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state & 255;
  };
  return (length) => Uint8Array.from({ length }, next);
}

export class MemoryBook implements PhoneBook {
  readonly phones = new Map<string, PhoneRecord>();
  get(id: string): PhoneRecord | undefined {
    return this.phones.get(id);
  }
  add(phone: PhoneRecord): Promise<void> {
    this.phones.set(phone.id, phone);
    return Promise.resolve();
  }
  remove(id: string): Promise<void> {
    this.phones.delete(id);
    return Promise.resolve();
  }
  seen(): void {
    // nobody asks
  }
}

export class MemoryStore implements KeyStore {
  readonly tills = new Map<string, StoredTill>();
  all(): Promise<readonly StoredTill[]> {
    return Promise.resolve([...this.tills.values()]);
  }
  put(till: StoredTill): Promise<void> {
    this.tills.set(till.tillId, till);
    return Promise.resolve();
  }
  remove(tillId: string): Promise<void> {
    this.tills.delete(tillId);
    return Promise.resolve();
  }
}

/** What happens to one request: the network is asked for each. */
export type Fate = 'arrives' | 'requestLost' | 'answerLost' | 'twice';

export const CARD: TillCard = { name: 'Bar', tills: [{ id: 'front', name: 'Front' }], till: 'front', formats: ['qr', 'ean13'] };

export class World {
  readonly clock: Clock;
  readonly book = new MemoryBook();
  readonly identity: ReturnType<typeof keyPairOf>;
  readonly random: (length: number) => Uint8Array;
  readonly events: LinkEvent[] = [];
  /** Reads that were taken, in their order. */
  readonly taken: PhoneRead[] = [];
  /** Bodies of requests as they crossed the network, with the last part of their path. */
  readonly wire: { readonly path: string; readonly body: Uint8Array }[] = [];
  /** Scalar multiplications of the till. */
  multiplied = 0;
  fate: (path: string) => Fate = () => 'arrives';
  take: (read: PhoneRead) => PhoneTaken = () => ({ is: 'loyalty', kind: 'card', ended: Promise.resolve<ScanEnd>({ outcome: 'applied', signal: 'good' }) });
  card: TillCard = CARD;
  link: TillLink;

  constructor(clock: Clock, seed = 1) {
    this.clock = clock;
    this.random = seeded(seed);
    this.identity = keyPairOf(this.random(32));
    this.link = this.#start();
  }

  /** The daemon again, with what it keeps. */
  restart(): void {
    this.link.close();
    this.link = this.#start();
  }

  async send(path: string, body: Uint8Array, signal: AbortSignal = new AbortController().signal): Promise<LinkAnswer> {
    const to = readPath(path);
    if (to?.tillId !== this.link.tillId) throw new Error(`not a path of this till: ${path}`);
    return this.link.answer(to.path, body, signal);
  }

  phone(store: MemoryStore = new MemoryStore(), change: Partial<PhonePorts> = {}): PhoneClient {
    const post: PhonePorts['post'] = async (path, body, signal) => {
      const fate = this.fate(path.split('/').at(-1) ?? '');
      if (fate === 'requestLost') throw new Error('lost');
      this.wire.push({ path: path.split('/').at(-1) ?? '', body });
      const answer = await this.send(path, body, signal);
      if (fate === 'answerLost') throw new Error('lost');
      return fate === 'twice' ? this.send(path, body, signal) : answer;
    };
    return new PhoneClient({ clock: this.clock, random: this.random, post, store, ...change });
  }

  async paired(wish: InvitationWish = {}, store: MemoryStore = new MemoryStore()): Promise<Awaited<ReturnType<PhoneClient['pair']>>> {
    const { fragment } = this.link.invite(wish);
    return this.phone(store).pair(fragment, { name: 'Анна', model: 'Pixel 8' }, new AbortController().signal);
  }

  #start(): TillLink {
    return new TillLink({
      ...{ clock: this.clock, random: this.random, identity: this.identity, phones: this.book },
      curve: {
        publicOf: (secret) => nobleCurve.publicOf(secret),
        shared: (secret, theirs) => {
          this.multiplied += 1;
          return nobleCurve.shared(secret, theirs);
        },
      },
      card: () => this.card,
      scan: (read) => {
        this.taken.push(read);
        return this.take(read);
      },
      note: (event) => {
        this.events.push(event);
      },
    });
  }
}
