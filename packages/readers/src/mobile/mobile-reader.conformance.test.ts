import { silentLog, systemClock, TillbridgeError } from '@tillbridge/core';
import { describeReader, type ReaderDevice } from '@tillbridge/testkit/suites';
import { createMobileReader } from './mobile-reader.js';
import type { PhoneHost, PhoneScan } from './options.js';

/** A listener whose network comes and goes, and a phone behind it. */
class Network implements ReaderDevice, PhoneHost {
  #take: ((scan: PhoneScan) => unknown) | undefined;
  #end: ((why: TillbridgeError) => void) | undefined;
  #there = true;
  #waiting = new Set<() => void>();

  connect(take: (scan: PhoneScan) => unknown): ReturnType<PhoneHost['connect']> {
    if (!this.#there) return Promise.reject(new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS'));
    this.#take = take;
    const ended = new Promise<TillbridgeError>((resolve) => (this.#end = resolve));
    return Promise.resolve({
      ended,
      close: () => {
        if (this.#take === take) this.#take = undefined;
        return Promise.resolve();
      },
    });
  }

  arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  send(bytes: Uint8Array): void {
    // what follows the last CR is half a read, which a phone never sends
    for (const line of Buffer.from(bytes).toString('latin1').split('\r').slice(0, -1)) this.#take?.({ bytes: new Uint8Array(Buffer.from(line, 'latin1')) });
  }

  unplug(): void {
    this.#there = false;
    this.#end?.(new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS'));
  }

  replug(): void {
    this.#there = true;
    for (const resolve of this.#waiting) resolve();
  }
}

describeReader(
  'mobile',
  () => {
    const device = new Network();
    return { reader: createMobileReader({ id: 'waiter', place: 'auto:48443' }, { host: device, clock: systemClock, log: silentLog, random: () => 0 }), device };
  },
  { stream: false },
);
