import type { CardChannel } from '../channel.js';
import type { ChainOptions } from '../options.js';
import type { GuestHint } from '../types.js';
import type { CardClass } from '../wire/atr.js';
import type { Answer } from '../wire/apdu.js';

/** What the ways of one card share. */
export interface CardContext {
  readonly channel: CardChannel;
  readonly options: ChainOptions;
  readonly card: CardClass;
  /** The last answer to SELECT OSE.VAS.01, and after how many commands it came: valid only while nothing else was sent. */
  ose: { readonly answer: Answer; readonly sent: number } | undefined;
  /** What to tell the guest if no way gives a code. */
  lastHint: GuestHint | undefined;
}

export interface FoundCode {
  readonly code: string;
  readonly name?: string;
}

/** `undefined`: nothing of this kind on the card, the next way may try. @throws {CardFault} */
export type Way = (context: CardContext) => Promise<FoundCode | undefined>;

/** The longest code that is taken from a card, in characters. */
export const MAX_CODE = 1024;
