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
const pair = (scan: number): JournalEntry[] => [captured(scan), delivering(scan)];

/** Conformance of a {@link Journal}: order, durability, what is left open, and entries that are prepared before it is certain that they come. */
export function describeJournal(name: string, make: () => JournalFixture | Promise<JournalFixture>): void {
  describe(`journal ${name}`, () => {
    let fixture: JournalFixture;
    let journal: Journal;
    beforeEach(async () => {
      fixture = await make();
      ({ journal } = fixture);
    });
    afterEach(() => fixture.dispose());

    const prepared = (entries: readonly JournalEntry[]): NonNullable<ReturnType<NonNullable<Journal['prepare']>>> => {
      const ahead = journal.prepare?.(entries);
      if (ahead === undefined) throw new Error('a journal with nothing else to do prepares what it is asked to');
      return ahead;
    };

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

    describe('with entries prepared', () => {
      test('has nothing of them before their commit, and all of them after it', async (context) => {
        if (journal.prepare === undefined) context.skip();
        const ahead = prepared(pair(1));
        expect(await fixture.durable()).toEqual([]);
        await ahead.commit();
        expect(await fixture.durable()).toEqual(['captured s1', 'delivering s1']);
        await journal.append(ended(1));
        expect(await fixture.durable()).toEqual(['captured s1', 'delivering s1', 'outcome s1']);
      });

      test('puts them behind what was appended before their commit', async (context) => {
        if (journal.prepare === undefined) context.skip();
        const ahead = prepared(pair(1));
        await journal.append(captured(2));
        const between = journal.append(captured(3));
        await Promise.all([between, ahead.commit(), journal.append(captured(4))]);
        expect(await fixture.durable()).toEqual(['captured s2', 'captured s3', 'captured s1', 'delivering s1', 'captured s4']);
      });

      test('forgets what is discarded', async (context) => {
        if (journal.prepare === undefined) context.skip();
        const ahead = prepared(pair(1));
        ahead.discard();
        await expect(ahead.commit()).rejects.toThrow();
        await journal.append(captured(2));
        expect(await fixture.durable()).toEqual(['captured s2']);
      });

      test('writes what is committed once', async (context) => {
        if (journal.prepare === undefined) context.skip();
        const ahead = prepared(pair(1));
        await ahead.commit();
        ahead.discard();
        await expect(ahead.commit()).rejects.toThrow();
        expect(await fixture.durable()).toEqual(['captured s1', 'delivering s1']);
      });

      test('prepares others when those are over, and until then at least says that it does not', async (context) => {
        if (journal.prepare === undefined) context.skip();
        const first = prepared(pair(1));
        const second = journal.prepare?.(pair(2));
        await first.commit();
        await second?.commit();
        prepared(pair(3)).discard();
        await prepared(pair(4)).commit();
        const scans = ['s1', ...(second === undefined ? [] : ['s2']), 's4'];
        expect(await fixture.durable()).toEqual(scans.flatMap((scan) => [`captured ${scan}`, `delivering ${scan}`]));
      });

      test('leaves nothing of them in a crash, and everything that was committed', async (context) => {
        if (journal.prepare === undefined) context.skip();
        await prepared(pair(1)).commit();
        prepared(pair(2));
        const next = await fixture.crash();
        expect(await fixture.durable()).toEqual(['captured s1', 'delivering s1']);
        expect((await next.open()).map(({ scanId, last }) => [scanId, last])).toEqual([['s1', 'delivering']]);
      });
    });
  });
}
