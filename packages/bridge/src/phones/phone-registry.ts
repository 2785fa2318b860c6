import { TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import type { PhoneRecord } from '@tillbridge/phone-link';
import type { KeptPhone, PhoneList } from '@tillbridge/store';
import { LastSeen, type Seen } from '../last-seen.js';
import type { PhoneChange, PhoneStore } from './phone-store.js';

/** Phones that may be paired at once. */
export const MAX_PHONES = 256;

export interface RegistryOptions {
  readonly list: PhoneList;
  readonly clock: Clock;
  readonly log: Log;
}

/** The paired phones in memory. What takes rights away counts at once; what gives them is written first. */
export class PhoneRegistry implements PhoneStore {
  readonly #options: RegistryOptions;
  readonly #phones: Map<string, PhoneRecord>;
  readonly #seen: LastSeen;

  /** @throws {TillbridgeError} `TB_READER_MOBILE_PHONES`, `TB_JOURNAL_STATE_KEY` */
  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#seen = new LastSeen(options.clock, (seen) => this.#writeSeen(seen));
    this.#phones = new Map(options.list.read().map((phone) => [phone.id, { ...phone, state: 'paired' }]));
  }

  get(id: string): PhoneRecord | undefined {
    return this.#phones.get(id);
  }

  list(): readonly PhoneRecord[] {
    return [...this.#phones.values()].map((phone) => {
      const seen = this.#seen.get(phone.id);
      return seen === undefined ? phone : { ...phone, lastSeen: seen };
    });
  }

  /** @throws {TillbridgeError} `TB_READER_MOBILE_FULL`, `TB_READER_MOBILE_PHONES` */
  async add(phone: PhoneRecord): Promise<void> {
    if (!this.#phones.has(phone.id) && this.#phones.size >= MAX_PHONES) throw new TillbridgeError('TB_READER_MOBILE_FULL', { max: MAX_PHONES });
    await this.#options.list.change({ do: 'put', phone: keptOf(phone) });
    this.#phones.set(phone.id, { ...phone, state: 'paired' });
  }

  async remove(id: string): Promise<void> {
    this.#phones.delete(id);
    this.#seen.forget(id);
    // also one that is not known (any more): it may be on its way to the disk
    await this.#options.list.change({ do: 'remove', id });
  }

  async change(id: string, { name, till }: PhoneChange): Promise<PhoneRecord | undefined> {
    const before = this.#phones.get(id);
    if (before === undefined) return undefined;
    const { till: oldTill, ...rest } = before;
    const nextTill = till === undefined ? oldTill : (till ?? undefined);
    const phone: PhoneRecord = { ...rest, name: name ?? before.name, ...(nextTill === undefined ? {} : { till: nextTill }) };
    await this.#options.list.change({ do: 'put', phone: keptOf(phone) });
    // revoked while it was being written: it stays so
    if (!this.#phones.has(id)) {
      await this.#options.list.change({ do: 'remove', id });
      return undefined;
    }
    this.#phones.set(id, phone);
    return phone;
  }

  seen(id: string): void {
    if (this.#phones.has(id)) this.#seen.note(id);
  }

  /** Writes what is not written yet. Never rejects. */
  close(): Promise<void> {
    return this.#seen.close();
  }

  async #writeSeen(seen: Seen): Promise<void> {
    for (const [id, time] of seen) {
      const phone = this.#phones.get(id);
      if (phone !== undefined) this.#phones.set(id, { ...phone, lastSeen: time });
    }
    try {
      await this.#options.list.change({ do: 'seen', seen });
    } catch (error) {
      this.#options.log.warn('when phones were last seen could not be written', error instanceof Error ? { error } : {});
    }
  }
}

function keptOf({ id, key, name, model, till, created, lastSeen }: PhoneRecord): KeptPhone {
  return { id, key, name, model, created, ...(till === undefined ? {} : { till }), ...(lastSeen === undefined ? {} : { lastSeen }) };
}
