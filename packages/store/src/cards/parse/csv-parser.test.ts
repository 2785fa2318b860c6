import { parse as referenceParse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BadLineReason } from './bad-line.js';
import { CsvParser } from './csv-parser.js';
import { RowReader } from './row-reader.js';
import { TextBlocks } from './text-blocks.js';

interface Parsed {
  readonly rows: (readonly [code: string, card: string, kind: number, state: number, expires: number | null])[];
  readonly bad: (readonly [line: number, reason: BadLineReason])[];
}

/** Parses in pieces of the given sizes (repeated), as a file would come. */
function parse(file: string | Buffer, pieces: readonly number[] = [1 << 20]): Parsed {
  const parsed: Parsed = { rows: [], bad: [] };
  const sink = { row: (...row: Parsed['rows'][number]) => void parsed.rows.push(row), bad: (...line: Parsed['bad'][number]) => void parsed.bad.push(line) };
  const parser = new CsvParser('cards.csv', new RowReader(sink), sink);
  const blocks = new TextBlocks();
  const bytes = Buffer.from(file);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = pieces[turn % pieces.length] ?? 1;
    const block = blocks.push(bytes.subarray(at, at + size));
    if (block !== undefined) parser.push(block);
    at += size;
  }
  const last = blocks.end();
  if (last !== undefined) parser.push(last);
  parser.end();
  return parsed;
}

const codesOf = (parsed: Parsed): string[] => parsed.rows.map(([code, card]) => `${code}>${card}`);

