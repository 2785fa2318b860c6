import type { BadLineReason } from './bad-line.js';
import { csvRecord } from './csv-record.js';
import { delimiterOf, headerOf, wrong, type Delimiter, type Header } from './header.js';
import type { RowReader, RowSink } from './row-reader.js';
import { MAX_LINE_BYTES, type TextBlock } from './text-blocks.js';

/** A format of card files: takes blocks of whole lines, hands rows and bad lines on as they come. */
export interface CardParser {
  push(block: TextBlock): void;
  end(): void;
}

/**
 * Card files as CSV (RFC 4180; comma or semicolon; CR LF or LF). Own code and not a library for one reason: a quotation mark that is never
 * closed costs its own line here, where csv-parse 7 takes everything up to the next mark for one field; it also is 5 times as fast.
 */
export class CsvParser implements CardParser {
  readonly #path: string;
  readonly #rows: RowReader;
  readonly #sink: RowSink;
  #header: Header | undefined;
  #delimiter: Delimiter = ',';
  /** The beginning of a record whose quoted field goes on in the next block. */
  #carry = '';
  /** The line at which the text in hand begins. */
  #line = 1;
  readonly #flaws = new Map<number, BadLineReason>();

  constructor(path: string, rows: RowReader, sink: RowSink) {
    this.#path = path;
    this.#rows = rows;
    this.#sink = sink;
  }

  push(block: TextBlock): void {
    if (block.flaws.size > 0) {
      const first = this.#line + lineFeeds(this.#carry);
      for (const [index, reason] of block.flaws) this.#flaws.set(first + index, reason);
    }
    this.#parse(this.#carry + block.text, false);
  }

  end(): void {
    this.#parse(this.#carry, true);
    if (this.#header === undefined) throw wrong(this.#path, 'the file is empty');
  }

  #parse(text: string, final: boolean): void {
    const anyQuote = text.includes('"');
    let position = 0;
    while (position < text.length) {
      const feed = text.indexOf('\n', position);
      const end = feed < 0 ? text.length : feed;
      const line = text.slice(position, text.charCodeAt(end - 1) === 0x0d && end > position ? end - 1 : end);
      if (anyQuote && line.includes('"') && line.length <= MAX_LINE_BYTES) {
        const next = this.#quoted(text, position, final);
        if (next === undefined) break;
        position = next;
      } else {
        this.#plain(line);
        position = end + 1;
      }
    }
    this.#carry = text.slice(position);
  }

  #plain(line: string): void {
    const number = this.#line++;
    const flaw = this.#flaws.size === 0 ? undefined : this.#takeFlaw(number, 1);
    if (flaw !== undefined) this.#bad(number, flaw);
    else if (line.length > MAX_LINE_BYTES) this.#bad(number, 'tooLong');
    else if (line !== '') this.#record(number, this.#header === undefined ? this.#split(line) : line.split(this.#delimiter));
  }

  /** A line with quotation marks; returns where the next one begins, or undefined to wait for more text. */
  #quoted(text: string, start: number, final: boolean): number | undefined {
    const feed = text.indexOf('\n', start);
    const nextLine = feed < 0 ? text.length : feed + 1;
    if (this.#header === undefined) this.#delimiter = delimiterOf(text.slice(start, nextLine));
    const result = csvRecord(text, start, this.#delimiter, MAX_LINE_BYTES);
    if (result === 'open' && !final) return undefined;
    if (typeof result === 'string') {
      // the line is lost, what follows it is not: the next line is read on its own
      const number = this.#line++;
      this.#bad(number, this.#takeFlaw(number, 1) ?? 'quote');
      return nextLine;
    }
    const lines = result.next <= nextLine ? 1 : lineFeeds(text.slice(start, result.next));
    const number = this.#line;
    const flaw = this.#flaws.size === 0 ? undefined : this.#takeFlaw(number, lines);
    this.#line += lines;
    if (flaw === undefined) this.#record(number, result.fields);
    else this.#bad(number, flaw);
    return result.next;
  }

  #split(line: string): readonly string[] {
    this.#delimiter = delimiterOf(line);
    return line.split(this.#delimiter);
  }

  #record(line: number, fields: readonly string[]): void {
    const header = this.#header;
    if (header === undefined) {
      this.#header = headerOf(fields, this.#path);
      return;
    }
    if (fields.length !== header.width) {
      this.#sink.bad(line, 'columns');
      return;
    }
    const [code, card, kind, state, expires] = header.order;
    this.#rows.read(line, fields[code] ?? '', fields[card] ?? '', fields[kind] ?? '', fields[state] ?? '', fields[expires] ?? '');
  }

  #bad(line: number, reason: BadLineReason): void {
    if (this.#header === undefined) throw wrong(this.#path, `line ${String(line)} cannot be read as a header`);
    this.#sink.bad(line, reason);
  }

  #takeFlaw(line: number, lines: number): BadLineReason | undefined {
    let found: BadLineReason | undefined;
    for (let at = line; at < line + lines && this.#flaws.size > 0; at += 1) {
      found ??= this.#flaws.get(at);
      this.#flaws.delete(at);
    }
    return found;
  }
}

function lineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
