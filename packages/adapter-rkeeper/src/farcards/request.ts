import { attribute, child, descendants, type XmlElement } from '../xml/index.js';

/** What FarCards asks its processing server: the last segments of the addresses in ExtDllHTTP.ini, in lower case. */
export const FARCARDS_CALLS = ['getcardinfoex', 'transactionsex', 'findemail', 'getcardimageex'] as const;
export type FarcardsCall = (typeof FARCARDS_CALLS)[number];

export function isFarcardsCall(name: string): name is FarcardsCall {
  return FARCARDS_CALLS.some((call) => call === name);
}

/** Longest document, in characters, and deepest nesting: a receipt of a large table is far below. FarCards itself takes 150 kB. */
export const DOCUMENT_LIMITS = { maxLength: 1_048_576, maxDepth: 64 } as const;

/** The card of `<QRY Card="...">`; undefined in a document that asks for none. Not validated. */
export function queriedCard(root: XmlElement): string | undefined {
  const query = child(root, 'QRY');
  const card = query === undefined ? undefined : attribute(query, 'Card')?.trim();
  return card === '' ? undefined : card;
}

/** What a transaction does, by its number in ExtDLL: 0 payment, 1 discount, 2 bonus, 3 what the guest paid himself. */
export type TransactionKind = 'payment' | 'discount' | 'bonus' | 'spent';

const KINDS: Readonly<Record<string, TransactionKind>> = { '0': 'payment', '1': 'discount', '2': 'bonus', '3': 'spent' };

/** One record of TransactionsEx. */
export interface Transaction {
  /** Digits of an Int64, kept as text: a number would lose the last ones. */
  readonly card: string;
  readonly kind: TransactionKind;
  /** Minor units, signed. */
  readonly sum: number;
  readonly restaurant: string;
  readonly date: string;
  readonly unit: string;
  readonly check: string;
}

/** The records of TransactionsEx, or `undefined` where one of them, or the list, is not as it must be: it is all or nothing. */
export function transactionsOf(root: XmlElement): readonly Transaction[] | undefined {
  const records = descendants(root, 'TransactionsEx');
  const read = records.map(transactionOf);
  const sound = read.filter((record) => record !== undefined);
  return sound.length === records.length && sound.length > 0 ? sound : undefined;
}

function transactionOf(record: XmlElement): Transaction | undefined {
  const text = (name: string): string => attribute(record, name)?.trim() ?? '';
  const kind = KINDS[text('Kind')];
  const [card, sum] = [text('Card'), text('Summa')];
  if (kind === undefined || !/^\d{1,19}$/.test(card) || !/^-?\d{1,15}$/.test(sum)) return undefined;
  return { card, kind, sum: Number(sum), restaurant: text('Restaurant'), date: text('RKDate'), unit: text('RKUni'), check: text('RKCheck') };
}
