import { encode1251 } from '../rkeeper/wrong-answers.js';
import { gzipSync } from 'node:zlib';
import type { PlatformCall } from './call.js';
import type { PlatformReply } from './reply.js';

export const WRONG_ANSWERS = [
  'normal', 'empty', 'garbage', 'truncated', 'otherShape', 'html', 'echo', 'redirect', 'huge', 'gzipBomb', 'entityBomb', 'deep', 'crlf',
] as const;

export const CHARSETS = ['utf-8', 'windows-1251', 'mislabelled'] as const;

/** What can be made to go wrong at a platform or on the way to it. Numbers of times count down; logins are spared where it says so. */
export interface PlatformFaults {
  /** Takes requests and never answers. */
  silent: boolean;
  /** Work is done at once, headers come so many milliseconds later. */
  latencyMs: number;
  /** Pause before each tenth of the body, in milliseconds. */
  slowBodyMs: number;
  /** How many of the next requests are dropped without having been carried out; logins are spared. */
  dropBeforeWork: number;
  /** How many of the next requests are carried out and then answered by a dropped connection; logins are spared. */
  dropAfterWork: number;
  /** How many of the next requests are answered with `status`; logins are spared. */
  failures: number;
  /** HTTP status of `failures`. */
  status: number;
  /** How many of the next requests are refused with 429; logins are spared. */
  rateLimited: number;
  /** The `Retry-After` of them: seconds or an HTTP date; empty: none. */
  retryAfter: string;
  /** How many of the next requests find their credentials refused; logins are spared. */
  unauthorised: number;
  /** How many of the next requests find their digest nonce stale. */
  staleNonces: number;
  /** How many of the next logins fail. */
  loginFails: number;
  /**
   * What is answered instead of the truth. `echo`: a proxy's page that repeats the whole request; `redirect`: to `redirectTo`; `huge`: 64 MB;
   * `gzipBomb`: 64 KB that become 64 MB; `entityBomb`: XML entities; `deep`: 100,000 brackets; `crlf`: CR LF inside every text.
   */
  answer: (typeof WRONG_ANSWERS)[number];
  /** Logins are answered so as well. */
  logins: boolean;
  /** Where `redirect` sends to. */
  redirectTo: string;
  /** How answers are encoded; `mislabelled`: in windows-1251, and called UTF-8. */
  charset: (typeof CHARSETS)[number];
}

export function noPlatformFaults(): PlatformFaults {
  return {
    silent: false,
    latencyMs: 0,
    slowBodyMs: 0,
    dropBeforeWork: 0,
    dropAfterWork: 0,
    failures: 0,
    status: 503,
    rateLimited: 0,
    retryAfter: '',
    unauthorised: 0,
    staleNonces: 0,
    loginFails: 0,
    answer: 'normal',
    logins: false,
    redirectTo: 'http://other.example/',
    charset: 'utf-8',
  };
}

/** An answer as it goes out: bytes, or a chunk that is sent many times. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** How often `bytes` are sent. */
  readonly times: number;
}

const MEGABYTE = 1_048_576;
const HUGE_CHUNK = 65_536;
/** Each entity is ten of the one before it. */
const LAUGHS = `<!ENTITY lol0 "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${String(i + 1)} "${`&lol${String(i)};`.repeat(10)}">`).join('')}`;

type Wrong = (reply: PlatformReply, call: PlatformCall, faults: PlatformFaults) => PlatformReply | WireReply;

const isXml = (reply: PlatformReply): boolean => (reply.type ?? '').includes('xml');
const page = (status: number, text: string): PlatformReply => ({ status, type: 'text/html; charset=utf-8', text: `<!DOCTYPE html><html><body>${text}</body></html>` });

const WRONG: Readonly<Record<PlatformFaults['answer'], Wrong>> = {
  normal: (reply) => reply,
  empty: (reply) => ({ ...reply, status: 200, text: '' }),
  garbage: (reply) => ({ ...reply, status: 200, text: '\u0000\u0001{{{"<<' }),
  truncated: (reply) => ({ ...reply, text: reply.text.slice(0, Math.floor(reply.text.length / 2)) }),
  otherShape: (reply) => ({ ...reply, status: 200, text: isXml(reply) ? '<other><thing>17</thing></other>' : '{"things":[null,{"order":42}],"ok":17}' }),
  // what the page of a guest network says, with 200
  html: () => page(200, 'Please log in'),
  echo: (_, call) => page(200, `<h1>Error</h1><pre>${call.method} ${call.target}\n${JSON.stringify(call.headers)}\n${call.text}</pre>`),
  redirect: (_, __, { redirectTo }) => ({ status: 302, text: '', headers: { location: redirectTo } }),
  huge: (reply) => ({ status: 200, headers: typeOf(reply), bytes: Buffer.alloc(HUGE_CHUNK, isXml(reply) ? '<a>' : '[ '), times: (64 * MEGABYTE) / HUGE_CHUNK }),
  // a gzip file may consist of many members (RFC 1952, 2.2): one megabyte is compressed once
  gzipBomb: (reply) => ({ status: 200, headers: { ...typeOf(reply), 'content-encoding': 'gzip' }, bytes: gzipSync(Buffer.alloc(MEGABYTE, ' ')), times: 64 }),
  entityBomb: (reply) => ({ ...reply, status: 200, type: 'text/xml; charset=utf-8', text: `<?xml version="1.0"?><!DOCTYPE lolz [${LAUGHS}]><lolz>&lol9;</lolz>` }),
  deep: (reply) => ({ ...reply, status: 200, text: isXml(reply) ? '<a>'.repeat(30_000) : '['.repeat(100_000) }),
  crlf: (reply) => ({ ...reply, text: isXml(reply) ? reply.text.replace(/>([^<>\s]+)</g, '>$1&#13;&#10;<') : reply.text.replace(/":"([^"\\]+)"/g, '":"$1\\r\\n"') }),
};

const typeOf = ({ type = 'application/octet-stream' }: PlatformReply): Record<string, string> => ({ 'content-type': type });

/** The answer as it goes out, as the faults want it. */
export function onTheWire(reply: PlatformReply, call: PlatformCall, faults: PlatformFaults, login: boolean): WireReply {
  const wrong = login && !faults.logins ? reply : WRONG[faults.answer](reply, call, faults);
  if ('bytes' in wrong) return wrong;
  const russian = faults.charset !== 'utf-8';
  const bytes = russian ? encode1251(wrong.text) : Buffer.from(wrong.text);
  const type = faults.charset === 'windows-1251' ? wrong.type?.replace('utf-8', 'windows-1251') : wrong.type;
  return { status: wrong.status, headers: { ...(type === undefined ? {} : { 'content-type': type }), ...wrong.headers }, bytes, times: 1 };
}

export type CountedFault = { [K in keyof PlatformFaults]: PlatformFaults[K] extends number ? K : never }[keyof PlatformFaults];

/** One less of them, where any is left. */
export function spend(faults: PlatformFaults, key: CountedFault): boolean {
  if (faults[key] <= 0) return false;
  faults[key] -= 1;
  return true;
}
