import type { Clock } from '@tillbridge/core';
import { BootReportParser } from '../decode/boot-report.js';
import type { KeyNews } from '../collect/key-collector.js';
import type { KeySource, KeySourceEvents } from './key-source.js';
import type { ClaimedKeyboard, ClaimKeyboard, UsbPlace } from './usb-binding.js';

/** Takes a keyboard away from the kernel's driver and reads its boot reports. @throws OpenRefused */
export async function openUsb(place: UsbPlace, claim: ClaimKeyboard, clock: Clock, events: KeySourceEvents): Promise<KeySource> {
  return new UsbSource(await claim(place), clock, events);
}

class UsbSource implements KeySource {
  readonly #keyboard: ClaimedKeyboard;
  readonly #clock: Clock;
  readonly #events: KeySourceEvents;
  readonly #parser = new BootReportParser();
  readonly #down = new Set<number>();
  #closing: Promise<void> | undefined;

  constructor(keyboard: ClaimedKeyboard, clock: Clock, events: KeySourceEvents) {
    this.#keyboard = keyboard;
    this.#clock = clock;
    this.#events = events;
    void this.#read();
  }

  down(): readonly number[] {
    return [...this.#down];
  }

  close(): Promise<void> {
    this.#closing ??= this.#keyboard.close();
    return this.#closing;
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const report = await this.#keyboard.read();
        if (this.#over()) return;
        this.#tell(report);
      }
    } catch (error) {
      if (this.#over()) return;
      void this.close();
      this.#events.gone(error instanceof Error ? error.message : String(error));
    }
  }

  #over(): boolean {
    return this.#closing !== undefined;
  }

  #tell(report: Uint8Array): void {
    const changes = this.#parser.push(report, this.#clock.mono());
    for (const { usage, down } of changes) {
      if (down) this.#down.add(usage);
      else this.#down.delete(usage);
    }
    if (changes.length > 0) this.#events.news(changes satisfies readonly KeyNews[]);
  }
}
