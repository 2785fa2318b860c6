import type { CardContext } from './context.js';
import { selectByName, OK, type Answer } from '../wire/apdu.js';
import { ascii, concat } from '../wire/bytes.js';
import { tlvValue } from './answer-data.js';

/** "Other system environment": both wallets answer to this name and say in tag 50 which one they are (kormax/apple-vas, kormax/google-smart-tap). */
const OSE = ascii('OSE.VAS.01');
const LABEL = 0x50;

export type Wallet = 'apple' | 'google' | 'other' | 'none';

/**
 * Selects the wallet, or takes the answer to the last SELECT when nothing was sent since: that answer carries the nonce of the session.
 * @throws {CardFault}
 */
export async function selectWallet(context: CardContext, way: 'vas' | 'smarttap', again = false): Promise<{ readonly wallet: Wallet; readonly fci: Uint8Array }> {
  const { channel } = context;
  let answer: Answer;
  if (!again && context.ose?.sent === channel.steps.length) ({ answer } = context.ose);
  else answer = await channel.send(way, 'select ose', selectByName(OSE));
  context.ose = { answer, sent: channel.steps.length };
  if (answer.sw !== OK) return { wallet: 'none', fci: answer.data };
  const label = tlvValue('select ose', answer.data, 0x6f, LABEL) ?? new Uint8Array(0);
  return { wallet: walletOf(label), fci: answer.data };
}

function walletOf(label: Uint8Array): Wallet {
  const text = new TextDecoder('latin1').decode(concat(label));
  if (text === 'ApplePay') return 'apple';
  return text === 'AndroidPay' ? 'google' : 'other';
}
