import type { Log } from '@tillbridge/core';
import type { Config } from '../config/index.js';
import { same } from '../config/same.js';
import { StationDesk, type DeskOptions } from './desk.js';
import type { StationsListener } from './listener.js';

export interface SwitchOptions extends DeskOptions {
  readonly log: Log;
}

/** Keeps the stations listener as the configuration wants it: off, or on with what is written there. */
export class StationsSwitch {
  readonly #options: SwitchOptions;
  readonly #desk: StationDesk;
  #config: Config['stations'] = 'off';
  #listener: StationsListener | undefined;

  constructor(options: SwitchOptions) {
    this.#options = options;
    this.#desk = new StationDesk(options);
  }

  /** `http://192.168.1.10:7845`, or `off`. */
  get url(): string {
    return this.#listener?.url ?? 'off';
  }

  /**
   * Applies what changed, and tells it. Certificate and key are read again in any case, as after a renewal.
   *
   * @throws {TillbridgeError} `TB_API_STATIONS_LISTEN`, `TB_API_STATIONS_TLS`: what was open before stays as it was
   */
  async apply(next: Config['stations']): Promise<readonly string[]> {
    const old = this.#config;
    if (next === 'off') {
      await this.close();
      return old === 'off' ? [] : ['stations: off'];
    }
    if (old === 'off' || this.#listener === undefined || old.listen !== next.listen || !same(old.tls, next.tls)) {
      // loaded when it is needed: most shops have no stations
      const { checkTls, startStations } = await import('./listener.js');
      checkTls(next.tls);
      if (old !== 'off' && old.listen === next.listen) await this.close();
      const before = this.#listener;
      this.#listener = await startStations({ ...this.#options, desk: this.#desk, config: next });
      await before?.close();
    } else this.#listener.renew();
    this.#desk.setPeers(next.peers);
    this.#config = next;
    return same(old, next) ? [] : [`stations: ${this.url}`];
  }

  /** Resolves within 1 s. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#config = 'off';
    this.#listener = undefined;
    await listener?.close();
  }
}
