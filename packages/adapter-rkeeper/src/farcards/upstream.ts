import { Agent as HttpsAgent } from 'node:https';
import type { Clock } from '@tillbridge/core';
import { exchange, type Exchanged } from '../connection/exchange.js';
import { plainAgent } from '../connection/trusted-agent.js';
import { xmlDocument, type Markup } from '../xml/index.js';

/** The store's real processing server. */
export interface UpstreamOptions {
  /** `http://` or `https://`; a path is put in front of the names. https is verified as usual. */
  readonly url: string;
  /** What ExtDllHTTP.ini would call its pages, such as `getcardinfoex.php`. */
  readonly pages: { readonly getCardInfoEx: string; readonly transactionsEx: string; readonly findEmail: string };
  /** Budget of one exchange in milliseconds, well below the PDS call timeout (120 s by default). */
  readonly timeoutMs: number;
}

/** Forwards documents, each once: what became of one whose answer was lost is never guessed, and never asked by sending it again. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #clock: Clock;
  readonly #agent;

  constructor(options: UpstreamOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#agent = new URL(options.url).protocol === 'https:' ? new HttpsAgent({ keepAlive: true, maxSockets: 16, timeout: 30_000 }) : plainAgent();
    this.#agent.maxSockets = 16;
  }

  /** Never rejects. */
  send(page: keyof UpstreamOptions['pages'], document: Markup, signal: AbortSignal): Promise<Exchanged> {
    const { url, pages, timeoutMs } = this.#options;
    const base = url.endsWith('/') ? url : `${url}/`;
    return exchange(xmlDocument(document), { url: new URL(pages[page], base), agent: this.#agent, clock: this.#clock, timeoutMs, signal });
  }

  close(): void {
    this.#agent.destroy();
  }
}
