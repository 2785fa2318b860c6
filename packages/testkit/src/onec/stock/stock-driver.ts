import { sleep, type Clock } from '@tillbridge/core';

/** Settings of the stock driver "1С:Сканеры штрихкода" (AddIn.InputDevice), under its own names. -1: none. */
export interface StockSettings {
  /** 13: CR, 10: LF, 3338: CR LF (0x0D0A packed into a number). */
  readonly Suffix: number;
  readonly Prefix: number;
  /** Silence that ends a code without its suffix, in ms; 0: none. */
  readonly TimeoutCOM: number;
}

export const STOCK_DEFAULTS: StockSettings = { Suffix: 13, Prefix: -1, TimeoutCOM: 0 };

/** Longer reads are dropped whole. */
const MAX_READ = 4096;

/**
 * The stock driver on a serial port: bytes are cut at the suffix, decoded as UTF-8, and one event each. The legacy component holds its port
 * while an event is handled (`DataSend` 0) and loses what arrives meanwhile: `lossyMs`.
 */
export class StockDriver {
  /** Bytes that came while an event was being handled. */
  lost = 0;
  readonly #settings: StockSettings;
  readonly #clock: Clock;
  readonly #lossyMs: number;
  readonly #take: (code: string) => void;
  #bytes: number[] = [];
  #silence = new AbortController();
  #deafUntil = -Infinity;

  constructor(clock: Clock, take: (code: string) => void, settings: Partial<StockSettings> = {}, lossyMs = 0) {
    this.#clock = clock;
    this.#take = take;
    this.#settings = { ...STOCK_DEFAULTS, ...settings };
    this.#lossyMs = lossyMs;
  }

  /** Bytes as they come from the port, in pieces of any size. */
  write(bytes: Uint8Array): void {
    this.#silence.abort();
    const suffix = packed(this.#settings.Suffix);
    for (const byte of bytes) {
      if (this.#clock.mono() < this.#deafUntil) {
        this.lost += 1;
        continue;
      }
      this.#bytes.push(byte);
      const ended = suffix.length > 0 && suffix.every((each, i) => this.#bytes.at(i - suffix.length) === each);
      if (ended) this.#end(this.#bytes.slice(0, -suffix.length));
      else if (this.#bytes.length > MAX_READ) this.#bytes = [];
    }
    const { TimeoutCOM } = this.#settings;
    if (TimeoutCOM <= 0 || this.#bytes.length === 0) return;
    this.#silence = new AbortController();
    const { signal } = this.#silence;
    void sleep(this.#clock, TimeoutCOM, signal).then(() => {
      if (!signal.aborted) this.#end(this.#bytes);
    });
  }

  #end(bytes: readonly number[]): void {
    this.#bytes = [];
    const prefix = packed(this.#settings.Prefix);
    const starts = prefix.length > 0 && prefix.every((byte, i) => bytes[i] === byte);
    const code = Buffer.from(starts ? bytes.slice(prefix.length) : bytes).toString('utf8').trim();
    if (code === '') return;
    this.#deafUntil = this.#clock.mono() + this.#lossyMs;
    this.#take(code);
  }
}

/** A number as the driver packs characters into it: 3338 is 0x0D0A, CR LF. */
export function packed(value: number): readonly number[] {
  if (value < 0) return [];
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}
