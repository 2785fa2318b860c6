import { sleep, type Cancel, type Clock } from '@tillbridge/core';
import type { KeyNews } from '../collect/key-collector.js';
import { InputEventParser, keysDown } from '../decode/input-events.js';
import type { EvdevBinding } from './evdev-binding.js';
import { OpenRefused, refusalOf, type KeySource, type KeySourceEvents } from './key-source.js';

/** A keyboard is taken between two reads: after this silence with no key down. Else the console would keep a key down for ever. */
const SILENCE_MS = 60;
/** One that is never at rest is taken all the same. */
const LONGEST_WAIT_MS = 2000;
const LOOK_MS = 20;
/** The signal should never be missed; a look a second costs one system call. */
const BACKSTOP_MS = 1000;
/** 256 events; the kernel's queue is shorter. */
const READ_BYTES = 6144;
/** Reads in one turn: a device that floods must not keep the process from saying that it lives. */
const READS_A_TURN = 16;

/** Takes a keyboard by EVIOCGRAB: from then on its keys come here only. @throws OpenRefused */
export async function openEvdev(path: string, binding: EvdevBinding, clock: Clock, events: KeySourceEvents, signal: AbortSignal): Promise<KeySource> {
  const source = new EvdevSource(binding, clock, events);
  try {
    source.open(path);
    await source.settle(signal);
    if (signal.aborted) throw new OpenRefused('other', 'given up');
    source.grab();
    return source;
  } catch (error) {
    await source.close();
    throw refusalOf(error);
  }
}

class EvdevSource implements KeySource {
  readonly #binding: EvdevBinding;
  readonly #clock: Clock;
  readonly #events: KeySourceEvents;
  readonly #parser = new InputEventParser();
  readonly #buffer = new Uint8Array(READ_BYTES);
  #fd: number | undefined;
  #grabbed = false;
  #lastKeyAt = Number.NEGATIVE_INFINITY;
  #unwatch: Cancel = () => undefined;
  #backstop: Cancel = () => undefined;
  #rest: Cancel | undefined;

  constructor(binding: EvdevBinding, clock: Clock, events: KeySourceEvents) {
    this.#binding = binding;
    this.#clock = clock;
    this.#events = events;
  }

  open(path: string): void {
    const fd = this.#binding.open(path);
    this.#fd = fd;
    if (!this.#binding.typesDigits(fd)) throw new OpenRefused('notKeyboard', 'it has no digits and no Enter');
    this.#binding.useMonotonicTime(fd);
    this.#lastKeyAt = this.#clock.mono();
    this.#unwatch = this.#binding.watch(fd, () => this.#drain());
  }

  async settle(signal: AbortSignal): Promise<void> {
    const start = this.#clock.mono();
    while (!this.#atRest() && this.#clock.mono() - start < LONGEST_WAIT_MS && !signal.aborted) {
      await sleep(this.#clock, LOOK_MS, signal);
      this.#drain();
    }
  }

  grab(): void {
    const fd = this.#open();
    const rest = this.#atRest();
    if (!rest) this.#letUp(fd);
    this.#binding.grab(fd);
    // what was typed before the grab was typed to others too
    this.#drain();
    this.#grabbed = true;
    // the rest of what is being typed right now is half a read
    if (!rest) this.#events.news([{ lost: true, down: this.down() }]);
    this.#look();
  }

  /** Nobody else will see these keys come up once they are ours. */
  #letUp(fd: number): void {
    try {
      this.#binding.letUp(fd, this.#binding.keysDown(fd));
    } catch {
      // no right to write: a key that is held for longer than we wait stays down for the console
    }
  }

  down(): readonly number[] {
    if (this.#fd === undefined) return [];
    try {
      return keysDown(this.#binding.keysDown(this.#fd));
    } catch {
      // it is going away; the next read tells
      return [];
    }
  }

  close(): Promise<void> {
    const fd = this.#fd;
    this.#fd = undefined;
    this.#unwatch();
    this.#backstop();
    this.#rest?.();
    if (fd !== undefined) this.#release(fd);
    return Promise.resolve();
  }

  #release(fd: number): void {
    try {
      if (this.#grabbed) this.#binding.ungrab(fd);
    } catch {
      // closing gives it back as well
    }
    try {
      this.#binding.close(fd);
    } catch {
      // nothing is left to give back
    }
  }

  #open(): number {
    if (this.#fd === undefined) throw Object.assign(new Error('it went away'), { code: 'ENODEV' });
    return this.#fd;
  }

  #atRest(): boolean {
    return this.#clock.mono() - this.#lastKeyAt >= SILENCE_MS && this.down().length === 0;
  }

  #look(): void {
    this.#backstop = this.#clock.timer(BACKSTOP_MS, () => {
      this.#drain();
      if (this.#fd !== undefined) this.#look();
    });
  }

  #drain(): void {
    this.#rest?.();
    this.#rest = undefined;
    const news: KeyNews[] = [];
    try {
      for (let reads = 0; reads < READS_A_TURN && this.#fd !== undefined; reads += 1) {
        const count = this.#binding.read(this.#fd, this.#buffer);
        if (count === 0) break;
        if (reads === READS_A_TURN - 1) this.#rest = this.#clock.afterInput(() => this.#drain());
        for (const one of this.#parser.push(this.#buffer.subarray(0, count))) news.push(one === 'lost' ? { lost: true, down: this.down() } : one);
      }
      this.#tell(news);
    } catch (error) {
      this.#tell(news);
      this.#gone(error);
    }
  }

  #tell(news: readonly KeyNews[]): void {
    if (news.length === 0) return;
    this.#lastKeyAt = this.#clock.mono();
    if (this.#grabbed) this.#events.news(news);
  }

  #gone(error: unknown): void {
    if (this.#fd === undefined) return;
    const told = this.#grabbed;
    void this.close();
    if (told) this.#events.gone(error instanceof Error ? error.message : String(error));
  }
}
