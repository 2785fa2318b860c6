import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { NOON, scanRows, temporaryFolder, writerOn } from './fixture.js';
import { OwedOutcomes } from './owed-outcomes.js';
import type { NewRow } from './row.js';
import { verifyJournal } from './verify.js';

const [captured, delivering, ended] = scanRows(1, 1) as [NewRow, NewRow, NewRow];

/** A journal that works or does not. */
function journal() {
  const clock = new VirtualClock();
  const state = { works: true, taken: [] as NewRow[], asked: 0 };
  const append = async (row: NewRow): Promise<void> => {
    state.asked += 1;
    if (!state.works) throw new Error('the disk is full');
    state.taken.push(row);
  };
  const owed = new OwedOutcomes({ clock, random: () => 0.5, append });
  const give = (row: NewRow): Promise<string> => owed.follow(row, append(row)).then(() => 'taken', () => 'refused');
  return { clock, state, owed, give };
}

describe('an outcome that was refused', () => {
  it('is given again until it is taken, and once', async () => {
    const { clock, state, owed, give } = journal();
    expect([await give(captured), await give(delivering)]).toEqual(['taken', 'taken']);
    state.works = false;
    expect(await give(ended)).toBe('refused');
    await clock.advance(60_000);
    expect([owed.size, state.taken.length]).toEqual([1, 2]);
    expect(state.asked).toBeLessThan(20);
    state.works = true;
    await clock.advance(60_000);
    expect(owed.size).toBe(0);
    expect(state.taken.slice(2)).toEqual([{ ...ended, owed: true }]);
  });

  it('may say that the scan was none', async () => {
    const { clock, state, owed, give } = journal();
    await give(captured);
    state.works = false;
    const discarded: NewRow = { ...delivering, type: 'discarded' };
    expect(await give(discarded)).toBe('refused');
    state.works = true;
    await clock.advance(60_000);
    expect([owed.size, state.taken.at(-1)]).toEqual([0, { ...discarded, owed: true }]);
  });

  it('is owed for no scan that the journal does not know, and nothing but ends is', async () => {
    const { clock, state, owed, give } = journal();
    state.works = false;
    expect([await give(ended), await give(captured), await give(delivering)]).toEqual(['refused', 'refused', 'refused']);
    state.works = true;
    await clock.advance(60_000);
    expect([owed.size, state.taken]).toEqual([0, []]);
  });

  it('is given for a last time when the journal is closed', async () => {
    const { state, owed, give } = journal();
    await give(captured);
    state.works = false;
    await give(ended);
    state.works = true;
    owed.close();
    expect(state.taken.at(-1)).toEqual({ ...ended, owed: true });
  });
});

describe('an owed outcome in the file', () => {
  it('ends a scan that is open, and no scan twice', () => {
    const place = temporaryFolder();
    try {
      const { writer } = writerOn(place.folder);
      writer.open(NOON);
      const owed: NewRow = { ...ended, owed: true };
      const first = writer.append([captured, delivering], NOON);
      // nobody knows whether the first attempt was written: it comes behind it, in the same transaction and in the next ones
      expect(writer.append([ended, owed], NOON)).toBe(first + 1);
      expect(writer.append([owed], NOON)).toBe(first + 1);
      const [otherCaptured, , otherEnded] = scanRows(2, 2) as [NewRow, NewRow, NewRow];
      writer.append([otherCaptured], NOON);
      expect(writer.append([{ ...otherEnded, owed: true }], NOON)).toBe(first + 3);
      expect(writer.append([{ ...scanRows(3, 3)[2]!, owed: true }], NOON)).toBe(first + 3);
      const [third] = scanRows(4, 4) as [NewRow];
      const discarded: NewRow = { ...third, type: 'discarded' };
      writer.append([third], NOON);
      expect(writer.append([discarded, { ...discarded, owed: true }], NOON)).toBe(first + 5);
      expect(writer.open(NOON)).toEqual([]);
      writer.close(NOON);
      expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: first + 5 });
    } finally {
      place.dispose();
    }
  });
});
