import { Masked, NativeNumber, outcome, type Journal, type JournalEntry } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** A journal under test, and what stands for its disk. */
export interface JournalFixture {
  readonly journal: Journal;
  /** What would survive a power cut now, in order: each entry as its type and its scan, `captured s1`. */
  durable(): readonly string[] | Promise<readonly string[]>;
  /** Ends the journal as a power cut does and opens what is left. */
  crash(): Promise<Journal>;
  /** Releases what the fixture made. */
  dispose(): void | Promise<void>;
}

const base = (scan: number): Omit<Extract<JournalEntry, { type: 'captured' }>, 'type'> => ({
  scanId: `s${scan}`, reader: 'counter', till: 'front', kind: 'card', time: 1_768_035_600_000 + scan, code: new Masked(`98${String(scan).padStart(14, '0')}`),
});
const captured = (scan: number): JournalEntry => ({ type: 'captured', ...base(scan) });
const delivering = (scan: number): JournalEntry => ({ type: 'delivering', ...base(scan), deliveryId: `d${scan}`, number: new NativeNumber('card', `2${String(scan).padStart(12, '0')}`) });
const ended = (scan: number): JournalEntry => ({ type: 'outcome', ...base(scan), outcome: outcome('sent') });
const discarded = (scan: number): JournalEntry => ({ type: 'discarded', ...base(scan), deliveryId: `d${scan}` });
const pair = (scan: number): JournalEntry[] => [captured(scan), delivering(scan)];

/** Conformance of a {@link Journal}: order, durability, what is left open, and entries of scans that turned out to be none. */
export function describeJournal(name: string, make: () => JournalFixture | Promise<JournalFixture>): void {
  describe(`journal ${name}`, () => {
    let fixture: JournalFixture;
    let journal: Journal;
    beforeEach(async () => {
      fixture = await make();
      ({ journal } = fixture);
    });
    afterEach(() => fixture.dispose());

    test('has an entry when append resolves, in the order of the calls', async () => {
      await journal.append(captured(1));
      expect(await fixture.durable()).toEqual(['captured s1']);
      await Promise.all([journal.append(delivering(1)), journal.append(captured(2)), journal.append(ended(1))]);
      expect(await fixture.durable()).toEqual(['captured s1', 'delivering s1', 'captured s2', 'outcome s1']);
    });

    test('lists after a crash what has no outcome, and settles it', async () => {
      for (const entry of [...pair(1), captured(2), ...pair(3), ended(3)]) await journal.append(entry);
      const next = await fixture.crash();
      const open = await next.open();
      expect(open.map(({ scanId, last }) => [scanId, last])).toEqual([['s1', 'delivering'], ['s2', 'captured']]);
      for (const one of open) await next.settle(one, outcome('expired', 'restart'));
    });

    test('makes entries of one turn durable together, and in order', async () => {
      const both = pair(1).map((entry) => journal.append(entry));
      const behind = journal.append(captured(2));
      await both[1];
      expect((await fixture.durable()).slice(0, 2)).toEqual(['captured s1', 'delivering s1']);
      await Promise.all([...both, behind]);
      expect(await fixture.durable()).toEqual(['captured s1', 'delivering s1', 'captured s2']);
    });

    test('has nothing to settle of what was discarded, and takes the same scan again', async () => {
      for (const entry of [...pair(1), discarded(1), ...pair(2), discarded(2), captured(2), ...pair(3)]) await journal.append(entry);
      expect(await fixture.durable()).toContain('discarded s1');
      const next = await fixture.crash();
      const open = await next.open();
      expect(open.map(({ scanId, last }) => [scanId, last])).toEqual([['s2', 'captured'], ['s3', 'delivering']]);
      for (const one of open) await next.settle(one, outcome('unknown', 'restart'));
    });
  });
}
