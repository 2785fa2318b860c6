import type { CardChannel } from '../channel.js';
import { badData, badStatus } from '../fault.js';
import { command, LOST_SELECTION, OK, selectByName, statusText, type Answer } from '../wire/apdu.js';
import { bigEndian, concat, fromHex } from '../wire/bytes.js';

// NFC Forum Type 4 Tag 2.0 (also ST SRTAG2K data sheet, TI SLOA227B): SELECT the NDEF application, SELECT and read the capability
// container E103, then the NDEF file that it names: two bytes of length, then the message, in pieces of at most MLe.

const APPLICATION = fromHex('D2760000850101');
const CC_FILE = fromHex('E103');
const CC_BYTES = 15;
const NDEF_FILE_CONTROL = 0x04;
const SMALLEST_MLE = 0x0f;
const LARGEST_READ = 0xff;
/** The longest message that is read. */
export const MAX_TYPE4_BYTES = 2048;

export interface NdefFile {
  readonly id: Uint8Array;
  /** With the two bytes of its length. */
  readonly size: number;
  /** The most bytes of one read. */
  readonly chunk: number;
}

/** What a capability container says; `undefined` when the file may not be read freely. Pure. */
export function parseCapabilities(bytes: Uint8Array): NdefFile | { readonly problem: string } | undefined {
  if (bytes.length < CC_BYTES) return { problem: 'the capability container is cut off' };
  const mle = bigEndian(bytes.subarray(3, 5));
  const [control, length] = [bytes[7], bytes[8]];
  if (control !== NDEF_FILE_CONTROL || length !== 6) return { problem: 'the capability container names no NDEF file' };
  if (mle < SMALLEST_MLE) return { problem: 'the capability container allows no reading' };
  const size = bigEndian(bytes.subarray(11, 13));
  if (size < 2) return { problem: 'an NDEF file without room' };
  if (bytes[13] !== 0x00) return undefined;
  return { id: bytes.slice(9, 11), size, chunk: Math.min(mle, LARGEST_READ) };
}

/** The NDEF message; `undefined` when there is no NDEF application or it may not be read freely. */
export async function readType4(channel: CardChannel): Promise<Uint8Array | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const selected = await channel.send('ndef', 'select ndef', selectByName(APPLICATION));
    if (selected.sw !== OK) return undefined;
    try {
      return await readFiles(channel);
    } catch (error) {
      if (attempt === 1 && error instanceof SelectionLost) continue;
      if (error instanceof SelectionLost) throw badStatus(error.step, statusText(error.sw));
      throw error;
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

async function readFiles(channel: CardChannel): Promise<Uint8Array | undefined> {
  const step = 'read capabilities';
  await must(channel, 'select capabilities', selectFile(CC_FILE));
  const cc = await must(channel, step, readBinary(0, CC_BYTES));
  const file = parseCapabilities(cc.data);
  if (file === undefined) return undefined;
  if ('problem' in file) throw badData(step, file.problem);
  await must(channel, 'select ndef file', selectFile(file.id));
  const { data } = await must(channel, 'read ndef length', readBinary(0, 2));
  if (data.length !== 2) throw badData('read ndef length', 'not two bytes');
  const length = bigEndian(data);
  if (length > file.size - 2) throw badData('read ndef length', 'the message is longer than its file');
  if (length > MAX_TYPE4_BYTES) throw badData('read ndef length', `the message is longer than ${MAX_TYPE4_BYTES} bytes`);
  return readMessage(channel, length, file.chunk);
}

async function readMessage(channel: CardChannel, length: number, chunk: number): Promise<Uint8Array> {
  let message: Uint8Array = new Uint8Array(0);
  while (message.length < length) {
    const step = `read ndef at ${message.length}`;
    const wanted = Math.min(chunk, length - message.length);
    const { data } = await must(channel, step, readBinary(2 + message.length, wanted));
    if (data.length === 0) throw badData(step, 'nothing came');
    if (data.length > wanted) throw badData(step, 'more came than was asked for');
    message = concat(message, data);
  }
  return message;
}

async function must(channel: CardChannel, step: string, apdu: Uint8Array): Promise<Answer> {
  const answer = await channel.send('ndef', step, apdu);
  if (LOST_SELECTION.has(answer.sw)) throw new SelectionLost(step, answer.sw);
  if (answer.sw !== OK) throw badStatus(step, statusText(answer.sw));
  return answer;
}

/** Several cards refuse a Le byte here: P2 = 0C says that no answer is wanted. */
function selectFile(id: Uint8Array): Uint8Array {
  return command([0x00, 0xa4, 0x00, 0x0c], id);
}

function readBinary(offset: number, length: number): Uint8Array {
  return command([0x00, 0xb0, (offset >> 8) & 0x7f, offset & 0xff], undefined, length);
}
