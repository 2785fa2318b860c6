import type { KeyObject } from 'node:crypto';
import { badData, badStatus, failed, hinted, refused, tooMuch } from '../fault.js';
import type { CompiledSmartTap } from '../options.js';
import { GET_MORE, getDataCommand, negotiateCommand, parseBundle, parseHandset, parseNegotiated, redemptionValue, VERSION, type Negotiated } from '../smart-tap/messages.js';
import { inflateBundle, newSecrets, SmartTapSession } from '../smart-tap/session.js';
import { LOST_SELECTION, selectByName, OK, statusText, type Answer } from '../wire/apdu.js';
import { concat, fromHex, sameBytes } from '../wire/bytes.js';
import { parseTlv } from '../wire/tlv.js';
import { parsed, printableText, tlvValue } from './answer-data.js';
import type { CardContext, FoundCode } from './context.js';
import { selectWallet } from './ose.js';

const SMART_TAP = fromHex('A000000476D0000111');
/** Status words of Smart Tap 2.1 (kormax/android-universal-reader, SmartTapStatus). */
const SW = { noPass: 0x9001, preSigned: 0x9002, more: 0x9100, locked: 0x9300, authFailed: 0x9500 } as const;
const NONCE = 32;
/** Pieces of one answer and their bytes; a phone sends about 250 at a time. */
export const MAX_CHUNKS = 64;
export const MAX_CHUNKED_BYTES = 16_384;
/** The first number of a session, and what a command is repeated with after "try again" (92xx). */
const FIRST = 1;
const AGAIN = 2;

/** The redemption value of the guest's pass in Google Wallet. */
export async function readSmartTap(context: CardContext): Promise<FoundCode | undefined> {
  const { smarttap } = context.options;
  if (smarttap === undefined) return undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await exchange(context, smarttap, attempt > 1);
    } catch (error) {
      if (!(error instanceof SelectionLost)) throw error;
      if (attempt > 1) throw badStatus(error.step, statusText(error.sw));
    }
  }
}

class SelectionLost extends Error {
  constructor(
    readonly step: string,
    readonly sw: number,
  ) {
    super('selection lost');
  }
}

async function exchange(context: CardContext, smarttap: CompiledSmartTap, again: boolean): Promise<FoundCode | undefined> {
  const { wallet, fci } = await selectWallet(context, 'smarttap', again);
  if (wallet !== 'google') return undefined;
  const nonce = await deviceNonce(context, fci);
  const { session, negotiated } = await negotiate(context, smarttap, nonce);
  const data = await getData(context, smarttap, session, negotiated);
  if (data === undefined) {
    context.lastHint = 'choosePass';
    return undefined;
  }
  const code = openData(data, session, negotiated.deviceKey);
  return { code, name: String(smarttap.collectorId) };
}

/**
 * The phone's nonce: from the wallet's own answer where it says that the second SELECT may be left out (DF62, bit 0), else from
 * SELECT SMART TAP 2; where that fails, from the wallet's answer all the same.
 */
async function deviceNonce({ channel }: CardContext, fci: Uint8Array): Promise<Uint8Array> {
  const step = 'select smart tap';
  const fromOse = tlvValue('select ose', fci, 0x6f, 0xc2);
  const own = fromOse?.length === NONCE ? fromOse : undefined;
  if (own !== undefined && maySkipSelect(fci)) return own;
  const selected = await channel.send('smarttap', step, selectByName(SMART_TAP));
  if (selected.sw !== OK) {
    if (own !== undefined) return own;
    throw badStatus(step, statusText(selected.sw));
  }
  const handset = parsed(step, () => parseHandset(selected.data));
  if (handset.min === undefined || handset.max === undefined || handset.min > VERSION || handset.max < VERSION) {
    throw badData(step, `it speaks versions ${handset.min ?? '?'} to ${handset.max ?? '?'}`);
  }
  if (handset.nonce?.length !== NONCE) throw badData(step, 'there is no nonce in the answer');
  return handset.nonce;
}

function maySkipSelect(fci: Uint8Array): boolean {
  const directory = tlvValue('select ose', fci, 0x6f, 0xa5, 0xbf0c);
  if (directory === undefined) return false;
  for (const entry of parsed('select ose', () => parseTlv(directory))) {
    if (entry.tag !== 0x61) continue;
    const aid = tlvValue('select ose', entry.value, 0x4f);
    if (aid === undefined || !sameBytes(aid, SMART_TAP)) continue;
    const flags = tlvValue('select ose', entry.value, 0x73, 0xdf62)?.[0] ?? 0;
    return (flags & 0x01) !== 0;
  }
  return false;
}

