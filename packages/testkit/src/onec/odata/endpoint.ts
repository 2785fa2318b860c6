import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep, type Clock } from '@tillbridge/core';
import type { CardCatalogue } from '../forms/catalogue.js';

/** What can be made to go wrong at the published interface. */
export interface ODataFaults {
  answer: 'normal' | 'error500' | 'errorXml' | 'garbage' | 'html' | 'silent' | 'huge' | 'hangUp';
  latencyMs: number;
  /** The catalogue is not among the published objects. */
  unpublished: boolean;
}

export interface ODataOptions {
  readonly clock: Clock;
  readonly catalogue: CardCatalogue;
  readonly user?: string;
  readonly password?: string;
  readonly entity?: string;
  readonly field?: string;
  readonly host?: string;
  readonly port?: number;
}

const ROOT = '/retail/odata/standard.odata';
const EMPTY_KEY = '00000000-0000-0000-0000-000000000000';

/** The standard OData interface of an infobase with one published catalogue: Basic auth, `$filter ... eq`, the platform's own errors. */
export class SimulatedOData {
  readonly faults: ODataFaults = { answer: 'normal', latencyMs: 0, unpublished: false };
  /** Requests that got in. */
  asked = 0;
  readonly #options: Required<Omit<ODataOptions, 'port' | 'host'>>;
  readonly #server: Server;
  readonly #closing = new AbortController();

  private constructor(options: ODataOptions) {
    this.#options = { user: 'odata', password: 'secret', entity: 'Catalog_ДисконтныеКарты', field: 'КодКартыШтрихкод', ...options };
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(options: ODataOptions): Promise<SimulatedOData> {
    const endpoint = new SimulatedOData(options);
    endpoint.#server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(endpoint.#server, 'listening');
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}${ROOT}`;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { user, password } = this.#options;
    request.resume();
    if (request.headers.authorization !== `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="1C:Enterprise 8.3"' }).end();
      return;
    }
    this.asked += 1;
    await sleep(this.#options.clock, this.faults.latencyMs, this.#closing.signal);
    if (!this.#broken(response)) this.#query(new URL(request.url ?? '/', 'http://localhost'), response);
  }

  /** A fault that is no OData. @returns whether it answered, or never will */
  #broken(response: ServerResponse): boolean {
    const html = '<html><body>Ошибка HTTP при обращении к серверу</body></html>';
    switch (this.faults.answer) {
      case 'normal':
        return false;
      case 'silent':
        return true;
      case 'hangUp':
        response.destroy();
        return true;
      case 'error500':
        problem(response, 500, '-1', 'Внутренняя ошибка сервера');
        return true;
      case 'errorXml':
        response.writeHead(500, { 'content-type': 'application/xml' }).end('<m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><m:code>-1</m:code><m:message>Ошибка</m:message></m:error>');
        return true;
      case 'garbage':
        response.writeHead(200).end('{"value":[{');
        return true;
      case 'huge':
        response.writeHead(200).end(`{"value":[${'{},'.repeat(100_000)}{}]}`);
        return true;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' }).end(html);
        return true;
    }
  }

  #query({ pathname, searchParams }: URL, response: ServerResponse): void {
    const { entity, field, catalogue } = this.#options;
    if (decodeURIComponent(pathname) !== `${ROOT}/${entity}` || this.faults.unpublished) {
      problem(response, 404, '0', 'Не найден ресурс');
      return;
    }
    const filter = searchParams.get('$filter');
    const wanted = filter === null ? undefined : /^(\S+) eq '((?:[^']|'')*)' and DeletionMark eq false$/.exec(filter);
    if ((filter !== null && wanted?.[1] !== field) || searchParams.get('$select')?.split(',').includes(field) !== true) {
      problem(response, 400, '14', 'Ошибка при разборе опции запроса');
      return;
    }
    const code = wanted?.[2]?.replaceAll("''", "'");
    const cards = catalogue.cards.filter((card) => card.deleted !== true && (code === undefined || card.barcode === code));
    const value = cards.slice(0, Number(searchParams.get('$top') ?? 100)).map(({ barcode }) => ({ Ref_Key: EMPTY_KEY, [field]: barcode ?? '' }));
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify({ 'odata.metadata': `${ROOT}/$metadata#${entity}`, value }));
  }
}

function problem(response: ServerResponse, status: number, code: string, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify({ 'odata.error': { code, message: { lang: 'ru', value: text } } }));
}
