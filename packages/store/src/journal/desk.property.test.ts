import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Desk } from './desk.js';
import { afterCrash, NOON, scanRows, temporaryFolder, writerOn } from './fixture.js';
import type { Reply, Request } from './protocol.js';
import type { NewRow } from './row.js';
import type { StateFolder } from '../state/state-folder.js';
import { verifyJournal } from './verify.js';

/** What may be asked of the journal's process, and what may happen to it. */
type Step =
  | { readonly do: 'append'; readonly rows: number }
  | { readonly do: 'checkpoint' | 'scrub' | 'rehearse' | 'deliver' | 'crash' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), rows: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('checkpoint' as const, 'scrub' as const, 'rehearse' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
);

const places: ReturnType<typeof temporaryFolder>[] = [];
afterEach(() => {
  for (const place of places.splice(0)) place.dispose();
});

function entriesOf(folder: StateFolder): string[] {
  const db = new DatabaseSync(folder.file('journal.db'), { readOnly: true });
  const rows = db.prepare('SELECT scan_id AS scan, type FROM entries ORDER BY seq').all();
  db.close();
  return rows.map(({ scan, type }) => `${String(type)} ${String(scan)}`);
}

const texts = (rows: readonly NewRow[]): string[] => rows.map(({ type, scanId }) => `${type} ${String(scanId)}`);

/** A process as the daemon sees it, and the simplest thing that is right: what was asked to be durable, in the order of the asking. */
class Played {
  readonly replies: Reply[] = [];
  readonly model: string[] = [];
  readonly asked: number[] = [];
  folder: StateFolder;
  #desk: Desk;
  #batch: Request[] = [];
  #id = 10;
  #scan = 0;

  constructor() {
    const place = temporaryFolder();
    places.push(place);
    this.folder = place.folder;
    this.#desk = this.#start();
  }

  do(step: Step): void {
    const id = (this.#id += 1);
    if (step.do === 'append') {
      const rows = this.#rows(step.rows);
      this.#batch.push({ type: 'append', id, rows, wall: NOON });
      this.model.push(...texts(rows));
      this.asked.push(id);
    } else if (step.do === 'rehearse') this.#batch.push({ type: 'rehearse' });
    else if (step.do === 'checkpoint' || step.do === 'scrub') this.#batch.push({ type: step.do, id, wall: NOON });
    else if (step.do === 'deliver') this.deliver();
    else this.#crash();
  }

  /** What was posted arrives, all in one. */
  deliver(): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#desk.handle(batch);
  }

  #rows(count: number): NewRow[] {
    this.#scan += 1;
    return scanRows(this.#scan, this.#scan + 1).slice(0, count);
  }

  #start(): Desk {
    return new Desk(writerOn(this.folder, 5).writer, (reply) => this.replies.push(reply));
  }

  #crash(): void {
    this.deliver();
    const place = afterCrash(this.folder);
    places.push(place);
    this.#desk.handle([{ type: 'close', id: (this.#id += 1), wall: NOON }]);
    this.folder = place.folder;
    this.#desk = this.#start();
  }
}

describe("the journal's process", () => {
  it('holds what was asked for in the order of the asking, its chain whole, in every interleaving and after every crash', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const played = new Played();
        for (const one of steps) played.do(one);
        played.deliver();
        const place = afterCrash(played.folder);
        places.push(place);
        expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: played.model.length });
        if (played.model.length > 0) expect(entriesOf(place.folder)).toEqual(played.model);
        const answered = played.replies.flatMap((reply) => (reply.type === 'appended' ? [reply] : []));
        for (const id of played.asked) expect(answered.some(({ upTo }) => upTo >= id)).toBe(true);
        expect(played.replies.filter(({ type }) => type === 'failed' || type === 'refused' || type === 'warning')).toEqual([]);
        for (const one of places.splice(0)) one.dispose();
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('refuses what the disk does not take, leaves nothing of it and takes the next one', () => {
    const place = temporaryFolder();
    places.push(place);
    const { writer } = writerOn(place.folder);
    const replies: Reply[] = [];
    const desk = new Desk(writer, (reply) => replies.push(reply));
    writer.open(NOON);
    const other = new DatabaseSync(place.folder.file('journal.db'));
    // in the middle of the transaction, as a disk would
    other.exec('CREATE TRIGGER full BEFORE INSERT ON entries WHEN NEW.seq = 2 BEGIN SELECT RAISE(ABORT, \'the disk is full\'); END');
    desk.handle([{ type: 'append', id: 11, rows: scanRows(1, 1), wall: NOON }]);
    expect(replies).toMatchObject([{ type: 'refused', upTo: 11, failure: { code: 'TB_JOURNAL_UNAVAILABLE' } }]);
    other.exec('DROP TRIGGER full');
    other.close();
    desk.handle([{ type: 'append', id: 12, rows: scanRows(2, 2), wall: NOON }]);
    expect(replies.at(-1)).toEqual({ type: 'appended', upTo: 12, seq: 3 });
    expect(entriesOf(place.folder)).toEqual(['captured s2', 'delivering s2', 'outcome s2']);
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 3 });
  });
});
