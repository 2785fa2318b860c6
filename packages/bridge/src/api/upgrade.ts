import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TillbridgeError } from '@tillbridge/core';
import { errorResponse } from '../control/error-response.js';

/** What a request for events asks for beside them. */
export interface EventWish {
  readonly since?: number;
  readonly bunched?: boolean;
}

/** The query of a request for events. @throws {TillbridgeError} `TB_API_BAD_REQUEST` */
export function eventWishOf(query: URLSearchParams): EventWish {
  return { ...sinceOf(query), ...(query.get('bunched') === '1' ? { bunched: true } : {}) };
}

function sinceOf(query: URLSearchParams): { readonly since?: number } {
  const given = query.getAll('since');
  const [text] = given;
  if (text === undefined) return {};
  const since = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (given.length > 1 || !Number.isSafeInteger(since)) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'since is the seq of an event' });
  return { since };
}

/** The address that a request for an upgrade names. */
export function upgradeUrl(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://localhost');
}

/** Answers a request for an upgrade with an error, and hangs up. `headers` go along. */
export function refuseUpgrade(socket: Duplex, error: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const { status, body } = errorResponse(error);
  const text = `${JSON.stringify(body)}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${statusText(status)}`,
    ...Object.entries({ ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(text)), connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}

/** Asked for when it is needed: an import of node:http would load all that it can export into a daemon that has no API. */
function statusText(status: number): string {
  return process.getBuiltinModule('node:http').STATUS_CODES[status] ?? 'Error';
}
