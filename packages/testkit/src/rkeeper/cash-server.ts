import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sleep, type Clock } from '@tillbridge/core';
import type { CardSystem } from './card-system.js';
import { isChange, runCommand, type ServerWorld, type ShownMessage } from './commands.js';
import { answerDocument, brokenDocument, openEnvelope } from './envelope.js';
import { noFaults, type RkeeperFaults } from './faults.js';
import type { Node } from './markup.js';
import { standardAlgorithms, type McrAlgorithm } from './mcr.js';
import { Restaurant } from './restaurant.js';
import type { CommandResult } from './result.js';
import { encode1251, misleading } from './wrong-answers.js';

export interface CashServerOptions {
  readonly clock: Clock;
  /** Certificate and key, PEM; plain HTTP without. `minVersion`, `maxVersion` and `ciphers` make an old server. */
  readonly tls?: ServerOptions;
  readonly user?: string;
  readonly password?: string;
  readonly restaurant?: Restaurant;
  readonly algorithms?: readonly McrAlgorithm[];
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0: any free port. */
  readonly port?: number;
  /** Makes this the XML interface of a station instead: `ApplyMCR` works here. */
  readonly station?: ServerWorld['station'];
  /** Decides over cards; default the table of the restaurant. */
  readonly cards?: CardSystem;
  /** Shared with the stations of the same restaurant. */
  readonly faults?: RkeeperFaults;
}

export const XML_PATH = '/rk7api/v0/xmlinterface.xml';
const MAX_BODY = 1_048_576;

/**
 * The XML interface of an r_keeper cash server: state, locks, both dialects, and everything that goes wrong there. HTTP status is 200 even
 * for errors; only a wrong login is 401.
 */
export class SimulatedCashServer {
  readonly restaurant: Restaurant;
  readonly faults: RkeeperFaults;
  /** Names of the commands in the order of their arrival. */
  readonly log: string[] = [];
  readonly messages: ShownMessage[] = [];
  readonly algorithms: readonly McrAlgorithm[];
  readonly #options: CashServerOptions;
  readonly #server: Server;
  readonly #closing = new AbortController();
  #holding = 0;

  private constructor(options: CashServerOptions) {
    this.#options = options;
    this.faults = options.faults ?? noFaults();
    this.restaurant = options.restaurant ?? new Restaurant({ clock: options.clock });
    const [cards, coupons] = this.restaurant.books.DEVICES;
    this.algorithms = options.algorithms ?? (cards === undefined || coupons === undefined ? [] : standardAlgorithms(cards, coupons));
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    };
    this.#server = options.tls === undefined ? createHttp(listener) : createHttps(options.tls, listener);
  }

  static async start(options: CashServerOptions): Promise<SimulatedCashServer> {
    const server = new SimulatedCashServer(options);
    server.#server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  /** Requests that are kept waiting on purpose: by the silence fault, or by a slow card system. */
  get holding(): number {
    return this.#holding;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    const { tls, host = '127.0.0.1' } = this.#options;
    return `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${String(this.port)}`;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (this.faults.silent) {
      this.#holding += 1;
      request.socket.once('close', () => (this.#holding -= 1));
      return;
    }
    if (new URL(request.url ?? '/', 'http://x').pathname !== XML_PATH) { end(response, 404, '', 'utf-8'); return; }
    if (!this.#knows(request.headers.authorization)) { end(response, 401, '', 'utf-8'); return; }
    const form = (request.headers['content-type'] ?? '').includes('x-www-form-urlencoded');
    const envelope = openEnvelope(body, form);
    if (envelope.dialect === 'broken') { end(response, 200, brokenDocument(envelope.text), 'utf-8'); return; }
    const results: { name: string; result: CommandResult }[] = [];
    for (const command of envelope.commands) {
      const name = command.attributes['CMD'] ?? '';
      this.log.push(name);
      if (this.faults.dropBeforeWork > 0) {
        this.faults.dropBeforeWork -= 1;
        request.socket.destroy();
        return;
      }
      if (/^(ApplyPersonalCard|UndoPersonalCard|GetCardInfo)$/.test(name)) await this.#cardSystemThinks();
      results.push({ name, result: await this.#run(command) });
    }
    if (this.faults.dropAfterWork > 0 && results.some(({ name }) => isChange(name))) {
      this.faults.dropAfterWork -= 1;
      request.socket.destroy();
      return;
    }
    const { charset, answer } = this.faults;
    end(response, 200, misleading(answerDocument(envelope.dialect, results, charset), answer), charset);
  }

  async #cardSystemThinks(): Promise<void> {
    const { cardLatencyMs } = this.faults;
    if (cardLatencyMs === 0) return;
    this.#holding += 1;
    await sleep(this.#options.clock, cardLatencyMs, this.#closing.signal);
    this.#holding -= 1;
  }

  async #run(command: Node): Promise<CommandResult> {
    if (this.faults.shiftClosing) return { status: 'Query Parse Error', text: 'UCSERR(2172): Общая смена закрывается', number: 2172 };
    const { restaurant, faults, algorithms, messages } = this;
    const { station, cards } = this.#options;
    const card = command.attributes['CMD'] === 'ApplyPersonalCard' ? command.attributes['CardCode'] : undefined;
    const guid = command.children.find(({ name }) => name === 'Order')?.attributes['guid'];
    const verdict = cards === undefined || card === undefined ? undefined : await cards.look(card, guid === undefined ? undefined : restaurant.order(guid), this.#closing.signal);
    return runCommand(command, { restaurant, faults, algorithms, messages, ...(station === undefined ? {} : { station }), ...(verdict === undefined ? {} : { verdict }) });
  }

  #knows(authorization: string | undefined): boolean {
    const { user = 'tillbridge', password = 'secret' } = this.#options;
    // a Cyrillic login is never accepted
    if (!/^[\x20-\x7e]+$/.test(user)) return false;
    return authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error('the query is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number, document: string, charset: RkeeperFaults['charset']): void {
  const bytes = charset === 'windows-1251' ? encode1251(document) : Buffer.from(document);
  response.writeHead(status, { 'content-type': `text/xml; charset=${charset}`, 'content-length': bytes.length }).end(bytes);
}
