import { Agent, request } from 'node:http';
import { deadline, sleep, type Clock } from '@tillbridge/core';

export type CallName = 'hello' | 'next' | 'result' | 'scan' | 'screen' | 'authorize';

/** What came back: an answer of the daemon, or nothing that could be one. */
export type Reply =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly retryAfterMs: number }
  | { readonly ok: false; readonly status: 0; readonly code: 'noAnswer'; readonly retryAfterMs: 0 };

/** How a plugin asks the daemon. */
export interface PluginLink {
  /** Never rejects. */
  call(name: CallName, body: object, budgetMs: number, signal: AbortSignal): Promise<Reply>;
  close(): void;
}

export interface HttpLinkOptions {
  readonly clock: Clock;
  /** `http://127.0.0.1:7843/iiko/v1`, or the address of a station. */
  readonly base: string;
  /** Read again for every call: the file may have been written anew. */
  readonly secret: () => string;
  /** Asked before a call: false, and nothing is sent. */
  readonly reachable?: () => boolean;
  /** How long a call is on its way before the daemon has it, in ms of the clock. Default 0. */
  readonly travelMs?: (name: CallName) => number;
  /** Asked after an answer: true, and it is lost. */
  readonly loses?: (name: CallName) => boolean;
}

const MAX_ANSWER = 65_536;
const NO_ANSWER: Reply = { ok: false, status: 0, code: 'noAnswer', retryAfterMs: 0 };

/** HTTP/1.1 to the daemon, connections kept. */
export class HttpLink implements PluginLink {
  readonly #options: HttpLinkOptions;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8, timeout: 120_000 });
  #underWay = 0;

  constructor(options: HttpLinkOptions) {
    this.#options = options;
  }

  /** Calls that are not answered yet. */
  get underWay(): number {
    return this.#underWay;
  }

  async call(name: CallName, body: object, budgetMs: number, signal: AbortSignal): Promise<Reply> {
    const { clock, reachable, loses, travelMs } = this.#options;
    const travel = travelMs?.(name) ?? 0;
    if (travel > 0) await sleep(clock, travel, signal);
    if (signal.aborted || reachable?.() === false) return NO_ANSWER;
    const budget = deadline(clock, budgetMs, signal);
    this.#underWay += 1;
    try {
      const reply = await this.#send(name, JSON.stringify(body), budget.signal);
      return loses?.(name) === true ? NO_ANSWER : reply;
    } catch {
      return NO_ANSWER;
    } finally {
      this.#underWay -= 1;
      budget.dispose();
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(name: CallName, body: string, signal: AbortSignal): Promise<Reply> {
    const { base, secret } = this.#options;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret()}`, 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request(`${base}/${name}`, { method: 'POST', agent: this.#agent, headers, signal }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
          if (text.length > MAX_ANSWER) response.destroy(new Error('the answer is too long'));
        });
        response.on('error', reject);
        response.on('end', () => resolve(replyOf(response.statusCode ?? 0, response.headers['retry-after'], text)));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function replyOf(status: number, retryAfter: string | undefined, text: string): Reply {
  const body = parsed(text);
  if (status === 200) return body === undefined ? NO_ANSWER : { ok: true, body };
  const error = (body as { readonly error?: { readonly code?: unknown } } | undefined)?.error;
  const code = typeof error?.code === 'string' ? error.code : 'none';
  return { ok: false, status, code, retryAfterMs: Number(retryAfter ?? 0) * 1000 || 0 };
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
