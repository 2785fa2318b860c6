import type { Language } from '@tillbridge/core';
import type { CardProblem, CodeProblem } from '../card-row.js';

/** Why a line was not imported: a word, never a piece of the line. */
export type BadLineReason =
  | CodeProblem
  | CardProblem
  | 'columns'
  | 'quote'
  | 'encoding'
  | 'tooLong'
  | 'kind'
  | 'state'
  | 'expires'
  | 'json'
  | 'keys'
  | 'type';

export interface BadLine {
  /** 1-based line of the file where the row begins; the header is line 1. */
  readonly line: number;
  readonly reason: BadLineReason;
}

const TEXTS: Readonly<Record<BadLineReason, Readonly<Record<Language, string>>>> = {
  columns: { en: 'it does not have as many columns as the header', ru: 'число столбцов не такое, как в заголовке' },
  quote: { en: 'a quotation mark is not closed, or stands in the middle of a field', ru: 'кавычка не закрыта или стоит внутри поля' },
  encoding: { en: 'it is not valid UTF-8', ru: 'это не UTF-8' },
  tooLong: { en: 'it is longer than 64 KiB', ru: 'она длиннее 64 КиБ' },
  codeEmpty: { en: 'the code is empty', ru: 'код пуст' },
  codeTooLong: { en: 'the code is longer than 512 characters', ru: 'код длиннее 512 символов' },
  codeCharacters: { en: 'the code holds a NUL or a broken character', ru: 'в коде есть NUL или повреждённый символ' },
  cardEmpty: { en: 'the card number is empty', ru: 'номер карты пуст' },
  cardTooLong: { en: 'the card number is longer than 256 characters', ru: 'номер карты длиннее 256 символов' },
  cardCharacters: { en: 'the card number holds control characters', ru: 'в номере карты есть управляющие символы' },
  kind: { en: 'kind is none of card, coupon, phone', ru: 'kind — не card, coupon или phone' },
  state: { en: 'state is none of active, inactive, blocked', ru: 'state — не active, inactive или blocked' },
  expires: { en: 'expires is not a date of ISO 8601', ru: 'expires — не дата по ISO 8601' },
  json: { en: 'it is not a JSON object', ru: 'это не объект JSON' },
  keys: { en: 'it has a key other than code, card, kind, state, expires', ru: 'есть ключ кроме code, card, kind, state, expires' },
  type: { en: 'a value is not a text in quotation marks (numbers lose leading zeros)', ru: 'значение не строка в кавычках (числа теряют ведущие нули)' },
};

/** The reason as a sentence for people. */
export function badLineText(reason: BadLineReason, language: Language): string {
  return TEXTS[reason][language];
}

/** Keeps the first `keep` bad lines and counts all, so that a file of nothing but bad lines needs no memory. */
export class BadLines {
  readonly first: BadLine[] = [];
  count = 0;
  readonly #keep: number;

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(line: number, reason: BadLineReason): void {
    this.count += 1;
    if (this.first.length < this.#keep) this.first.push({ line, reason });
  }
}
