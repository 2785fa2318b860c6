import { expect, test } from 'vitest';
import type { BadLineReason } from './bad-line.js';
import { JsonLinesParser } from './json-lines-parser.js';
import { RowReader } from './row-reader.js';
import { TextBlocks } from './text-blocks.js';

function parse(file: string): { rows: unknown[][]; bad: [number, BadLineReason][] } {
  const rows: unknown[][] = [];
  const bad: [number, BadLineReason][] = [];
  const sink = { row: (...row: unknown[]) => void rows.push(row), bad: (line: number, reason: BadLineReason) => void bad.push([line, reason]) };
  const parser = new JsonLinesParser(new RowReader(sink), sink);
  const blocks = new TextBlocks();
  for (const block of [blocks.push(Buffer.from(file)), blocks.end()]) if (block !== undefined) parser.push(block);
  return { rows, bad };
}

test('the keys of the CSV columns, strings only', () => {
  const file = [
    '{"code":"0007","card":"0042","kind":"coupon","state":"blocked","expires":"2030-01-01T00:00:00Z"}',
    '  ',
    '{"card":"12345678901234567890","code":"\\u001dGS","state":null}\r',
  ].join('\n');
  expect(parse(file)).toEqual({ rows: [['0007', '0042', 1, 2, Date.UTC(2030, 0, 1)], ['\u001dGS', '12345678901234567890', 0, 0, null]], bad: [] });
});

test.each<[string, BadLineReason]>([
  ['{"code":7,"card":"1"}', 'type'],
  ['{"code":"7","card":12345678901234567890}', 'type'],
  ['{"code":"7"}', 'cardEmpty'],
  ['{"code":"7","card":"1","note":"x"}', 'keys'],
  ['{"code":"7","card":"1","__proto__":"x"}', 'keys'],
  ['["7","1"]', 'json'],
  ['{"code":"7"', 'json'],
  ['null', 'json'],
  ['{"code":"\\ud800","card":"1"}', 'codeCharacters'],
  [`{"code":"${'7'.repeat(70_000)}","card":"1"}`, 'tooLong'],
])('%.40s is a bad line', (line, reason) => {
  const parsed = parse(`{"code":"a","card":"1"}\n${line}\n{"code":"b","card":"2"}`);
  expect(parsed.bad).toEqual([[2, reason]]);
  expect(parsed.rows).toHaveLength(2);
});
