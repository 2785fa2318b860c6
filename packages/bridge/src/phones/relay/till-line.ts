import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { CircuitBreaker, deadline, type Clock } from '@tillbridge/core';
import { isRefusal, MAX_ENVELOPE, MAX_WAIT_MS, pathAt, refuse, REFUSALS, type LinkAnswer, type LinkPath } from '@tillbridge/phone-link';

/** Where another daemon serves phones. */
export interface RelayedTill {
  /** 16 characters, as `tillbridge mobile pair` shows it there. */
  readonly id: string;
  /** `https://192.168.1.11:48443` */
  readonly url: string;
  /** SHA-256 of its certificate in hexadecimal; a line to another one is not used. */
  readonly fingerprint?: string;
}

/** Messages to one till at a time. */
export const MAX_UNDER_WAY = 32;
/** A connection must stand within this time, in ms. */
const CONNECT_MS = 3000;
/** The till may hold an answer back for as long as a phone may ask it to, and needs a moment itself, in ms. */
const ANSWER_MS = MAX_WAIT_MS + 3000;
/** Connections that are kept open for the next message, and how long, in ms. */
const KEPT_SOCKETS = 4;
const KEEP_ALIVE_MS = 20_000;
const BREAKER = { failures: 3, firstPauseMs: 500, longestPauseMs: 5000 };

export interface TillLineOptions {
  readonly till: RelayedTill;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * Carries sealed messages to one till and its answers back, byte for byte, each once: what is to be said again the phone says again. It has
 * no keys, so the line need not be trusted: whoever sits on it can hold messages up, and nothing else.
 */
export class TillLine {
  readonly #options: TillLineOptions;
  readonly #breaker: CircuitBreaker;
  readonly #agent: Agent;
  readonly #url: URL;
  #underWay = 0;

  constructor(options: TillLineOptions) {
    this.#options = options;
    this.#url = new URL(options.till.url);
    this.#breaker = new CircuitBreaker(options.clock, options.random, BREAKER);
    // not an import: a module namespace of node:http would load all that it can export, fetch and WebSocket included
    const http = process.getBuiltinModule(this.#url.protocol === 'https:' ? 'node:https' : 'node:http');
    // a session that is resumed shows no certificate to compare: none is
    const kept = { keepAlive: true, maxSockets: MAX_UNDER_WAY, maxFreeSockets: KEPT_SOCKETS, timeout: KEEP_ALIVE_MS, maxCachedSessions: 0 };
    this.#agent = new http.Agent(kept);
  }

  /** Never rejects; resolves at the latest when `signal` aborts. */
  async carry(path: LinkPath, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> {
    if (this.#underWay >= MAX_UNDER_WAY) return refuse('busy');
    if (!this.#breaker.allows()) return refuse('tillAway');
    const limit = deadline(this.#options.clock, ANSWER_MS, signal);
    this.#underWay += 1;
    try {
      const answer = await this.#post(pathAt(this.#options.till.id, path), body, limit.signal);
      this.#breaker.note(answer === undefined ? 'failed' : 'answered');
      return answer ?? refuse('tillAway');
    } catch {
      this.#breaker.note(signal.aborted ? 'gaveUp' : 'failed');
      return refuse('tillAway');
    } finally {
      this.#underWay -= 1;
      limit.dispose();
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  /** The answer as it came; undefined where it is none of this protocol. */
  async #post(path: string, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer | undefined> {
    const response = await this.#request(path, body, signal);
    const bytes = await readAll(response);
    if (bytes === undefined) return undefined;
    const status = response.statusCode ?? 0;
    if (status === 200) return { status, body: bytes };
    const word = Buffer.from(bytes).toString('latin1');
    return isRefusal(word) && REFUSALS[word].status === status ? { status, body: bytes, refusal: word } : undefined;
  }

  #request(path: string, body: Uint8Array, signal: AbortSignal): Promise<IncomingMessage> {
    const { till, clock } = this.#options;
    const options: RequestOptions = {
      ...{ method: 'POST', agent: this.#agent, signal },
      headers: { 'content-type': 'application/octet-stream', 'content-length': body.length },
      // the till makes its certificate itself; what it says is sealed by a key that the phone knows it by
      rejectUnauthorized: false,
    };
    return new Promise((resolve, reject) => {
      const { request } = process.getBuiltinModule(this.#url.protocol === 'https:' ? 'node:https' : 'node:http');
      const asked: ClientRequest = request(new URL(path, this.#url), options, resolve);
      const cancel = clock.timer(CONNECT_MS, () => asked.destroy(new Error('no connection')));
      asked.once('close', cancel);
      asked.once('error', reject);
      asked.once('socket', (socket) => {
        const ready = (): void => {
          cancel();
          // before a byte of the message leaves
          if (till.fingerprint !== undefined && !isPinned(socket, till.fingerprint)) asked.destroy(new Error('another certificate'));
          else asked.end(body);
        };
        if (!socket.connecting) ready();
        else socket.once(this.#url.protocol === 'https:' ? 'secureConnect' : 'connect', ready);
      });
    });
  }
}

function isPinned(socket: Socket, fingerprint: string): boolean {
  const { TLSSocket } = process.getBuiltinModule('node:tls');
  return socket instanceof TLSSocket && plain(socket.getPeerCertificate().fingerprint256) === plain(fingerprint);
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase();
}

async function readAll(response: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ENVELOPE) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
