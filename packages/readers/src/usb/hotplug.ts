import type { Cancel, Clock, Log } from '@tillbridge/core';
import type { Hotplug } from '../connection/arrival.js';
import { loadUsbWatcher } from './native-watcher.js';

/** What tells of plugs; a test plays it. May fail at any point. */
export interface UsbWatcher {
  /** Fails where the system does not show its USB devices. */
  probe(): Promise<unknown>;
  start(event: () => void): Promise<void>;
  stop(): Promise<void>;
}

export interface HotplugContext {
  readonly clock: Clock;
  readonly log: Log;
  /** Default: the package `usb`, loaded when somebody waits for the first time. */
  readonly load?: () => Promise<UsbWatcher>;
}

/** A device's nodes and their rights come some time after the event, and a plug that wiggles gives many, milliseconds. */
const CALM_MS = 500;
/** A plug that never comes to rest is looked at all the same, milliseconds. */
const LONGEST_MS = 1000;

/** {@link Hotplug} by the events of the package `usb`. Its watcher runs only while somebody waits: it keeps a process alive. */
export function createHotplug(context: HotplugContext): Hotplug {
  return new UsbHotplug(context);
}

class UsbHotplug implements Hotplug {
  readonly #context: HotplugContext;
  readonly #waiting = new Set<() => void>();
  #watcher: Promise<UsbWatcher | undefined> | undefined;
  /** One start or stop at a time. */
  #turn: Promise<void> = Promise.resolve();
  #watching = false;
  #calm: Cancel | undefined;
  #firstAt = 0;

  constructor(context: HotplugContext) {
    this.#context = context;
  }

  changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        this.#adjust();
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
      this.#adjust();
    });
  }

  /** Starts or stops the watcher, whichever is due by then. Where it fails nothing is ever told and polling does the work. */
  #adjust(): void {
    this.#turn = this.#turn.then(async () => {
      const wanted = this.#waiting.size > 0;
      if (wanted === this.#watching) return;
      this.#watcher ??= this.#load();
      const watcher = await this.#watcher;
      if (watcher === undefined) return;
      this.#watching = wanted;
      if (!wanted) this.#calm?.();
      if (!wanted) this.#calm = undefined;
      await (wanted ? watcher.start(this.#event) : watcher.stop());
    }).catch((error: unknown) => this.#failed(error));
  }

  /** What cannot show its devices cannot watch them. */
  async #load(): Promise<UsbWatcher | undefined> {
    try {
      const watcher = await (this.#context.load ?? loadUsbWatcher)();
      await watcher.probe();
      return watcher;
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error: unknown): void {
    this.#watcher = Promise.resolve(undefined);
    const problem = error instanceof Error ? error.message : String(error);
    this.#context.log.debug('USB events cannot be had: devices are looked for every half second instead', { problem });
  }

  readonly #event = (): void => {
    const { clock } = this.#context;
    if (this.#calm === undefined) this.#firstAt = clock.mono();
    this.#calm?.();
    const left = Math.max(0, this.#firstAt + LONGEST_MS - clock.mono());
    this.#calm = clock.timer(Math.min(CALM_MS, left), () => {
      this.#calm = undefined;
      for (const done of [...this.#waiting]) done();
    });
  };
}
