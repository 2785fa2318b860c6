import type { CardContext, FoundCode } from './context.js';
import { MAX_CODE } from './context.js';
import { badData } from '../fault.js';
import { ndefText } from '../wire/ndef-text.js';
import { parsed, printableCode } from './answer-data.js';
import { readType2 } from './ndef-type2.js';
import { readType4 } from './ndef-type4.js';

/** The first URI or text of an NFC Forum tag of type 2 (storage cards) or 4 (ISO-DEP). */
export async function readNdef(context: CardContext): Promise<FoundCode | undefined> {
  const message = await messageOf(context);
  if (message === undefined || message.length === 0) return undefined;
  const text = parsed('read ndef', () => ndefText(message, context.options.ndef));
  if (text === undefined || text === '') return undefined;
  if (text.length > MAX_CODE) throw badData('read ndef', `the text is longer than ${MAX_CODE} characters`);
  return { code: printableCode('read ndef', text) };
}

function messageOf(context: CardContext): Promise<Uint8Array | undefined> {
  if (context.card.kind === 'isoDep') return readType4(context.channel);
  return readType2(context.channel);
}
