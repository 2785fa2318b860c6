import { maskText, TillbridgeError } from '@tillbridge/core';

/** The columns of a card file, in the order in which {@link RowReader} takes them. */
export const COLUMNS = ['code', 'card', 'kind', 'state', 'expires'] as const;

/** Where each of {@link COLUMNS} stands in a row; -1: not in this file. */
export type ColumnOrder = readonly [code: number, card: number, kind: number, state: number, expires: number];

export interface Header {
  readonly order: ColumnOrder;
  readonly width: number;
}

export const DELIMITERS = [',', ';'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter of a header line: the one that stands in it more often; a comma where there is neither. */
export function delimiterOf(line: string): Delimiter {
  return line.split(';').length > line.split(',').length ? ';' : ',';
}

/** @throws {TillbridgeError} `TB_TRANSLATE_IMPORT_HEADER` for unknown, repeated or missing columns. */
export function headerOf(names: readonly string[], path: string): Header {
  const clean = names.map((name) => name.trim().toLowerCase());
  const known: readonly string[] = COLUMNS;
  const unknown = names.filter((_, index) => !known.includes(clean[index] ?? ''));
  if (unknown.length > 0) throw wrong(path, `unknown column(s) ${unknown.slice(0, 10).map(shown).join(', ')}`);
  const repeated = clean.filter((name, index) => clean.indexOf(name) !== index);
  if (repeated.length > 0) throw wrong(path, `repeated column(s) ${repeated.join(', ')}`);
  const missing = ['code', 'card'].filter((name) => !clean.includes(name));
  if (missing.length > 0) throw wrong(path, `missing column(s) ${missing.join(', ')}`);
  const [code, card, kind, state, expires] = COLUMNS.map((name) => clean.indexOf(name)) as [number, number, number, number, number];
  return { order: [code, card, kind, state, expires], width: names.length };
}

export function wrong(path: string, problem: string): TillbridgeError {
  return new TillbridgeError('TB_TRANSLATE_IMPORT_HEADER', { path, problem });
}

/** A file without a header shows a card's row in its place: what does not look like a column's name is masked. */
function shown(name: string): string {
  return /^[\p{L}_ -]{1,40}$/u.test(name.trim()) ? `"${name.trim()}"` : `"${maskText(name.trim())}"`;
}
