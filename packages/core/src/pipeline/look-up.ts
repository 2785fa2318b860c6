import type { Code } from '../code.js';
import { couponRefusal } from '../coupon.js';
import { createTextDecoder } from '../decode/charset.js';
import { decodeScan } from '../decode/decode.js';
import type { SpentCodes } from '../delivery/spent.js';
import type { LookedUp } from '../ports/adapter.js';
import { instant, raceAbort, type Clock } from '../ports/clock.js';
import type { NewId } from '../ids.js';
import { translateCode } from '../translate.js';
import type { Translation } from '../translation.js';
import type { AskedCodes } from './asked-codes.js';
import type { Rules } from './settings.js';

export interface LookUpPorts {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly rules: () => Rules;
  /** Shared by all tills, with what is delivered to them: a one-time code is of use once. */
  readonly spent: SpentCodes;
  readonly asked: AskedCodes;
  /** Counts what was answered. */
  readonly count: (result: string) => void;
}

/** Answers what a till asks about a code that it has read itself: as a scan of a reader that has the till's name. */
export async function lookUp(ports: LookUpPorts, till: string, text: string, signal: AbortSignal): Promise<LookedUp> {
  const { classifier, translators } = ports.rules();
  const raw = { bytes: new TextEncoder().encode(text), terminator: new Uint8Array(0), at: instant(ports.clock), silence: 'settled', silentBefore: true } as const;
  const scan = decodeScan(raw, ports.newId(), till, createTextDecoder('windows-1251'));
  const code = classifier.classify(scan);
  if (code === undefined) {
    ports.count('unmatched');
    return { matched: false };
  }
  const ask = async (): Promise<Translation> => {
    const late = () => ({ translation: UNANSWERED }) as const;
    const { translation } = await raceAbort(Promise.resolve(translateCode(code, translators, { scanId: scan.id, reader: till, till }, signal)), signal, late);
    // a till that only asks cannot be told that a number may not spend
    return translation.result === 'found' && translation.state === 'accrueOnly' ? { result: 'unavailable', reason: 'accrueOnly' } : translation;
  };
  const translation = await (code.oneTime ? once(ports, till, code, ask, signal) : ask());
  ports.count(translation.result);
  return { matched: true, code, translation };
}

const UNANSWERED: Translation = { result: 'unavailable', reason: 'timeout' };

/** A one-time code: the till that asked first gets what it got as often as it asks for its check, everybody else that it is used. */
async function once({ spent, asked }: LookUpPorts, till: string, code: Code, ask: () => Promise<Translation>, signal: AbortSignal): Promise<Translation> {
  const asking = spent.ask(code, till);
  if (asking === 'used') return { result: 'codeUsed' };
  let answer = asking === 'again' ? asked.get(code, till) : undefined;
  if (answer === undefined) {
    answer = answerOnce(spent, till, code, ask, asking === 'first');
    asked.put(code, till, answer);
    // what gave no number is asked for anew
    answer.then((translation) => {
      if (!hasNumber(translation)) asked.forget(code);
    }, () => undefined);
  }
  return raceAbort(answer, signal, () => UNANSWERED);
}

/** Never rejects. The number leaves when it is durable that the code is spent; a code that gave none may be shown again. */
async function answerOnce(spent: SpentCodes, till: string, code: Code, ask: () => Promise<Translation>, isFirst: boolean): Promise<Translation> {
  const translation = await ask();
  if (!hasNumber(translation)) {
    if (isFirst) spent.release(code);
    return translation;
  }
  if (!isFirst) return translation;
  try {
    await spent.spend(code, till);
    return translation;
  } catch {
    spent.release(code);
    return { result: 'unavailable', reason: 'journalUnavailable' };
  }
}

function hasNumber(translation: Translation): boolean {
  return translation.result === 'found' || (translation.result === 'coupon' && couponRefusal(translation.state) === undefined);
}
