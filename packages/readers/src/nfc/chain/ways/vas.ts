import type { CardContext, FoundCode } from './context.js';
import type { CompiledPass, CompiledVas } from '../options.js';
import { badData, badStatus, failed, hinted, refused } from '../fault.js';
import { openCryptogram, splitCryptogram, type VasMessage } from '../vas/cryptogram.js';
import { vasRequest } from '../vas/request.js';
import { LOST_SELECTION, OK, statusText } from '../wire/apdu.js';
import { printableText, tlvValue } from './answer-data.js';
import { selectWallet } from './ose.js';

// Commands, tags and status words: kormax/apple-vas (README, trace of an iPhone) and kormax/android-universal-reader (VasStatus).

const STEP = 'get pass';
const SW = { locked: 0x6287, userMustAct: 0x6984, noSuchPass: 0x6a83 } as const;
const RESPONSE = 0x70;
const CRYPTOGRAM = 0x9f27;

/** The first of the configured pass types that the phone gives. */
export async function readVas(context: CardContext): Promise<FoundCode | undefined> {
  const { vas } = context.options;
  if (vas === undefined) return undefined;
  const { wallet } = await selectWallet(context, 'vas');
  if (wallet !== 'apple') return undefined;
  for (const [at, pass] of vas.passes.entries()) {
    const answer = await getPass(context, pass, at === vas.passes.length - 1);
    if (answer === undefined) continue;
    return { code: decrypt(answer, pass, vas, context.options.clock.wall()), name: pass.id };
  }
  // not there, or there but not the one on the screen: without enhanced polling by the reader the guest must choose it
  context.lastHint = 'choosePass';
  return undefined;
}

async function getPass(context: CardContext, pass: CompiledPass, last: boolean): Promise<Uint8Array | undefined> {
  const request = vasRequest(pass, last);
  for (let attempt = 1; ; attempt += 1) {
    const { sw, data } = await context.channel.send('vas', STEP, request);
    if (sw === OK) return data;
    if (sw === SW.noSuchPass) return undefined;
    if (sw === SW.locked) throw hinted('unlockPhone');
    if (sw === SW.userMustAct) throw hinted('choosePass');
    if (attempt > 1 || !LOST_SELECTION.has(sw)) throw badStatus(STEP, statusText(sw));
    const { wallet } = await selectWallet(context, 'vas', true);
    if (wallet !== 'apple') throw badStatus(STEP, statusText(sw));
  }
}

function decrypt(answer: Uint8Array, pass: CompiledPass, vas: CompiledVas, now: number): string {
  const cryptogram = tlvValue(STEP, answer, RESPONSE, CRYPTOGRAM);
  if (cryptogram === undefined) throw badData(STEP, 'there is no cryptogram in the answer');
  const parts = splitCryptogram(cryptogram);
  if (parts === undefined) throw badData(STEP, `a cryptogram of ${cryptogram.length} bytes`);
  const key = pass.keys.find(({ id }) => id === parts.keyId);
  if (key === undefined) throw failed('TB_READER_NFC_WRONG_KEY', { keyId: parts.keyId });
  const opened = openCryptogram(parts, key, pass.merchant);
  if (opened === undefined) throw refused('TB_READER_NFC_UNREADABLE', { step: 'decrypt pass' });
  checkFresh(opened, cryptogram, vas, now);
  if (opened.message.length === 0) throw badData('decrypt pass', 'the pass is empty');
  return printableText('decrypt pass', opened.message);
}

/** Nothing of the reader goes into a cryptogram: its time, and that it was not seen before, is all that tells it from a recording. */
function checkFresh({ at }: VasMessage, cryptogram: Uint8Array, { windowMs, replays }: CompiledVas, now: number): void {
  const difference = Math.abs(now - at);
  if (windowMs !== undefined && difference > windowMs) throw refused('TB_READER_NFC_STALE', { minutes: Math.round(difference / 60_000) });
  if (!replays.accept(cryptogram, now)) throw refused('TB_READER_NFC_REPLAYED');
}
