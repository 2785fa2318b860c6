import { Masked, TillbridgeError } from '@tillbridge/core';
import { CardChannel } from './channel.js';
import { CardFault } from './fault.js';
import type { ChainOptions } from './options.js';
import type { CardSession, CardUnread, ChainResult, ReadWay } from './types.js';
import type { CardContext, Way } from './ways/context.js';
import { readHce } from './ways/hce.js';
import { readNdef } from './ways/ndef.js';
import { readSector } from './ways/sector.js';
import { readSmartTap } from './ways/smart-tap.js';
import { readUid } from './ways/uid.js';
import { readVas } from './ways/vas.js';
import { classifyAtr, type CardClass } from './wire/atr.js';

const WAYS: Readonly<Record<ReadWay, Way>> = { hce: readHce, vas: readVas, smarttap: readSmartTap, ndef: readNdef, sector: readSector, uid: readUid };

/** Which ways a card of this class can do at all. */
const POSSIBLE: Readonly<Record<CardClass['kind'], ReadonlySet<ReadWay>>> = {
  storage: new Set<ReadWay>(['ndef', 'sector', 'uid']),
  isoDep: new Set<ReadWay>(['hce', 'vas', 'smarttap', 'ndef', 'uid']),
  unknown: new Set<ReadWay>(),
};

/**
 * Reads one card or phone: each configured way in turn until one gives a code. Ends early when the card is gone, when the guest must do
 * something, or when what came must not be taken; an answer that merely breaks the rules lets the next way try.
 * Bounded in commands, bytes and time (`timeoutMs` a command, `budgetMs` in all); never rejects.
 */
export async function readCard(session: CardSession, options: ChainOptions, signal: AbortSignal): Promise<ChainResult> {
  const channel = new CardChannel(session, options, signal);
  const card = classifyAtr(session.atr);
  const context: CardContext = { channel, options, card, ose: undefined, lastHint: undefined };
  let fault: CardFault | undefined;
  for (const way of options.read) {
    if (!POSSIBLE[card.kind].has(way)) continue;
    try {
      const found = await WAYS[way](context);
      if (found !== undefined) return { status: 'read', source: way, code: new Masked(found.code), ...nameOf(found.name), steps: channel.steps };
    } catch (error) {
      const current = asFault(error, way);
      if (current.final) return unread(current, context);
      fault ??= current;
    }
  }
  return fault === undefined ? nothing(context) : unread(fault, context);
}

function nameOf(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

/** A defect of ours on the bytes of some card must not stop the reader. */
function asFault(error: unknown, way: ReadWay): CardFault {
  if (error instanceof CardFault) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new CardFault('failed', new TillbridgeError('TB_READER_NFC_EXCHANGE', { step: way, problem }, { cause: error }));
}

function unread({ reason, hint, problem }: CardFault, { channel }: CardContext): CardUnread {
  return { status: 'unread', reason, ...(hint === undefined ? {} : { hint }), ...(problem === undefined ? {} : { problem }), steps: channel.steps };
}

function nothing({ channel, lastHint }: CardContext): CardUnread {
  const code = lastHint === 'choosePass' ? 'TB_READER_NFC_CHOOSE' : 'TB_READER_NFC_UNKNOWN_CARD';
  return { status: 'unread', reason: 'noCode', hint: lastHint ?? 'unknownCard', problem: new TillbridgeError(code), steps: channel.steps };
}
