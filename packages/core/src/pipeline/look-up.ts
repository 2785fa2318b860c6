import { createTextDecoder } from '../decode/charset.js';
import { decodeScan } from '../decode/decode.js';
import type { LookedUp } from '../ports/adapter.js';
import { instant, raceAbort, type Clock } from '../ports/clock.js';
import type { NewId } from '../ids.js';
import { translateCode } from '../translate.js';
import type { Rules } from './settings.js';

export interface LookUpPorts {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly rules: () => Rules;
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
  const late = () => ({ translation: { result: 'unavailable', reason: 'timeout' } }) as const;
  const asked = Promise.resolve(translateCode(code, translators, { scanId: scan.id, reader: till, till }, signal));
  const { translation: found } = await raceAbort(asked, signal, late);
  // a till that only asks cannot be told that a number may not spend
  const translation = found.result === 'found' && found.state === 'accrueOnly' ? ({ result: 'unavailable', reason: 'accrueOnly' } as const) : found;
  ports.count(translation.result);
  return { matched: true, code, translation };
}
