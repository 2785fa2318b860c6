import { randomBytes } from 'node:crypto';
import { Agent as PlainAgent, request as requestPlain } from 'node:http';
import { Agent as SecureAgent, request as requestSecure } from 'node:https';
import { systemClock } from '@tillbridge/core';
import { PhoneClient, type KeyStore, type Post, type StoredTill } from '@tillbridge/phone-link';

/** A waiter's phone without a screen: the page's own protocol code over real connections, its keys in memory. */
export class NodePhone {
  readonly client: PhoneClient;
  readonly tills = new Map<string, StoredTill>();
  readonly #agent: SecureAgent | PlainAgent;
  #origin: URL;

  /** `ca`: PEM of the authority that it trusts; without one it goes on where a browser warns. */
  constructor(origin: string, ca?: string) {
    this.#origin = new URL(origin);
    this.#agent = this.#origin.protocol === 'https:' ? new SecureAgent({ keepAlive: false, rejectUnauthorized: ca !== undefined, ...(ca === undefined ? {} : { ca }) }) : new PlainAgent({ keepAlive: false });
    const store: KeyStore = {
      all: () => Promise.resolve([...this.tills.values()]),
      put: (till) => {
        this.tills.set(till.tillId, till);
        return Promise.resolve();
      },
      remove: (id) => {
        this.tills.delete(id);
        return Promise.resolve();
      },
    };
    this.client = new PhoneClient({ clock: systemClock, random: (length) => new Uint8Array(randomBytes(length)), post: this.post, store });
  }

  /** The till's daemon has another address or port now. */
  moveTo(origin: string): void {
    this.#origin = new URL(origin);
  }

  /** Sends bytes as the page does. */
  readonly post: Post = (path, body, signal) => {
    const { hostname, port, protocol, origin } = this.#origin;
    const request = protocol === 'https:' ? requestSecure : requestPlain;
    return new Promise((resolve, reject) => {
      const headers = { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/octet-stream', 'content-length': body.length };
      const sending = request({ host: hostname, port, path, method: 'POST', agent: this.#agent, headers, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: new Uint8Array(Buffer.concat(chunks)) }));
      });
      sending.on('error', reject);
      sending.end(body);
    });
  };
}

/** The page's address and the secret behind its `#`. */
export function readUrl(url: string): { readonly origin: string; readonly fragment: string } {
  const { origin, hash } = new URL(url);
  return { origin, fragment: hash.slice(1) };
}
