import { numberOf, universal } from '../../support/shop.js';

/** The readers that people use, and a program that hands its scans over the API. */
export const READERS = ['left', 'right', 'net', 'hall'] as const;
export type ReaderId = (typeof READERS)[number];
export const SOURCES = [...READERS, 'program'] as const;
export type Source = (typeof SOURCES)[number];

export type TillId = 'front' | 'back' | 'hall';
/** Where goods of a reader go. */
export const GOODS_TILL: Readonly<Record<ReaderId, 'front' | 'back'>> = { left: 'front', net: 'front', right: 'back', hall: 'back' };
/** Where its loyalty numbers go. */
export const LOYALTY_TILL: Readonly<Record<Source, TillId>> = { left: 'front', net: 'front', right: 'back', hall: 'hall', program: 'front' };

/** `platform`: a card whose number a loyalty platform has to be asked for. */
export type LoyaltyKind = 'card' | 'phone' | 'platform';

/** Above this the last four digits, which are all that a journal shows, would name two scans of one reader. */
export const MOST_LOYALTY = 10_000;

const GS = '\u001d';
const digit = (source: Source): string => String(SOURCES.indexOf(source) + 1);
const padded = (n: number, length: number): string => String(n).padStart(length, '0');

/** A read as the scanner sends it, its terminator included. Marked goods have separators inside and end with CR LF. */
export function goodsRead(reader: ReaderId, n: number, marked: boolean): string {
  return marked ? `010460123456789321${digit(reader)}${padded(n, 9)}${GS}91EE06${GS}92dGVzdA==\r\n` : `46${digit(reader)}${padded(n, 9)}\r`;
}

export interface LoyaltyCode {
  readonly code: string;
  /** What the till has to get. */
  readonly number: string;
}

/** The `n`th loyalty code of a source: nobody else's, and shown once. */
export function loyaltyCode(source: Source, kind: LoyaltyKind, n: number): LoyaltyCode {
  if (kind === 'phone') return { code: `+79${digit(source)}${padded(n, 8)}`, number: `89${digit(source)}${padded(n, 8)}` };
  if (kind === 'platform') return { code: `96${digit(source)}${padded(n, 11)}`, number: `7${digit(source)}${padded(n, 11)}` };
  const code = universal(SOURCES.indexOf(source) * 100_000_000 + n);
  return { code, number: numberOf(code) };
}

/** What came out at a till, one frame of it. */
export type Frame =
  | { readonly is: 'goods'; readonly reader: ReaderId; readonly n: number }
  | { readonly is: 'number'; readonly number: string }
  /** A loyalty code as it was read: it was not taken for loyalty, and passed as goods. */
  | { readonly is: 'code'; readonly code: string }
  | { readonly is: 'other'; readonly text: string };

const PLAIN = /^46([1-4])(\d{9})\r$/;
const MARKED = new RegExp(`^010460123456789321([1-4])(\\d{9})${GS}91EE06${GS}92dGVzdA==\r\n$`);
const NUMBER = /^(?:2\d{12}|7[1-5]\d{11}|89[1-5]\d{8})\r$/;
const CODE = /^(?:98100\d{11}|96[1-5]\d{11}|\+79[1-5]\d{8})\r$/;

/** Reads one frame, its terminator included. */
export function readFrame(text: string): Frame {
  const goods = PLAIN.exec(text) ?? MARKED.exec(text);
  if (goods !== null) return { is: 'goods', reader: READERS[Number(goods[1]) - 1]!, n: Number(goods[2]) };
  if (NUMBER.test(text)) return { is: 'number', number: text.slice(0, -1) };
  if (CODE.test(text)) return { is: 'code', code: text.slice(0, -1) };
  return { is: 'other', text };
}

/** Whether a text can be what is left of a read of ours that was cut in two. */
export function isPieceOfRead(text: string): boolean {
  const wholes = [`01046012345678932100000000000${GS}91EE06${GS}92dGVzdA==\r\n`, '46000000000000\r', `98${'0'.repeat(14)}\r`, `+${'0'.repeat(11)}\r`];
  const shape = text.replace(/\d/g, '0');
  return wholes.some((whole) => whole.replace(/\d/g, '0').includes(shape));
}
