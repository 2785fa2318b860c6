import { parseHttpTime, retryAfterMs } from '@tillbridge/core';
import { parseForm, parseJson, type Tree } from './answer-tree.js';
import type { RawAnswer } from './connection.js';
import type { Answer } from './judge.js';
import type { AnswerFormat } from './response-schema.js';
import { parseXml } from './xml-tree.js';

/** Media types that carry a format, beside those that say nothing and those of the declaration. A web page is never among them. */
const MEDIA: Readonly<Record<AnswerFormat, RegExp>> = {
  json: /^([\w.-]+\/([\w.-]+\+)?json|text\/(plain|json|javascript))$/,
  xml: /^([\w.-]+\/([\w.-]+\+)?xml|text\/plain)$/,
  form: /^(application\/x-www-form-urlencoded|text\/plain)$/,
  text: /^text\/plain$/,
};

const PARSE: Readonly<Record<AnswerFormat, (text: string) => Tree>> = {
  json: parseJson,
  xml: parseXml,
  form: parseForm,
  text: (text) => ({ text }),
};

/** What the bytes say. Whatever is wrong with them is a word of ours, never a piece of them. */
export function readAnswer(raw: RawAnswer, format: AnswerFormat, contentTypes: readonly string[]): Answer {
  const wait = retryAfterMs(raw.header('retry-after'));
  const time = parseHttpTime(raw.header('date') ?? '');
  const known = { status: raw.status, ...(wait === undefined ? {} : { retryAfterMs: wait }), ...(time === undefined ? {} : { serverTime: time }) };
  if (raw.body === undefined) return { ...known, empty: false, tree: undefined, problem: raw.problem ?? 'noBody' };
  // a redirect's body is for people
  if (raw.status >= 300 && raw.status < 400) return { ...known, empty: raw.body.length === 0, tree: undefined };
  const type = raw.header('content-type');
  const media = type?.split(';')[0]?.trim().toLowerCase() ?? '';
  const text = decoded(raw.body, type, format);
  if (text.trim() === '') return { ...known, empty: true, tree: undefined };
  if (media !== '' && !MEDIA[format].test(media) && !contentTypes.includes(media)) return { ...known, empty: false, tree: undefined, problem: 'contentType' };
  try {
    return { ...known, empty: false, tree: PARSE[format](text) };
  } catch {
    return { ...known, empty: false, tree: undefined, problem: `not${format.charAt(0).toUpperCase()}${format.slice(1)}` };
  }
}

/** In the character set that the header names, else the XML declaration, else UTF-8. What it cannot hold becomes U+FFFD, which no number has. */
function decoded(body: Buffer, contentType: string | undefined, format: AnswerFormat): string {
  const declared = format === 'xml' ? /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w-]{1,40})["']/.exec(body.subarray(0, 160).toString('latin1'))?.[1] : undefined;
  const named = /charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType ?? '')?.[1] ?? declared ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(body);
  } catch {
    return new TextDecoder('utf-8').decode(body);
  }
}