describe('CSV card files', () => {
  test('every column, in any order, comma or semicolon, CR LF or LF, with and without a byte order mark', () => {
    const expected = [['007', '0042', 2, 1, Date.UTC(2030, 0, 2, 3, 4, 5)], ['8', '9', 0, 0, null]];
    expect(parse('code,card,kind,state,expires\n007,0042,phone,inactive,2030-01-02T03:04:05Z\n8,9,,,\n').rows).toEqual(expected);
    expect(parse('\ufeffState;Expires; CARD;kind;code\r\ninactive;2030-01-02T03:04:05Z;0042;PHONE;007\r\n;;9;;8').rows).toEqual(expected);
  });

  test('only code and card are needed', () => {
    expect(parse('card,code\nB,A').rows).toEqual([['A', 'B', 0, 0, null]]);
  });

  test('quoted fields hold delimiters, quotes and line ends; lines are counted by the file', () => {
    const parsed = parse('"code","card"\n"a,b","1"\n"line one\nline two\r\nand ""three""",2\nx,\n');
    expect(codesOf(parsed)).toEqual(['a,b>1', 'line one\nline two\r\nand "three">2']);
    expect(parsed.bad).toEqual([[6, 'cardEmpty']]);
  });

  test('a quotation mark that is never closed costs its own line only', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `c${String(i)},${String(i)}`).join('\n');
    const alone = parse(`code,card\n"a,1\n${many}\n`, [1000]);
    expect(alone.bad).toEqual([[2, 'quote']]);
    expect(alone.rows).toHaveLength(3000);
    const beforeQuoted = parse('code,card\n"a,1\nb,2\n"c",3\nd"e,4\n"f"g,5\nh,6\n');
    expect(beforeQuoted.bad).toEqual([[2, 'quote'], [5, 'quote'], [6, 'quote']]);
    expect(codesOf(beforeQuoted)).toEqual(['b>2', 'c>3', 'h>6']);
  });

  test('bad lines are named with their number and why', () => {
    const lines = ['code,card,kind,state,expires', 'a', 'a,1,,,,', ',1,,,', 'a,,,,', 'a,1,person,,', 'a,1,,sleeping,', 'a,1,,,31.12.2030', 'a,1,,,2030-02-30',
      `${'x'.repeat(513)},1,,,`, `a,${'1'.repeat(257)},,,`, 'a,1\t2,,,', 'a\0b,1,,,', '', 'ok,1,,,'];
    const parsed = parse(lines.join('\n'));
    expect(parsed.bad).toEqual([
      [2, 'columns'], [3, 'columns'], [4, 'codeEmpty'], [5, 'cardEmpty'], [6, 'kind'], [7, 'state'], [8, 'expires'], [9, 'expires'],
      [10, 'codeTooLong'], [11, 'cardTooLong'], [12, 'cardCharacters'], [13, 'codeCharacters'],
    ]);
    expect(codesOf(parsed)).toEqual(['ok>1']);
  });

  test('a line that is not UTF-8 is named, its neighbours are read; also inside a quoted field', () => {
    const file = Buffer.concat([
      Buffer.from('code,card\nпривет,1\n'), Buffer.from([0xef, 0xf0, 0xe8]), Buffer.from(',2\nc,3\n"d\n'), Buffer.from([0xff, 0x0a]), Buffer.from('e",5\nf,6'),
    ]);
    for (const pieces of [[1 << 20], [1], [7], [3, 11]]) {
      const parsed = parse(file, pieces);
      expect(codesOf(parsed)).toEqual(['привет>1', 'c>3', 'f>6']);
      expect(parsed.bad.map(([line]) => line)).toEqual([3, 5]);
      expect(parsed.bad[0]).toEqual([3, 'encoding']);
    }
  });

  test('a line without an end does not need memory: it is cut, named and skipped', () => {
    const parsed = parse(`code,card\na,1\n${'y'.repeat(3_000_000)}\nb,2\n${'z'.repeat(3_000_000)}`, [65_536]);
    expect(parsed.bad).toEqual([[3, 'tooLong'], [5, 'tooLong']]);
    expect(codesOf(parsed)).toEqual(['a>1', 'b>2']);
    expect(parse(`code,card\n${'y'.repeat(100_000)}\nb,2\n`).bad).toEqual([[2, 'tooLong']]);
  });

  test.each([
    ['code,card,colour,x1234567890123', /unknown column\(s\) "colour", "\*\*\*\*0123"/],
    ['code,kind', /missing column\(s\) card/],
    ['code,card,card', /repeated column\(s\) card/],
    ['', /empty/],
    ['"code,card', /line 1 cannot be read/],
    ['code\tcard', /unknown column/],
  ])('the header %j is refused', (header, message) => {
    expect(() => parse(header === '' ? '' : `${header}\na,1\n`)).toThrow(message);
  });

  test('a file without a header does not show its first row', () => {
    expect(() => parse('9812345678901234,2123456789012\n')).toThrow(/^(?!.*(9812345678|21234567)).*\*\*\*\*1234.*$/);
  });

  const field = fc.string({ unit: fc.constantFrom('a', 'b', '0', ' ', ',', ';', '"', '\n', '\r', '\t', 'é', '€', '💳'), minLength: 1, maxLength: 8 });
  const document = fc.record({
    rows: fc.array(fc.tuple(field, fc.stringMatching(/^[0-9A-Za-z ,;"]{1,8}$/)), { maxLength: 20 }),
    delimiter: fc.constantFrom(',', ';'),
    ending: fc.constantFrom('\n', '\r\n'),
    quoteAll: fc.boolean(),
    pieces: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
  });

  test('reads what csv-parse reads, however the file is cut', () => {
    fc.assert(
      fc.property(document, ({ rows, delimiter, ending, quoteAll, pieces }) => {
        const quote = (text: string): string => (quoteAll || /[,;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const file = [['code', 'card'], ...rows].map((row) => row.map(quote).join(delimiter) + ending).join('');
        const reference = referenceParse(file, { delimiter, from_line: 2, record_delimiter: ending });
        const parsed = parse(file, pieces);
        expect(parsed.bad).toEqual([]);
        expect(parsed.rows.map(([code, card]) => [code, card])).toEqual(reference);
        expect(parsed.rows.map(([code, card]) => [code, card])).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  test('garbage never throws once the header stands, names no line twice, and is the same however it is cut', () => {
    const garbage = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte < 90 ? (Buffer.from('a,"\n')[byte % 4] ?? byte) : byte))));
    fc.assert(
      fc.property(garbage, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }), (bytes, pieces) => {
        const file = Buffer.concat([Buffer.from('code,card\n'), bytes, Buffer.from('\nlast,1\n')]);
        const whole = parse(file);
        expect(parse(file, pieces)).toEqual(whole);
        const lines = whole.bad.map(([line]) => line);
        expect(new Set(lines).size).toBe(lines.length);
      }),
      { numRuns: 300 },
    );
  });
});
