import { badData, failed, refused } from '../fault.js';
import { uidDoubt, type UidDoubt } from '../uid/uid-doubt.js';
import { formatUid } from '../uid/uid-form.js';
import { GET_UID, OK } from '../wire/apdu.js';
import type { CardContext, FoundCode } from './context.js';

const DOUBTS: Readonly<Record<UidDoubt, string>> = {
  length: 'wrong length',
  blank: 'all bits alike',
  random: 'made up anew at each tap',
  notFinal: 'only the first part of it',
};

/** The number made from the card's UID. Cards of ISO 14443-4 only where `uid.isoDep` says so. */
export async function readUid({ channel, options, card }: CardContext): Promise<FoundCode | undefined> {
  if (card.kind === 'unknown' || (card.kind === 'isoDep' && options.uid.isoDep !== true)) return undefined;
  const answer = await channel.send('uid', 'get uid', GET_UID);
  // 6A81: the reader has no UID for this kind of card (PC/SC part 3, 3.2.2.1.3)
  if (answer.sw !== OK) return undefined;
  const uid = answer.data;
  const doubt = uidDoubt(uid, card.kind === 'isoDep' ? 'isoDep' : card.standard);
  if (doubt === 'length') throw badData('get uid', `a UID of ${uid.length} bytes`);
  if (doubt !== undefined) throw refused('TB_READER_NFC_RANDOM_UID', { problem: DOUBTS[doubt] });
  const code = formatUid(uid, options.uid);
  if (code === undefined || code === '') throw failed('TB_READER_NFC_UID_FORM', { problem: `it has ${uid.length} bytes` });
  return { code };
}
