/** What can be made to go wrong at the simulated cash server. All of it happens at real ones. */
export interface RkeeperFaults {
  /** FarCards or the card system behind it is down. */
  cardSystemDown: boolean;
  /** How long the card system takes, in milliseconds; up to 120,000 at real ones. */
  cardLatencyMs: number;
  /** How many of the next changing commands are carried out and then answered by a dropped connection. */
  dropAfterWork: number;
  /** How many of the next commands are dropped without having been carried out. */
  dropBeforeWork: number;
  /** Takes requests and never answers. */
  silent: boolean;
  /** The common shift is closing: everything fails. */
  shiftClosing: boolean;
  /** Says Ok and does nothing. */
  ignoreCards: boolean;
  /** Licence refusal of the card commands. */
  licence: boolean;
  /** Every order counts as one of a closed visit. */
  visitClosed: boolean;
  /** What is answered instead of the truth. */
  answer: 'normal' | 'garbage' | 'huge' | 'doctype' | 'html' | 'hostileError' | 'unknownElements' | 'truncated';
  /** How answers are encoded. */
  charset: 'utf-8' | 'windows-1251';
  /** Every GetCardInfo or ApplyPersonalCard of a card that is on the order already: taken once more, or refused. */
  repeatedApply: 'ok' | 'refuse';
}

export function noFaults(): RkeeperFaults {
  return {
    cardSystemDown: false,
    cardLatencyMs: 0,
    dropAfterWork: 0,
    dropBeforeWork: 0,
    silent: false,
    shiftClosing: false,
    ignoreCards: false,
    licence: false,
    visitClosed: false,
    answer: 'normal',
    charset: 'utf-8',
    repeatedApply: 'ok',
  };
}