interface Open {
  readonly session: SmartTapSession;
  readonly negotiated: Negotiated;
}

/** With each configured key in turn: while keys are rolled over, a phone may know only the old or the new one. */
async function negotiate(context: CardContext, smarttap: CompiledSmartTap, nonce: Uint8Array): Promise<Open> {
  const step = 'negotiate';
  let lastVersion = 0;
  for (const { version, key } of smarttap.keys) {
    const session = newSession(smarttap, nonce, key);
    const ask = (sequence: number): Promise<Answer> =>
      context.channel.send('smarttap', step, negotiateCommand(session, smarttap.collectorId, version, sequence));
    let answer = await ask(FIRST);
    if (answer.sw >> 8 === 0x92) answer = await ask(FIRST + AGAIN);
    if (answer.sw === SW.authFailed) {
      lastVersion = version;
      continue;
    }
    if (answer.sw !== OK && answer.sw !== SW.preSigned) throw statusFault(step, answer.sw);
    const negotiated = parsed(step, () => parseNegotiated(answer.data));
    if (negotiated === undefined) throw badData(step, 'a record is missing in the answer');
    return { session, negotiated };
  }
  throw failed('TB_READER_NFC_COLLECTOR', { collectorId: smarttap.collectorId, version: lastVersion });
}

function newSession(smarttap: CompiledSmartTap, nonce: Uint8Array, key: KeyObject): SmartTapSession {
  return new SmartTapSession(newSecrets(), smarttap.collectorId, nonce, key);
}

async function getData(context: CardContext, smarttap: CompiledSmartTap, session: SmartTapSession, { sequence }: Negotiated): Promise<Uint8Array | undefined> {
  const ask = (number: number): Promise<Answer> =>
    chunked(context, getDataCommand(session.sessionId, number, smarttap.collectorId, smarttap.services));
  let answer = await ask(sequence + 1);
  if (answer.sw >> 8 === 0x92) answer = await ask(sequence + 1 + AGAIN);
  if (answer.sw === OK) return answer.data;
  if (answer.sw === SW.noPass) return undefined;
  throw statusFault('get data', answer.sw);
}

/** GET DATA and as many GET MORE as the phone asks for with 9100, within bounds. */
async function chunked({ channel }: CardContext, first: Uint8Array): Promise<Answer> {
  let answer = await channel.send('smarttap', 'get data', first);
  let { data } = answer;
  for (let round = 0; answer.sw === SW.more; round += 1) {
    if (round >= MAX_CHUNKS) throw tooMuch('get more', MAX_CHUNKS);
    answer = await channel.send('smarttap', 'get more', GET_MORE);
    data = concat(data, answer.data);
    if (data.length > MAX_CHUNKED_BYTES) throw tooMuch('get more', MAX_CHUNKED_BYTES);
  }
  return { data, sw: answer.sw };
}

function openData(data: Uint8Array, session: SmartTapSession, deviceKey: Uint8Array): string {
  const step = 'open pass';
  const bundle = parsed('get data', () => parseBundle(data));
  if (bundle === undefined) throw badData('get data', 'there is no record bundle in the answer');
  const plain = bundle.encrypted ? session.open(bundle.bytes, deviceKey) : bundle.bytes;
  if (plain === undefined) throw refused('TB_READER_NFC_UNREADABLE', { step });
  const unpacked = bundle.compressed ? inflateBundle(plain) : plain;
  if (unpacked === undefined) throw badData(step, 'what it packed cannot be unpacked');
  const value = parsed(step, () => redemptionValue(unpacked));
  if (value === undefined) throw badData(step, 'the pass has no redemption value');
  return printableText(step, value);
}

/** 9300: unlock; other 93xx: the guest must choose; the rest is against the rules. */
function statusFault(step: string, sw: number): Error {
  if (LOST_SELECTION.has(sw)) return new SelectionLost(step, sw);
  if (sw === SW.locked) return hinted('unlockPhone');
  if (sw >> 8 === 0x93) return hinted('choosePass');
  return badStatus(step, statusText(sw));
}
