import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { PLUGIN_CALLS, type PluginCallName } from '../../../packages/adapter-iiko/src/front/contract.js';
import { waitFor } from '../../support/wait-for.js';

export type Body = Readonly<Record<string, unknown>>;

/** One call of the plugin, already held against the contract. */
export interface Call {
  readonly name: PluginCallName;
  readonly body: Body;
  readonly secret: string;
  readonly connection: Socket;
}

export type Answer = { readonly json: Body } | { readonly status: number; readonly code?: string; readonly headers?: Readonly<Record<string, string>> } | { readonly raw: (response: ServerResponse) => void };

/** Says what the daemon would, or what it should not. */
export type Script = (call: Call) => Answer | undefined | Promise<Answer | undefined>;

/** A daemon whose every answer is scripted: for what the real one never says. Every request is held against the contract. */
export class FakeDaemon {
  readonly calls: Call[] = [];
  /** What of the requests is not as the contract says. */
  readonly broken: string[] = [];
  script: Script = () => undefined;
  /** Waiting to be handed out by `next`. */
  readonly actions: Body[] = [];
  session = 1;
  /** What hello says otherwise than usual. */
  greeting: Body = {};
  #server: Server | undefined;
  #port = 0;
  readonly #tls: { readonly cert: string; readonly key: string } | undefined;

  constructor(tls?: { readonly cert: string; readonly key: string }) {
    this.#tls = tls;
  }

  get url(): string {
    return `${this.#tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(this.#port)}/iiko/v1`;
  }

  /** On the same port again after a stop. */
  async start(): Promise<void> {
    const handler = (request: IncomingMessage, response: ServerResponse): void => void this.#serve(request, response).catch(() => response.destroy());
    const server = this.#tls === undefined ? createServer(handler) : createTlsServer(this.#tls, handler);
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  of(name: PluginCallName): readonly Body[] {
    return this.calls.filter((call) => call.name === name).map(({ body }) => body);
  }

  /** Hands an action out and gives what the plugin reports. */
  async carry(action: Body, timeoutMs = 60_000): Promise<Body> {
    this.actions.push(action);
    return this.result(String(action['id']), timeoutMs);
  }

  result(id: string, timeoutMs = 60_000): Promise<Body> {
    return waitFor(`the result of ${id}`, () => this.of('result').find((body) => body['id'] === id), timeoutMs);
  }

  saw(what: string, probe: (call: Call) => boolean): Promise<Call> {
    return waitFor(what, () => this.calls.find(probe));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const name = (request.url ?? '').split('/').at(-1) as PluginCallName;
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
    const judged = PLUGIN_CALLS[name].body.safeParse(body);
    if (!judged.success) this.broken.push(`${name}: ${judged.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')}`);
    if (request.headers['content-type'] !== 'application/json' || request.method !== 'POST') this.broken.push(`${name}: headers`);
    const call: Call = { name, body, secret: (request.headers.authorization ?? '').replace(/^Bearer /, ''), connection: request.socket };
    this.calls.push(call);
    this.#send(response, (await this.script(call)) ?? (await this.#usual(call)));
  }

  #send(response: ServerResponse, answer: Answer): void {
    if ('raw' in answer) {
      answer.raw(response);
    } else if ('json' in answer) {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer.json));
    } else {
      const error = { code: answer.code ?? 'TB_API_BAD_REQUEST', message: 'no', retryable: false, details: {} };
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify({ error }));
    }
  }

  async #usual({ name, body, connection }: Call): Promise<Answer> {
    const session = `s${String(this.session)}`;
    if (name !== 'hello' && body['session'] !== session) return { status: 428, code: 'TB_TILL_IIKO_HELLO_AGAIN' };
    switch (name) {
      case 'hello':
        return { json: helloAnswer(session, this.greeting) };
      case 'next': {
        // a connection that is gone must not take an action along
        const action = await waitFor('an action', () => connection.destroyed || this.#server === undefined || this.actions.shift(), Number(body['waitMs'])).catch(() => null);
        return { json: { action: typeof action === 'object' ? action : null } };
      }
      case 'result':
        return { json: { id: String(body['id']), recorded: 'ended' } };
      case 'scan':
        return { json: { handled: false } };
      case 'screen':
        return { json: { session } };
      case 'authorize':
        return { json: { done: false, reason: 'posServerUnavailable' } };
    }
  }
}

/** What the usual daemon of the tests says to hello; checked, so that no test leans on what the contract forbids. */
export function helloAnswer(session: string, more: Body = {}): Body {
  const answer = { product: 'tillbridge', version: '0.1.0', wire: 1, till: 'front', session, nextWaitMs: 2000, scanWaitMs: 2000, scans: true, watchKey: 'waiter.scan', language: 'en', ...more };
  PLUGIN_CALLS.hello.answer.parse(answer);
  return answer;
}
