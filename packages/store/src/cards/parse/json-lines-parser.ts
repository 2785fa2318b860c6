import type { BadLineReason } from './bad-line.js';
import type { CardParser } from './csv-parser.js';
import { COLUMNS } from './header.js';
import type { RowReader, RowSink } from './row-reader.js';
import { MAX_LINE_BYTES, type TextBlock } from './text-blocks.js';

const KEYS: ReadonlySet<string> = new Set(COLUMNS);

/** Card files as JSON Lines (jsonlines.org): one object a line with the keys of the CSV columns, every value a string. */
export class JsonLinesParser implements CardParser {
  readonly #rows: RowReader;
  readonly #sink: RowSink;
  #line = 1;

  constructor(rows: RowReader, sink: RowSink) {
    this.#rows = rows;
    this.#sink = sink;
  }

  push(block: TextBlock): void {
    const { text, flaws } = block;
    const first = this.#line;
    for (let position = 0; position < text.length; ) {
      const feed = text.indexOf('\n', position);
      const end = feed < 0 ? text.length : feed;
      const number = this.#line++;
      const flaw = flaws.size === 0 ? undefined : flaws.get(number - first);
      if (flaw !== undefined) this.#sink.bad(number, flaw);
      else if (end - position > MAX_LINE_BYTES) this.#sink.bad(number, 'tooLong');
      else this.#read(number, text.slice(position, end));
      position = end + 1;
    }
  }

  end(): void {
    // every block is whole lines: nothing is kept
  }

  #read(number: number, line: string): void {
    if (line === '' || line.trim() === '') return;
    const object = parse(line);
    if (object === undefined) {
      this.#sink.bad(number, 'json');
      return;
    }
    const problem = problemOf(object);
    if (problem !== undefined) {
      this.#sink.bad(number, problem);
      return;
    }
    const { code, card, kind, state, expires } = object as Readonly<Record<string, string | null | undefined>>;
    this.#rows.read(number, code ?? '', card ?? '', kind ?? '', state ?? '', expires ?? '');
  }
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    // JSON.parse quotes the text in its message: only the reason goes on
    return undefined;
  }
}

function problemOf(object: Readonly<Record<string, unknown>>): BadLineReason | undefined {
  for (const [key, value] of Object.entries(object)) {
    if (!KEYS.has(key)) return 'keys';
    // a number would have lost its leading zeros, or its last digits, before anybody could see it
    if (typeof value !== 'string' && value !== null) return 'type';
  }
  return undefined;
}
