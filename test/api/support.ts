import { randomInt } from 'node:crypto';
import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { makeTempFolder } from '../support/temp-folder.js';

export const EVIL = 'https://evil.example';
export const LISTED = 'https://till.example';

/** A shop with a `client` till, a second one, and readers that are fed over the API, the first one also over `port`. */
export const shop = (port = 0): string => `version: 1
readers:
  - { id: counter, type: tcp, listen: "127.0.0.1:${port}" }
  - { id: own, type: till, till: front }
  - { id: bar, type: tcp, listen: "127.0.0.1:0" }
codes:
  - { name: universal, kind: card, match: "^98(?<value>\\\\d{14})$" }
translators:
  - { type: rule, codes: [universal], number: "29{value:1..11}" }
tills:
  - { id: front, adapter: client, expireMs: 5000, duplicateMs: 0 }
  - { id: back, adapter: client, expireMs: 5000, duplicateMs: 0 }
routes:
  - { readers: [counter, own], till: front }
  - { readers: [bar], till: back }
api: { port: 0, origins: ["${LISTED}"] }
`;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Parsed; undefined where it is no JSON. */
  readonly body: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** An object goes as JSON with its content type; a text goes as it is. */
  readonly body?: unknown;
  /** Default: a connection of its own. */
  readonly agent?: Agent;
}

/** The error code of an answer; empty where it is none. */
export function codeOf({ body }: Answer): string {
  const error = (body as { error?: { code?: string } } | undefined)?.error;
  return error?.code ?? '';
}

/** A request as a program on this machine can make it: any header, also those that browsers keep for themselves. */
export function ask(url: string, path: string, { method, token, headers = {}, body, agent }: Ask = {}): Promise<Answer> {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const all: Record<string, string | string[]> = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
    ...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
  };
  for (const [name, value] of Object.entries(headers)) all[name] = typeof value === 'string' ? value : [...value];
  return new Promise((resolve, reject) => {
    const { hostname, port, username, password } = new URL(url);
    // not as one URL: that would be tidied up on the way
    const where = { host: hostname, port, path, ...(username === '' ? {} : { auth: `${username}:${password}` }) };
    const outgoing = request({ ...where, method: method ?? (body === undefined ? 'GET' : 'POST'), headers: all, agent: agent ?? false });
    outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject).on('response', (incoming) => {
      let answered = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (answered += chunk));
      incoming.on('error', reject).on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: answered, body: parsed(answered) });
      });
    });
    outgoing.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes bytes to the port as they are, and gives what comes back until it is `enough`, the other side hangs up, or `ms` have passed. */
export function raw(url: string, text: string, ms = 8000, enough?: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const socket = dial(url);
    let answered = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answered);
    };
    const timer = setTimeout(end, ms);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answered += chunk;
      if (enough?.test(answered) === true) end();
    });
    socket.on('error', end).on('close', end);
    socket.write(text, 'latin1');
  });
}

export function dial(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
}

/** Runs the shop for a suite: call it in `beforeAll`, `stop` in `afterAll`. */
export async function openShop(config = shop()): Promise<{ readonly daemon: TestDaemon; readonly stop: () => Promise<void> }> {
  const folder = makeTempFolder();
  try {
    const daemon = await startDaemon(folder.path, config);
    return {
      daemon,
      stop: async () => {
        await daemon.stop();
        folder.remove();
      },
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface EventStream {
  readonly socket: WebSocket;
  readonly frames: readonly Frame[];
  /** The first frame that fits, that came or comes. @throws Error after `ms` (default 30000) */
  next(fits: (frame: Frame) => boolean, ms?: number): Promise<Frame>;
  /** The code that it was closed with. */
  readonly closed: Promise<number>;
}

/** Connects to the events. @throws Error with the HTTP status where that is refused */
export function events(url: string, token: string, query = '', headers: Record<string, string> = {}): Promise<EventStream> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/events${query}`, ['tillbridge.v1'], { headers: { authorization: `Bearer ${token}`, ...headers } });
  const frames: Frame[] = [];
  const lookers = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString('utf8')) as Frame);
    for (const look of [...lookers]) look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
  const next = (fits: (frame: Frame) => boolean, ms = 30_000): Promise<Frame> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        lookers.delete(look);
        reject(new Error(`no such event in ${String(ms)} ms: ${frames.map(({ type }) => type).join(', ')}`));
      }, ms);
      const look = (): void => {
        const found = frames.find(fits);
        if (found === undefined) return;
        clearTimeout(timer);
        lookers.delete(look);
        resolve(found);
      };
      lookers.add(look);
      look();
    });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      reject(new Error(`refused with ${String(response.statusCode)}`));
    });
    socket.on('error', reject);
    socket.on('open', () => resolve({ socket, frames, next, closed }));
  });
}

/** A card of the shop, another one for each number. */
export const cardCode = (number: number): string => `98${String(number).padStart(14, '0')}`;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    // below the ports that systems give to outgoing connections: another suite's could take it before it is used
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
