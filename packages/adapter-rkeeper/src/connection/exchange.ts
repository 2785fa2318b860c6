import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { deadline, type Clock, type Secret } from '@tillbridge/core';
import { readXmlStream, XmlProblem, type XmlElement } from '../xml/index.js';
import { PinChanged, type AnyAgent } from './trusted-agent.js';

/** Why there is no answer. */
export type ExchangeProblem =
  /** the user name or the password is wrong (401) */
  | 'auth'
  | 'tls'
  | 'pinChanged'
  | 'timeout'
  /** nobody listens there */
  | 'refused'
  | 'connectionLost'
  /** an answer that is none: broken or hostile XML, a web page, another HTTP status */
  | 'badAnswer'
  /** we gave up ourselves */
  | 'aborted';

export type Exchanged =
  | { readonly ok: true; readonly root: XmlElement }
  /** `sent`: a byte of the request may have reached the server. */
  | { readonly ok: false; readonly problem: ExchangeProblem; readonly sent: boolean; readonly detail?: string };

export interface ExchangeOptions {
  readonly url: URL;
  readonly agent: AnyAgent;
  readonly clock: Clock;
  /** Absent: the server knows no users. */
  readonly credentials?: { readonly user: string; readonly password: Secret };
  /** Budget of the whole exchange in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Whether a byte of the request may have left. */
class Progress {
  #sent = false;

  get sent(): boolean {
    return this.#sent;
  }

  started(): void {
    this.#sent = true;
  }
}

/** Posts one document and reads the answer as it arrives. Never rejects, never repeats, follows no redirect. */
export async function exchange(body: string, options: ExchangeOptions): Promise<Exchanged> {
  const { clock, timeoutMs, signal } = options;
  if (signal.aborted) return { ok: false, problem: 'aborted', sent: false };
  const limit = deadline(clock, timeoutMs, signal);
  const progress = new Progress();
  try {
    return await judged(await post(body, options, limit.signal, progress));
  } catch (error) {
    return { ok: false, problem: gaveUp(limit.signal, signal) ?? problemOf(error), sent: progress.sent, ...detailOf(error) };
  } finally {
    limit.dispose();
  }
}

function gaveUp(limit: AbortSignal, caller: AbortSignal): ExchangeProblem | undefined {
  if (!limit.aborted) return undefined;
  return caller.aborted ? 'aborted' : 'timeout';
}

function post(body: string, options: ExchangeOptions, signal: AbortSignal, progress: Progress): Promise<IncomingMessage> {
  const { url, agent, credentials } = options;
  const bytes = Buffer.from(body, 'utf8');
  const headers = {
    // what the vendor's own samples send; a form type would make the server see an empty body
    'content-type': 'text/xml; charset=utf-8',
    'content-length': String(bytes.length),
    ...(credentials === undefined ? {} : { authorization: basic(credentials) }),
    accept: 'text/xml, application/xml',
  };
  const make = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = make(url, { method: 'POST', headers, agent, signal, maxHeaderSize: 16_384 });
    request.once('response', resolve);
    request.on('error', reject);
    // a connection is handed out only when it stands: from here on bytes leave
    request.once('socket', (socket) => {
      if (!socket.connecting) progress.started();
      else socket.once('connect', () => progress.started());
    });
    request.end(bytes);
  });
}

function basic({ user, password }: NonNullable<ExchangeOptions['credentials']>): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`;
}

async function judged(answer: IncomingMessage): Promise<Exchanged> {
  const { statusCode = 0 } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    return { ok: false, problem: statusCode === 401 ? 'auth' : 'badAnswer', sent: true, detail: `HTTP ${String(statusCode)}` };
  }
  return { ok: true, root: await readXmlStream(answer as AsyncIterable<Buffer>, answer.headers['content-type']) };
}

function problemOf(error: unknown): ExchangeProblem {
  if (error instanceof XmlProblem) return 'badAnswer';
  if (error instanceof PinChanged) return 'pinChanged';
  const code = codeOf(error);
  if (/^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EHOSTDOWN)$/.test(code)) return 'refused';
  if (/^(EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH)/.test(code)) return 'tls';
  // the parser of node:http
  return code.startsWith('HPE_') ? 'badAnswer' : 'connectionLost';
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** A short word of ours or of the system; never text that came from the server. */
function detailOf(error: unknown): { readonly detail?: string } {
  if (error instanceof XmlProblem) return { detail: error.problem };
  const code = codeOf(error);
  return code === '' ? {} : { detail: code };
}
