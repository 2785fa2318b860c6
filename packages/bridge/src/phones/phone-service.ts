import type { Clock, Log } from '@tillbridge/core';
import type { StateFolder } from '@tillbridge/store/state';
import type { PhoneDesk } from './phone-desk.js';

export interface PhoneServiceOptions {
  readonly folder: StateFolder;
  readonly clock: Clock;
  readonly log: Log;
}

/** The desk of the phones, made when somebody needs it: a daemon without phones keeps protocol, curves and table out of memory. */
export class PhoneService {
  readonly #options: PhoneServiceOptions;
  #opening: Promise<OpenDesk> | undefined;
  #open: PhoneDesk | undefined;

  constructor(options: PhoneServiceOptions) {
    this.#options = options;
  }

  /** @throws {TillbridgeError} where the table of phones cannot be opened; the next call tries again */
  async desk(): Promise<PhoneDesk> {
    const opening = (this.#opening ??= openDesk(this.#options));
    try {
      const { desk } = await opening;
      return (this.#open = desk);
    } catch (error) {
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  /** The desk, where somebody has needed it so far. */
  get current(): PhoneDesk | undefined {
    return this.#open;
  }

  async close(): Promise<void> {
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.close();
  }
}

interface OpenDesk {
  readonly desk: PhoneDesk;
  readonly close: () => Promise<void>;
}

async function openDesk({ folder, clock, log }: PhoneServiceOptions): Promise<OpenDesk> {
  const [{ PhoneDesk }, { PhoneRegistry }, { phoneListOf }] = await Promise.all([import('./phone-desk.js'), import('./phone-registry.js'), import('@tillbridge/store')]);
  const phones = new PhoneRegistry({ list: phoneListOf(folder, clock), clock, log });
  const desk = new PhoneDesk({ folder, phones, clock, log });
  return {
    desk,
    close: async () => {
      desk.close();
      await phones.close();
    },
  };
}
