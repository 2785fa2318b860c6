import type { BadLineReason } from './bad-line.js';
import type { RowReader, RowSink } from './row-reader.js';

/** Largest JSON document, in bytes: it has to be in memory whole. Larger tables come as CSV or JSON Lines. */
export const MAX_DOCUMENT_BYTES = 67_108_864;

/** Where the rows of a JSON document are, and their columns in each of them: dotted paths. */
export interface JsonMapping {
  /** Path of the list; empty: the document is the list. */
  readonly rows: string;
  readonly code: string;
  readonly card: string;
  readonly kind?: string;
  readonly state?: string;
  readonly expires?: string;
}

/**
 * Rows of a JSON document, in its order; the "line" of a bad one is its position from 1. A number is taken where no digit of it can have
 * been lost. Gives what is wrong with the document, never a piece of it.
 */
export function readJsonDocument(bytes: Uint8Array, mapping: JsonMapping, rows: RowReader, sink: Pick<RowSink, 'bad'>): string | undefined {
  const document = parse(bytes);
  if (document === undefined) return 'it is not whole, valid JSON in UTF-8';
  const list = at(document.value, mapping.rows);
  if (!Array.isArray(list)) return `there is no list at ${mapping.rows === '' ? 'its top' : mapping.rows}`;
  (list as readonly unknown[]).forEach((row, index) => {
    const problem = readRow(row, index + 1, mapping, rows);
    if (problem !== undefined) sink.bad(index + 1, problem);
  });
  return undefined;
}

function readRow(row: unknown, line: number, mapping: JsonMapping, rows: RowReader): BadLineReason | undefined {
  if (typeof row !== 'object' || row === null) return 'json';
  const { code, card, kind, state, expires } = mapping;
  const texts = [code, card, kind, state, expires].map((path) => (path === undefined ? '' : textOf(at(row, path))));
  const [codeText, cardText, kindText, stateText, expiresText] = texts;
  if (codeText === undefined || cardText === undefined || kindText === undefined || stateText === undefined || expiresText === undefined) return 'type';
  rows.read(line, codeText, cardText, kindText, stateText, expiresText);
  return undefined;
}

function parse(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    // its message quotes the document
    return undefined;
  }
}

function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[name];
  }
  return here;
}

/** Missing and null are empty; undefined: neither a text nor a number that can be trusted. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}
