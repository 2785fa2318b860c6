import { badData, badStatus, hinted } from '../fault.js';
import { command, LOST_SELECTION, OK, selectByName, statusText } from '../wire/apdu.js';
import { toHex } from '../wire/bytes.js';
import { printableText, tlvValue } from './answer-data.js';
import type { CardContext, FoundCode } from './context.js';

// Our own contract with apps on phones (firmware-docs/nfc/hce.md): SELECT by AID answers 6F { 84 AID, A5 { 9F21 version } },
// GET DATA answers DF01 with the code; 6985 says that the guest must open the app.

const GET_CODE = command([0x80, 0xca, 0x01, 0x00], undefined, 0x00);
const CODE = 0xdf01;
const MAX_BYTES = 128;
const MAJOR_VERSION = 1;
const USER_MUST_ACT = 0x6985;

/** The store's own app on the phone, by the configured AIDs in order. */
export async function readHce(context: CardContext): Promise<FoundCode | undefined> {
  for (const aid of context.options.hce) {
    const code = await readAid(context, aid);
    if (code !== undefined) return { code, name: toHex(aid).toUpperCase() };
  }
  return undefined;
}

async function readAid({ channel }: CardContext, aid: Uint8Array): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const selected = await channel.send('hce', 'select app', selectByName(aid));
    if (selected.sw !== OK) {
      // the app may refuse already here that it must be opened first
      if (selected.sw === USER_MUST_ACT) throw hinted('openApp');
      return undefined;
    }
    checkVersion(selected.data);
    const answer = await channel.send('hce', 'get code', GET_CODE);
    if (answer.sw === OK) return codeOf(answer.data);
    if (attempt === 1 && LOST_SELECTION.has(answer.sw)) continue;
    if (answer.sw === USER_MUST_ACT) throw hinted('openApp');
    throw badStatus('get code', statusText(answer.sw));
  }
}

/** An app that says nothing about its version speaks version 1. */
function checkVersion(fci: Uint8Array): void {
  const step = 'select app';
  const version = tlvValue(step, fci, 0x6f, 0xa5, 0x9f21);
  const major = version?.[0];
  if (major !== undefined && major !== MAJOR_VERSION) throw badData(step, `version ${major} of the contract is not known`);
}

function codeOf(data: Uint8Array): string {
  const step = 'get code';
  const bytes = tlvValue(step, data, CODE);
  if (bytes === undefined || bytes.length === 0) throw badData(step, 'there is no code in the answer');
  if (bytes.length > MAX_BYTES) throw badData(step, `the code is longer than ${MAX_BYTES} bytes`);
  return printableText(step, bytes);
}
