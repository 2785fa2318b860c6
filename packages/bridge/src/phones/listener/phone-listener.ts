import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTillbridgeError, TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import type { KeyPair } from '../certificate/facts.js';
import type { Own } from '../site/guard.js';
import { openDoor, type Door } from './doors.js';

export interface PhoneListenerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** `off`: no plain HTTP. */
  readonly httpPort: number | 'off';
  /** Names that are ours besides the addresses. */
  readonly names: readonly string[];
  readonly serve: (request: IncomingMessage, response: ServerResponse, own: Own) => Promise<void>;
  readonly refused: (reason: 'peer' | 'connections') => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** An address that is listened on, and its ports. */
export interface OpenAddress {
  readonly address: string;
  readonly https: number;
  /** null: no plain HTTP. */
  readonly http: number | null;
}

interface Doors {
  readonly https: Door;
  readonly http: Door | undefined;
}

/** Listens on each wanted address and on no other; addresses come and go while it runs. */
export class PhoneListener {
  readonly #options: PhoneListenerOptions;
  readonly #open = new Map<string, Doors>();

  constructor(options: PhoneListenerOptions) {
    this.#options = options;
  }

  /** Addresses that are listened on now, in the order of {@link move}. */
  get addresses(): readonly OpenAddress[] {
    return [...this.#open.values()].map(({ https, http }) => ({ address: https.address, https: https.port, http: http?.port ?? null }));
  }

  /**
   * Listens on exactly these addresses from now on.
   * @throws {TillbridgeError} `TB_READER_MOBILE_LISTEN`, `TB_READER_MOBILE_PUBLIC_ADDRESS` where not one of them can be opened
   */
  async move(addresses: readonly string[], pair: KeyPair): Promise<void> {
    for (const [address, doors] of this.#open) {
      if (addresses.includes(address)) doors.https.renew(pair);
      else {
        this.#open.delete(address);
        await close(doors);
      }
    }
    const problems: TillbridgeError[] = [];
    for (const address of addresses) {
      if (this.#open.has(address)) continue;
      try {
        this.#open.set(address, await this.#doors(address, pair));
      } catch (error) {
        if (!isTillbridgeError(error)) throw error;
        problems.push(error);
        this.#options.log.warn('phones cannot be served on an address', { address, error });
      }
    }
    const [problem] = problems;
    if (this.#open.size === 0) throw problem ?? new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS');
  }

  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map(close));
  }

  async #doors(address: string, pair: KeyPair): Promise<Doors> {
    const { port, httpPort } = this.#options;
    const https = await this.#door('https', address, port, pair);
    if (httpPort === 'off') return { https, http: undefined };
    try {
      return { https, http: await this.#door('http', address, httpPort, undefined) };
    } catch (error) {
      await https.close();
      throw error;
    }
  }

  #door(scheme: 'https' | 'http', address: string, port: number, pair: KeyPair | undefined): Promise<Door> {
    const { serve, refused, clock, names } = this.#options;
    const own: { scheme: 'https' | 'http'; hosts: readonly string[]; port: number } = { scheme, hosts: [address, ...names], port };
    const opening = openDoor(address, { scheme, port, pair, refused, clock, onRequest: (request, response) => void serve(request, response, own) });
    return opening.then((door) => {
      own.port = door.port;
      return door;
    });
  }
}

async function close({ https, http }: Doors): Promise<void> {
  await Promise.all([https.close(), http?.close()]);
}
