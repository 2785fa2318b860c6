import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutcomeName } from '@tillbridge/core';
import { rowOf } from './entry-row.js';
import { captured, codeOf, delivering, ended, NOON, scanRows, temporaryFolder, writerOn } from './fixture.js';
import { correlator } from './keys.js';
import { scanEntries, searchJournal, type JournalSearch } from './search.js';

let place: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  place = temporaryFolder();
});
afterEach(() => place.dispose());

const search = (query: Partial<JournalSearch> = {}): readonly string[] => searchJournal(place.folder, { limit: 100, ...query }).rows.map(({ scanId }) => scanId);

function fill(): void {
  const correlate = correlator(new Uint8Array(32));
  const { writer } = writerOn(place.folder);
  writer.append(scanRows(1, 20), NOON);
  const other = (scan: number, outcome: OutcomeName, reason: string): void => {
    const end = { ...ended(scan, outcome), reader: 'tap', till: 'bar', outcome: { outcome, reason } };
    writer.append([captured(scan), delivering(scan), end].map((entry) => rowOf(entry, correlate, NOON)), NOON);
  };
  other(21, 'rejected', 'Порт Не Открыт');
  other(22, 'notFound', "x'; DROP TABLE entries; --");
  writer.close(NOON);
}

describe('a search of the journal', () => {
  test('of none that is there finds nothing', () => {
    expect(searchJournal(place.folder, { limit: 10 })).toEqual({ rows: [], next: null });
    expect(scanEntries(place.folder, 's1', 1)).toEqual([]);
  });

  test('gives the newest first, in pages that leave nothing out', () => {
    fill();
    const seen: string[] = [];
    let before: number | undefined;
    let pages = 0;
    do {
      const page = searchJournal(place.folder, { limit: 7, ...(before === undefined ? {} : { before }) });
      seen.push(...page.rows.map(({ scanId }) => scanId));
      before = page.next ?? undefined;
      pages += 1;
    } while (before !== undefined);
    expect(seen).toEqual(Array.from({ length: 22 }, (_, i) => `s${String(22 - i)}`));
    expect(pages).toBe(4);
  });

  test('keeps to time, outcome, reader, till and text, all at once', () => {
    fill();
    expect(search({ since: NOON + 21 })).toEqual(['s22', 's21']);
    expect(search({ until: NOON + 3 })).toEqual(['s2', 's1']);
    expect(search({ since: NOON + 5, until: NOON + 7 })).toEqual(['s6', 's5']);
    expect(search({ since: NOON + 500 })).toEqual([]);
    expect(search({ until: 0 })).toEqual([]);
    expect(search({ outcome: 'rejected' })).toEqual(['s21']);
    expect(search({ reader: 'tap' })).toEqual(['s22', 's21']);
    expect(search({ till: 'bar', outcome: 'notFound' })).toEqual(['s22']);
    expect(search({ text: 'порт не' })).toEqual(['s21']);
    expect(search({ text: 'S2' })).toEqual(['s22', 's21', 's20', 's2']);
    expect(search({ text: 's2', till: 'front' })).toEqual(['s20', 's2']);
  });

  test('takes hostile text for text', () => {
    fill();
    expect(search({ text: "'; drop table" })).toEqual(['s22']);
    expect(search({ reader: "tap' OR '1'='1" })).toEqual([]);
    expect(search({ text: '%' })).toEqual([]);
    expect(search()).toHaveLength(22);
  });

  test('shows nothing in clear', () => {
    fill();
    const text = JSON.stringify([searchJournal(place.folder, { limit: 100 }), scanEntries(place.folder, 's3', 9)]);
    for (let scan = 1; scan <= 22; scan += 1) expect(text).not.toContain(codeOf(scan));
  });

  test('finds the whole way of one scan', () => {
    fill();
    const { seq } = searchJournal(place.folder, { limit: 1, text: 's21' }).rows[0] ?? { seq: 0 };
    expect(scanEntries(place.folder, 's21', seq)).toMatchObject([{ type: 'captured' }, { type: 'delivering', deliveryId: 'd21' }, { type: 'outcome', outcome: 'rejected', reason: 'Порт Не Открыт' }]);
    expect(scanEntries(place.folder, 's99', seq)).toEqual([]);
  });
});
