import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformInput } from '../definition.js';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (seen: Seen, response: ServerResponse, count: number) => void;

/** A platform of a few lines on a loopback port, whose answers a test writes itself. */
export class LittlePlatform {
  readonly seen: Seen[] = [];
  readonly #server: Server;
  answer: Answering;

  constructor(answer: Answering) {
    this.answer = answer;
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.seen.push({ method, url, headers, body });
        this.answer({ method, url, headers, body }, response, this.seen.length);
      });
    });
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/base`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export const json = (response: ServerResponse, value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof value === 'string' ? value : JSON.stringify(value));

/** The smallest description that finds a card. */
export const LITTLE: PlatformInput = {
  id: 'little',
  title: { en: 'A little platform', ru: 'Маленькая платформа' },
  contract: 'vendor',
  sources: ['this test'],
  accept: [
    { kind: 'card', when: '^\\d{4,19}$', call: 'byCard' },
    { kind: 'phone', normalise: 'e164plus', call: 'byPhone' },
    { name: 'appCode', kind: 'card', when: '^app-', oneTime: true, call: 'byCode' },
  ],
  calls: {
    byCard: { path: '/card/{{id}}' },
    byPhone: { path: '/phone', query: { phone: '{{id}}' } },
    byCode: { path: '/code/{{id}}', idempotent: true },
  },
  response: {
    rules: [
      { http: 404, then: 'notFound' },
      { path: 'state', in: ['blocked'], then: 'blocked' },
      { path: 'state', in: ['sms'], then: 'confirmRequired' },
      { path: 'card', exists: true, then: 'found' },
    ],
    fields: { number: ['card'], customer: ['customer'], confirmation: ['sent'] },
    check: { pattern: '^\\d{4,40}$' },
  },
};
