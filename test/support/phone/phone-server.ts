import { randomBytes } from 'node:crypto';
import { createServer as createPlain, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tillbridge/core';
import { keyPairOf, MAX_ENVELOPE, readPath, TillLink, type InvitationWish, type LinkEvent, type PhoneRead, type PhoneRecord, type PhoneTaken, type TillCard } from '@tillbridge/phone-link';
import { formFor, siteFiles } from '../../../packages/bridge/src/phones/site/files.js';
import { PHONE_HEADERS } from '../../../packages/bridge/src/phones/site/headers.js';
import { selfSigned } from '../self-signed.js';

/** The built page; another folder while somebody builds anew. */
const PAGE = process.env['TILLBRIDGE_PHONE_PAGE'] ?? fileURLToPath(new URL('../../../packages/bridge/dist/phone', import.meta.url));

/** A read that arrived, and when (Unix time in ms with a fraction). */
export interface Arrived {
  readonly read: PhoneRead;
  readonly text: string;
  readonly at: number;
}

export const CARD: TillCard = { name: 'Bar', tills: [{ id: 'front', name: 'Bar' }], formats: [] };
const APPLIED: PhoneTaken = { is: 'loyalty', kind: 'card', ended: Promise.resolve({ outcome: 'applied', signal: 'good', mask: '****1234' }) };

/**
 * The page and a real till's end of the link, with no daemon around them: what a till answers is the test's to say. The address is
 * 127.0.0.1, where a browser gives a camera also without a certificate; `host` is another one of this machine.
 */
export class PhoneServer {
  readonly arrived: Arrived[] = [];
  readonly events: LinkEvent[] = [];
  /** What the till makes of a read. */
  answer: (read: PhoneRead, text: string) => PhoneTaken = () => APPLIED;
  card: TillCard = CARD;
  place: object = {};
  /** What every request is answered with instead: a till that is away. */
  broken = false;
  readonly paths: string[] = [];
  readonly #phones = new Map<string, PhoneRecord>();
  readonly #identity = keyPairOf(randomBytes(32));
  readonly #files = siteFiles(PAGE);
  #link = this.#newLink();
  readonly #server;
  readonly #secure: boolean;

  private constructor(secure: boolean) {
    this.#secure = secure;
    const listener: RequestListener = (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    };
    this.#server = secure ? createSecure({ ...selfSigned() }, listener) : createPlain(listener);
  }

  static async start({ secure = true, host = '127.0.0.1' } = {}): Promise<PhoneServer> {
    const server = new PhoneServer(secure);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(0, host, resolve);
    });
    return server;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `${this.#secure ? 'https' : 'http'}://${address}:${port}/`;
  }

  get link(): TillLink {
    return this.#link;
  }

  get phones(): readonly PhoneRecord[] {
    return [...this.#phones.values()];
  }

  /** What a QR code at the till shows. */
  invite(wish?: InvitationWish): { readonly url: string; readonly code: string } {
    const { fragment, code } = this.#link.invite(wish);
    return { url: `${this.url}#${fragment}`, code };
  }

  /** The daemon is started anew: sessions are gone, phones are not. */
  restart(): void {
    this.#link.close();
    this.#link = this.#newLink();
  }

  async close(): Promise<void> {
    this.#link.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #newLink(): TillLink {
    return new TillLink({
      clock: systemClock,
      random: (length) => randomBytes(length),
      identity: this.#identity,
      phones: {
        get: (id) => this.#phones.get(id),
        add: async (phone) => {
          this.#phones.set(phone.id, phone);
        },
        remove: async (id) => {
          this.#phones.delete(id);
        },
        seen: () => undefined,
      },
      card: () => this.card,
      scan: (read) => {
        const text = Buffer.from(read.bytes).toString('utf8');
        this.arrived.push({ read, text, at: performance.timeOrigin + performance.now() });
        return this.answer(read, text);
      },
      note: (event) => {
        this.events.push(event);
      },
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    this.paths.push(pathname);
    if (this.broken) {
      response.destroy();
      return;
    }
    const target = readPath(pathname);
    if (target !== undefined) return this.#answer(target.path, request, response);
    if (pathname === '/place.json') {
      response.writeHead(200, { ...PHONE_HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(this.place));
      return;
    }
    const file = this.#files.get(pathname);
    const form = file === undefined ? undefined : formFor(file, request.headers['accept-encoding']);
    if (file === undefined || form === undefined) {
      response.writeHead(404, PHONE_HEADERS).end();
      return;
    }
    response.writeHead(200, { ...PHONE_HEADERS, 'content-type': file.type, ...(form.encoding === undefined ? {} : { 'content-encoding': form.encoding }) }).end(readFileSync(form.file));
  }

  async #answer(path: Parameters<TillLink['answer']>[0], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of request as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > MAX_ENVELOPE) break;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { status, body } = await this.#link.answer(path, Buffer.concat(parts), gone.signal);
    response.writeHead(status, { ...PHONE_HEADERS, 'content-type': 'application/octet-stream' }).end(body);
  }
}
