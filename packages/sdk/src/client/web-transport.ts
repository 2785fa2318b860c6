import { BridgeError } from './bridge-error.js';
import type { StreamSink, Transport, TransportAnswer, TransportRequest } from './transport.js';

/** An answer may have this many characters. */
const MAX_ANSWER = 8 * 1024 * 1024;
const WIRE_PROTOCOL = 'tillbridge.v1';
/** What the daemon closes an event stream with. */
const CLOSE_UNAUTHORIZED = 4001;
const CLOSE_REFUSED = 4003;

/** The part of a WebSocket that is used here: that of browsers and of Node.js. */
export interface Socket {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
  close(code?: number): void;
}

export interface Answered {
  readonly status: number;
  text(): Promise<string>;
}

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly cache: 'no-store';
  readonly credentials: 'omit';
  readonly redirect: 'error';
}

/** What the runtime has to offer; handed in so that tests can. */
export interface WebRuntime {
  readonly fetch: (url: string, init: FetchInit) => Promise<Answered>;
  readonly socket: (url: string, protocols: readonly string[]) => Socket;
  /** Why nothing answers, where the runtime can tell more than "unreachable". */
  readonly diagnose?: (url: string) => Promise<BridgeError | undefined>;
}

export interface WebTransportOptions {
  /** `http://127.0.0.1:7843` */
  readonly url: string;
  /** Absent: only what needs no pairing can be called. */
  readonly token?: string;
  readonly runtime: WebRuntime;
}

/** HTTP and WebSocket. The token is sent in a header, for the WebSocket as a subprotocol: in an address it would end up in logs. */
export class WebTransport implements Transport {
  readonly #base: string;
  readonly #token: string | undefined;
  readonly #runtime: WebRuntime;

  /** @throws {BridgeError} `TB_API_UNREACHABLE` when the address is none */
  constructor({ url, token, runtime }: WebTransportOptions) {
    if (!/^https?:\/\/[^/\s?#@]+\/?$/i.test(url)) throw BridgeError.own('TB_API_UNREACHABLE', { url: 'an address that is none: give one such as http://127.0.0.1:7843' });
    this.#base = url.replace(/\/$/, '');
    // what is no token is not sent: runtimes quote what they refuse to send, and it may be a secret of another kind
    this.#token = token !== undefined && /^[\w.~-]{1,256}$/.test(token) ? token : undefined;
    this.#runtime = runtime;
  }

  async call({ method, path, body }: TransportRequest, signal: AbortSignal): Promise<TransportAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    };
    let answered: { readonly status: number; readonly text: string };
    try {
      const common = { method, headers, signal, cache: 'no-store', credentials: 'omit', redirect: 'error' } as const;
      const answer = await this.#runtime.fetch(this.#base + path, text === undefined ? common : { ...common, body: text });
      answered = { status: answer.status, text: await answer.text() };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw await this.#unreachable(error);
    }
    return { status: answered.status, body: this.#parse(answered.text) };
  }

  events(since: number | undefined, sink: StreamSink): () => void {
    const query = since === undefined ? '' : `?since=${since}`;
    const protocols = this.#token === undefined ? [WIRE_PROTOCOL] : [WIRE_PROTOCOL, `bearer.${this.#token}`];
    const asking = new AbortController();
    let open = true;
    let heard = false;
    const end = (refused: BridgeError | undefined): void => {
      if (!open) return;
      open = false;
      sink.ended(refused);
    };
    let socket: Socket;
    try {
      socket = this.#runtime.socket(`${this.#base.replace(/^http/i, 'ws')}/v1/events${query}`, protocols);
    } catch (error) {
      // a page that may not open it at all
      const refused = BridgeError.own('TB_API_UNREACHABLE', { url: this.#base }, error);
      queueMicrotask(() => end(refused));
      return () => void (open = false);
    }
    socket.addEventListener('message', ({ data }) => {
      heard = true;
      const frame = typeof data === 'string' ? parseFrame(data) : undefined;
      if (open && frame !== undefined) sink.frame(frame);
    });
    socket.addEventListener('close', ({ code }) => {
      if (heard && code !== CLOSE_UNAUTHORIZED && code !== CLOSE_REFUSED) {
        end(undefined);
        return;
      }
      // a socket that never opened does not say why: a plain request meets the same guards and gets their answer
      this.#whyRefused(asking.signal).then(end, () => end(undefined));
    });
    return () => {
      open = false;
      asking.abort();
      socket.close(1000);
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #whyRefused(signal: AbortSignal): Promise<BridgeError | undefined> {
    const { status, body } = await this.call({ method: 'GET', path: '/v1/events' }, signal);
    return status === 401 || status === 403 ? BridgeError.of(body) : undefined;
  }

  async #unreachable(cause: unknown): Promise<BridgeError> {
    const why = await this.#runtime.diagnose?.(this.#base);
    return why ?? BridgeError.own('TB_API_UNREACHABLE', { url: this.#base }, cause);
  }

  #parse(text: string): unknown {
    if (text.length <= MAX_ANSWER) {
      try {
        return text === '' ? undefined : JSON.parse(text);
      } catch {
        // told below
      }
    }
    throw BridgeError.own('TB_API_BAD_ANSWER', { url: this.#base, problem: 'its answer is not JSON, or too long' });
  }
}

function parseFrame(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
