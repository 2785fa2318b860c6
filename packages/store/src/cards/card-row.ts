import { NUMBER_KINDS, numberProblem, type Masked, type NumberKind } from '@tillbridge/core';

export type CardState = 'active' | 'inactive' | 'blocked';

export const CARD_STATES: readonly CardState[] = ['active', 'inactive', 'blocked'];

/** Upper bound of a code, in UTF-16 units. */
export const MAX_CODE_LENGTH = 512;

/** What the table says about a code. */
export interface CardRow {
  /** The native number, exactly as it was imported. */
  readonly card: Masked;
  readonly kind: NumberKind;
  readonly state: CardState;
  /** Unix time in milliseconds from which the code counts as expired; undefined: never. */
  readonly expires?: number;
}

/** A row with its code. */
export interface CardEntry extends CardRow {
  readonly code: Masked;
}

/** A row to add, in clear. */
export interface NewCard {
  readonly code: string;
  readonly card: string;
  /** Default `card`. */
  readonly kind?: NumberKind;
  /** Default `active`. */
  readonly state?: CardState;
  /** Unix time in milliseconds. */
  readonly expires?: number;
}

export type CodeProblem = 'codeEmpty' | 'codeTooLong' | 'codeCharacters';
export type CardProblem = 'cardEmpty' | 'cardTooLong' | 'cardCharacters';

/**
 * Why a text cannot be a code of the table, or undefined when it can. Control characters are allowed (a GS1 code holds GS, a QR may hold
 * line ends); NUL and lone surrogates are not, because SQLite text cannot hold them exactly.
 */
export function codeProblem(code: string): CodeProblem | undefined {
  if (code === '') return 'codeEmpty';
  if (code.length > MAX_CODE_LENGTH) return 'codeTooLong';
  if (code.includes('\0') || !wellFormed(code)) return 'codeCharacters';
  return undefined;
}

const CARD_PROBLEMS = { empty: 'cardEmpty', tooLong: 'cardTooLong', controlCharacters: 'cardCharacters' } as const;

export function cardProblem(card: string): CardProblem | undefined {
  const problem = numberProblem(card);
  if (problem !== undefined) return CARD_PROBLEMS[problem];
  return wellFormed(card) ? undefined : 'cardCharacters';
}

/** No lone surrogate: one would come back from UTF-8 as U+FFFD, which is another code. */
function wellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

// The file keeps kind and state as small integers: SQLite stores 0 and 1 in no bytes at all. Their order is part of the file format.
export const kindNumber = (kind: NumberKind): number => NUMBER_KINDS.indexOf(kind);
export const stateNumber = (state: CardState): number => CARD_STATES.indexOf(state);
export const kindOf = (value: unknown): NumberKind | undefined => NUMBER_KINDS[Number(value)];
export const stateOf = (value: unknown): CardState | undefined => CARD_STATES[Number(value)];
