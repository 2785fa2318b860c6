/** What went wrong at the cash server, as one of a closed set. */
export type Rk7FaultKind =
  /** the card system refused the card (3813) */
  | 'cardRefused'
  /** the deposit or limit of the card is exceeded (2142) */
  | 'cardLimit'
  /** the order is open on a till, or locked by another program (2219, 2129) */
  | 'orderLocked'
  /** the visit is closed (2128) */
  | 'visitClosed'
  /** the common shift is closing or has been open for too long: every request fails until that is over (2172, 2133) */
  | 'shiftClosing'
  /** FarCards or the card system behind it cannot be reached */
  | 'cardSystemDown'
  /** another discount stands on the order and no composition joins them */
  | 'discountConflict'
  /** the role of the user may not do this: a guess by the words, the vendor publishes no text and no number for it */
  | 'noRights'
  /** a licence or its sequence number (5305, 5310) */
  | 'licence'
  /** the server does not know the command: an older version, or the wrong kind of server */
  | 'unknownCommand'
  /** an object of the query is not in the reference books, or a part of the query is missing: the set-up is wrong */
  | 'badReference'
  | 'other';

export interface Rk7Fault {
  readonly kind: Rk7FaultKind;
  readonly status: string;
  /** RK7ErrorN, where the server gave one. */
  readonly number: number | undefined;
  /** The server's own words: foreign text that may hold a card number. Never into a journal or a reason. */
  readonly text: string;
}

/** Numbers as seen on 7.6 to 7.26 servers and in public clients; the vendor publishes no list. */
const BY_NUMBER: Readonly<Record<number, Rk7FaultKind>> = {
  2128: 'visitClosed',
  2129: 'orderLocked',
  2133: 'shiftClosing',
  2142: 'cardLimit',
  2172: 'shiftClosing',
  2219: 'orderLocked',
  3813: 'cardRefused',
  5305: 'licence',
  5310: 'licence',
};

/** What is told by its text alone. Texts come in the language of the server: Russian or English. */
const BY_TEXT: readonly (readonly [RegExp, Rk7FaultKind])[] = [
  [/UCSERR\((2172|2133)\)/i, 'shiftClosing'],
  [/UCSERR\(2219\)|заблокирован[а-я]* другим ключом|не получается заблокировать/i, 'orderLocked'],
  [/UCSERR\(2128\)|визит\s+\d+\s+закрыт/i, 'visitClosed'],
  [/ошибка отправки данных на|error sending data to/i, 'cardSystemDown'],
  [/не найдена композиция для скидки|discount composition/i, 'discountConflict'],
  [/недостаточно прав|нет прав[а ]|access denied|(?:not enough|insufficient) rights|permission denied/i, 'noRights'],
  [/bad license anchor|licen[sc]e/i, 'licence'],
  [/unknown command/i, 'unknownCommand'],
  [/child element .+ not found|attribute .+ is not found|не найден элемент .+ в коллекции/i, 'badReference'],
];

export function faultOf(said: { readonly status: string; readonly number: number | undefined; readonly text: string }): Rk7Fault {
  const { status, number } = said;
  const text = said.text.slice(0, MAX_TEXT);
  const kind = (number === undefined ? undefined : BY_NUMBER[number]) ?? BY_TEXT.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
  return { kind, status, number, text };
}

/** A hostile text may be a megabyte long. */
const MAX_TEXT = 2000;
