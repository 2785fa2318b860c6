import type { Config } from '../config/index.js';
import { same } from '../config/same.js';
import type { StationsListener, StationsOptions } from './listener.js';

/** Keeps the stations listener as the configuration wants it: off, or on with what is written there. */
export class StationsSwitch {
  readonly #options: Omit<StationsOptions, 'config'>;
  #config: Config['stations'] = 'off';
  #listener: StationsListener | undefined;

  constructor(options: Omit<StationsOptions, 'config'>) {
    this.#options = options;
  }

  get address(): StationsListener['address'] | undefined {
    return this.#listener?.address;
  }

  /**
   * Applies what changed. Nothing did: certificate and key are read again all the same, as after a renewal.
   * @throws {TillbridgeError} `TB_API_STATIONS_LISTEN`, `TB_API_STATIONS_TLS`; the listener is off then, but for a renewal: that keeps the old ones
   */
  async apply(config: Config['stations']): Promise<void> {
    if (same(this.#config, config)) {
      this.#listener?.renew();
      return;
    }
    await this.close();
    if (config === 'off') return;
    // loaded when it is needed: most shops have no stations
    const { startStations } = await import('./listener.js');
    this.#listener = await startStations({ ...this.#options, config });
    this.#config = config;
  }

  /** Resolves within 1 s. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#config = 'off';
    this.#listener = undefined;
    await listener?.close();
  }
}
