import { Masked, type Code, type PlatformNote, type Translation } from '@tillbridge/core';
import { numberOf } from '../support.js';
import type { Accepted } from './accept.js';
import type { CompiledPlatform, CompiledResponse } from './compile.js';
import type { Answer } from './judge.js';
import { judgeLookUp, pick, type Judged } from './verdict.js';

/** A translation, and for the trace why it is so. */
export interface Read {
  readonly translation: Translation;
  readonly why: string;
  /** Position of the rule that decided, from 1. */
  readonly rule?: number;
  /** What the platform sent for us to compare, where it did. */
  readonly confirmation?: Masked;
}

/** What an answer to a look-up means. */
export function translationOf(platform: CompiledPlatform, call: string, { accept, id }: Accepted, code: Code, answer: Answer, note: PlatformNote): Read {
  const response = platform.responseOf(call);
  const judged = judgeLookUp(response.rules, answer, call, accept.name);
  const confirmation = judged.verdict === 'confirmRequired' ? pick(answer.tree, response.confirmation)?.text : undefined;
  const why = `HTTP ${answer.status}${answer.problem === undefined ? '' : ` (${answer.problem})`}, ${judged.rule === undefined ? 'no rule' : `rule ${judged.rule}`}: ${judged.verdict}`;
  return { ...(judged.rule === undefined ? {} : { rule: judged.rule }), ...read(judged, response, platform, code, id, answer, note, why), ...(confirmation === undefined ? {} : { confirmation: new Masked(confirmation) }) };
}

function read(judged: Judged, response: CompiledResponse, platform: CompiledPlatform, code: Code, id: string, answer: Answer, note: PlatformNote, why: string): Read {
  const reason = judged.reason === undefined ? {} : { reason: judged.reason };
  const { verdict } = judged;
  switch (verdict) {
    case 'found':
    case 'accrueOnly':
    case 'coupon':
      return withNumber(judged, response, code, id, answer, note, why);
    case 'inactive':
      return { translation: { result: 'blocked', reason: 'inactive' }, why };
    case 'rateLimited':
      return { translation: { result: 'rateLimited', ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }) }, why };
    case 'confirmRequired':
      return { translation: { result: 'confirmRequired', ...(platform.definition.confirm === undefined ? {} : { channel: platform.definition.confirm.channel }) }, why };
    case 'foundNoNumber':
      return { translation: { result: 'foundNoNumber', platform: noteOf(response, answer, note) }, why };
    case 'unavailable':
    case 'badResponse':
      return { translation: { result: verdict, ...reason }, why };
    case 'notFound':
    case 'blocked':
    case 'codeExpired':
    case 'codeUsed':
    case 'ambiguous':
    case 'authError':
      return { translation: { result: verdict }, why: judged.reason === undefined ? why : `${why} (${judged.reason})` };
  }
}

function withNumber(judged: Judged, response: CompiledResponse, code: Code, id: string, answer: Answer, note: PlatformNote, why: string): Read {
  const kind = judged.verdict === 'coupon' ? 'coupon' : (response.kind ?? code.kind);
  // a coupon is its own number where the platform gives none; U+FFFD is what a wrong character set leaves of a letter
  const sound = (text: string): boolean => response.accepts(text) && !text.includes('\ufffd') && numberOf(kind, text) !== undefined;
  const picked = response.number === undefined ? { text: id, path: 'the code itself' } : pick(answer.tree, response.number, sound);
  const platform = noteOf(response, answer, note);
  const number = picked === undefined ? undefined : numberOf(kind, picked.text);
  if (number === undefined || picked === undefined) return { translation: { result: 'foundNoNumber', platform }, why: `${why}, no usable number at ${response.number?.map(({ text }) => text).join(', ') ?? 'the code'}` };
  const shown = `${why}, ${kind} ${number.masked} from ${picked.path}`;
  if (kind === 'coupon') {
    const gives = response.gives?.words.get(pick(answer.tree, [response.gives.path])?.text ?? '');
    return { translation: { result: 'coupon', number, state: judged.coupon ?? 'usable', ...(gives === undefined ? {} : { gives }), platform }, why: gives === undefined ? shown : `${shown}, gives a ${gives}` };
  }
  return { translation: { result: 'found', number, ...(judged.verdict === 'accrueOnly' ? { state: 'accrueOnly' as const } : {}), platform }, why: shown };
}

function noteOf(response: CompiledResponse, { tree }: Answer, note: PlatformNote): PlatformNote {
  const customer = pick(tree, response.customer, response.says)?.text;
  const session = pick(tree, response.session, response.says)?.text;
  const isNew = pick(tree, response.newCustomer)?.text;
  return {
    ...note,
    ...(customer === undefined ? {} : { customer: new Masked(customer) }),
    ...(session === undefined ? {} : { session: new Masked(session) }),
    ...(isNew !== undefined && !/^(false|0|no)$/i.test(isNew) ? { newCustomer: true as const } : {}),
  };
}
