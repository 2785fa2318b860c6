import { request } from 'node:http';
import { TillbridgeError, type ErrorCode, type Language } from '@tillbridge/core';
import type { Method } from './http.js';

/** An answer may have this many bytes; a full page of journal rows is far below. */
const MAX_ANSWER = 8 * 1024 * 1024;

/** What the daemon answered: its status, and the parsed body. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ControlCall {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
  /** Budget for the whole call, in ms. */
  readonly timeoutMs: number;
  /** Language of errors and reasons in the answer. */
  readonly language: Language;
}

/** Calls the daemon of a state folder. @throws {TillbridgeError} `TB_API_NO_DAEMON`, `TB_API_TIMEOUT`, `TB_API_HUNG_UP` */
export function callDaemon(socketPath: string, state: string, call: ControlCall): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const text = call.body === undefined ? undefined : JSON.stringify(call.body);
    const outgoing = request({
      socketPath,
      method: call.method,
      path: call.path,
      signal: AbortSignal.timeout(call.timeoutMs),
      headers: { host: 'localhost', 'accept-language': call.language, ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) },
    });
    outgoing.on('error', (error) => reject(connectionError(error, state, call.timeoutMs)));
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER) incoming.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      incoming.on('error', (error) => reject(connectionError(error, state, call.timeoutMs)));
      incoming.on('end', () => {
        const said = Buffer.concat(chunks).toString('utf8');
        try {
          // the metrics are the one answer in words of their own
          const plain = incoming.headers['content-type']?.startsWith('text/plain') === true;
          resolve({ status: incoming.statusCode ?? 0, body: plain ? said : JSON.parse(said) });
        } catch (error) {
          reject(new TillbridgeError('TB_API_INTERNAL', { problem: 'the daemon answered something that is not JSON' }, { cause: error }));
        }
      });
    });
    outgoing.end(text);
  });
}

function connectionError(error: Error, state: string, ms: number): TillbridgeError {
  const code = 'code' in error ? error.code : undefined;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return new TillbridgeError('TB_API_TIMEOUT', { ms }, { cause: error });
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return new TillbridgeError('TB_API_NO_DAEMON', { state }, { cause: error });
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return new TillbridgeError('TB_API_HUNG_UP', {}, { cause: error });
  return new TillbridgeError('TB_API_INTERNAL', { problem: error.message }, { cause: error });
}

export interface DaemonError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  /** Lines that belong in front of it: the mistakes of a configuration. */
  readonly problems: readonly string[];
}

/** The error that an answer carries, if it carries one. */
export function errorOf(answer: ControlAnswer): DaemonError | undefined {
  if (answer.status < 400) return undefined;
  const { body } = answer;
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const error = body.error as { code: ErrorCode; message: string; details: { remedy?: string; problems?: unknown } };
  const { remedy = '', problems } = error.details;
  return { code: error.code, message: error.message, remedy, problems: Array.isArray(problems) ? problems.map(String) : [] };
}
