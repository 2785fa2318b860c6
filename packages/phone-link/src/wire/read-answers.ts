import { OUTCOMES, SYMBOLOGIES, type CodeKind, type FeedbackKind, type OutcomeName } from '@tillbridge/core';
import { PHONE_ID } from './identity.js';
import { cleanName, RUN_ID, SCAN_ID } from './read-texts.js';
import { REFUSED_WHYS, type PairAnswer, type ScanEnd, type SessionAnswer, type TillAnswer, type TillAnswerBody, type TillCard } from './texts.js';

type Fields = Readonly<Record<string, unknown>>;

const SID = /^[\w-]{8}$/;
const TILL = /^[A-Za-z0-9][\w.-]{0,63}$/;
const WORD = /^[A-Za-z][\w.-]{0,63}$/;
const MAX_TILLS = 64;
const MAX_TEXT = 300;

// A till is believed to be the till, not to be without faults: what it says is read like everything that comes from outside.

export function readPairAnswer(fields: Fields): PairAnswer | undefined {
  const { dev } = fields;
  const card = readCard(fields['card']);
  const state = readState(fields['state']);
  return typeof dev === 'string' && PHONE_ID.test(dev) && card !== undefined && state !== undefined ? { v: 1, dev, state, card } : undefined;
}

export function readSessionAnswer(fields: Fields): SessionAnswer | undefined {
  const { sid, tick, freshMs, run } = fields;
  const card = readCard(fields['card']);
  const state = readState(fields['state']);
  if (typeof sid !== 'string' || !SID.test(sid) || typeof run !== 'string' || !RUN_ID.test(run)) return undefined;
  if (!isTick(tick) || typeof freshMs !== 'number' || !(freshMs > 0) || card === undefined || state === undefined) return undefined;
  return { v: 1, sid, tick, freshMs, run, state, card };
}

export function readTillAnswer(fields: Fields): TillAnswer | undefined {
  const { tick } = fields;
  const body = isTick(tick) ? readBody(fields) : undefined;
  return body === undefined || !isTick(tick) ? undefined : { v: 1, tick, ...body };
}

function readBody(fields: Fields): TillAnswerBody | undefined {
  const { st, kind, why } = fields;
  if (st === 'gone') return { st };
  if (st === 'ok') {
    const state = readState(fields['state']);
    const card = readCard(fields['card']);
    return state === undefined || card === undefined ? undefined : { st, state, card };
  }
  const id = typeof fields['id'] === 'string' && SCAN_ID.test(fields['id']) ? fields['id'] : undefined;
  if (st === 'refused') {
    const known = REFUSED_WHYS.find((each) => each === why) ?? 'request';
    return { st, why: known, ...(id === undefined ? {} : { id }) };
  }
  if (id === undefined) return undefined;
  if (st === 'stale' || st === 'never' || st === 'lost') return { st, id };
  if (st === 'goods') return { st, id, handled: fields['handled'] === true };
  if (!isKind(kind)) return undefined;
  if (st === 'underway') return { st, id, kind };
  const end = st === 'done' ? readEnd(fields) : undefined;
  return end === undefined ? undefined : { st: 'done', id, kind, ...end };
}

function readEnd({ outcome, reason, text, signal, mask }: Fields): ScanEnd | undefined {
  const name: OutcomeName | undefined = OUTCOMES.find((each) => each === outcome);
  if (name === undefined) return undefined;
  const heard: FeedbackKind = signal === 'good' || signal === 'bad' ? signal : 'none';
  return {
    ...{ outcome: name, signal: heard },
    ...(typeof reason === 'string' && WORD.test(reason) ? { reason } : {}),
    ...(typeof text === 'string' ? { text: text.slice(0, MAX_TEXT) } : {}),
    ...(typeof mask === 'string' ? { mask: mask.slice(0, 16) } : {}),
  };
}

function readCard(value: unknown): TillCard | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, tills, till, formats }: Fields = { ...value };
  if (!Array.isArray(tills) || !Array.isArray(formats)) return undefined;
  const known = tills.slice(0, MAX_TILLS).flatMap((each: unknown) => {
    const { id, name: shown }: Fields = typeof each === 'object' && each !== null ? { ...each } : {};
    return typeof id === 'string' && TILL.test(id) ? [{ id, name: cleanName(shown) }] : [];
  });
  return {
    ...{ name: cleanName(name), tills: known, formats: SYMBOLOGIES.filter((each) => formats.includes(each)) },
    ...(typeof till === 'string' && TILL.test(till) ? { till } : {}),
  };
}

function readState(value: unknown): 'paired' | 'waiting' | undefined {
  return value === 'paired' || value === 'waiting' ? value : undefined;
}

function isTick(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isKind(value: unknown): value is CodeKind {
  return value === 'card' || value === 'coupon' || value === 'phone' || value === 'goods';
}
