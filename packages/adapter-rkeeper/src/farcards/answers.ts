import { maskText } from '@tillbridge/core';
import { xml, xmlDocument, type Markup } from '../xml/index.js';
import { whyLocked, type FarcardsLanguage, type LockReason } from './texts.js';

/** Codes of r_keeper's own discounts and bonuses (not percentages) that an answer grants; r_keeper computes the money. */
export interface Grants {
  readonly discount?: number;
  readonly bonus?: number;
}

/** A card of that number is not known: `Result="1"`. */
export const unknownCard = (): string => document(xml('GetCardInfoEx', { Result: 1 }));

/**
 * The card exists and cannot be used now: the only answer whose text the cashier sees. A refused connection or an HTTP error would show
 * a message of the station's own.
 */
export function lockedCard(card: string, reason: LockReason, language: FarcardsLanguage): string {
  const text = whyLocked(reason, language);
  return document(xml('GetCardInfoEx', { Result: 0, ...identity(card), Locked: true, WhyLock: text, ScrMessage: text }));
}

/** A usable card. `inside` is what the answer carries beside it: a coupon's content. */
export function knownCard(number: string, { discount = 0, bonus = 0 }: Grants, inside: readonly Markup[] = []): string {
  return document(xml('GetCardInfoEx', { Result: 0, ...identity(number), ...FREE, Holder: maskText(number), Discount: discount, Bonus: bonus }, ...inside));
}

/** Flags that every answer of the vendor's sample server carries. */
const FREE = { Deleted: 0, Seize: 0, StopDate: 0, Holy: 0, Manager: 0, Locked: 0, WhyLock: '', Unpay: 0 } as const;

/** The vendor's sample server answers with the card as its own account, longer than 32 bits too. */
function identity(card: string): { readonly Account?: string; readonly PersonID?: string } {
  return /^\d{1,19}$/.test(card) ? { Account: card, PersonID: card } : {};
}

export function transactionsDone(): string {
  return document(xml('TransactionsEx', { Result: 0 }));
}

/** None of the transactions was done. FarCards 6.04 and later show the text. */
export function transactionsRefused(reason: LockReason, language: FarcardsLanguage): string {
  const text = whyLocked(reason, language);
  return document(xml('TransactionsEx', { Result: 1 }, xml('OutBuf', { OutKind: 1 }, xml('TRRESPONSE', { error_code: 1, err_text: text }))));
}

export const noEmail = (): string => document(xml('FindEmail', { Result: 1 }));

export const noImage = (): string => document(xml('GetCardImageEx', { ErrorText: '' }));

function document(inner: Markup): string {
  return xmlDocument(xml('Root', {}, inner));
}
