import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { AheadSlot } from './ahead-slot.js';
import { AHEAD, type AheadEvent, type AheadState } from './ahead-states.js';
import { Desk } from './desk.js';
import { afterCrash, NOON, scanRows, temporaryFolder, writerOn } from './fixture.js';
import type { Reply, Request } from './protocol.js';
import type { NewRow } from './row.js';
import type { StateFolder } from '../state/state-folder.js';
import { verifyJournal } from './verify.js';

/** What may be asked of the journal's process, and what may happen to it. Names of prepared entries are few, so that they meet. */
type Step =
  | { readonly do: 'append'; readonly rows: number }
  | { readonly do: 'prepare' | 'commit' | 'discard'; readonly ahead: number }
  | { readonly do: 'checkpoint' | 'scrub' | 'rehearse' | 'deliver' | 'crash' };

const ahead = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('append' as const), rows: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('prepare' as const, 'prepare' as const, 'commit' as const, 'commit' as const, 'discard' as const), ahead }) },
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
  /** Appends and commits: whether they were to be refused. */
  readonly asked = new Map<number, boolean>();
  folder: StateFolder;
  #desk: Desk;
  #batch: Request[] = [];
  #prepared: { readonly name: number; readonly rows: readonly NewRow[] } | undefined;
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
      this.asked.set(id, false);
    } else if (step.do === 'prepare') {
      const rows = this.#rows(2);
      this.#batch.push({ type: 'prepare', ahead: step.ahead, rows, wall: NOON });
      this.#prepared = { name: step.ahead, rows };
    } else if (step.do === 'commit') {
      const mine = this.#prepared?.name === step.ahead ? this.#prepared.rows : undefined;
      this.#batch.push({ type: 'commit', id, ahead: step.ahead, wall: NOON });
      this.asked.set(id, mine === undefined);
      if (mine === undefined) return;
      this.model.push(...texts(mine));
      this.#prepared = undefined;
    } else if (step.do === 'discard') {
      this.#batch.push({ type: 'discard', ahead: step.ahead });
      if (this.#prepared?.name === step.ahead) this.#prepared = undefined;
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
    this.#prepared = undefined;
    this.#desk = this.#start();
  }
}

describe('the journal with entries prepared', () => {
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
        const answered = played.replies.flatMap((reply) => (reply.type === 'appended' || reply.type === 'refused' ? [reply] : []));
        for (const [id, refused] of played.asked) expect(answered.find(({ upTo }) => upTo >= id)).toMatchObject({ type: refused ? 'refused' : 'appended' });
        expect(played.replies.filter(({ type }) => type === 'failed' || type === 'warning')).toEqual([]);
        for (const one of places.splice(0)) one.dispose();
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('lets others write as soon as it has stepped back, and not before', () => {
    const played = new Played();
    played.do({ do: 'prepare', ahead: 1 });
    played.deliver();
    const other = new DatabaseSync(played.folder.file('journal.db'));
    other.exec('PRAGMA busy_timeout = 0');
    expect(() => other.exec('BEGIN IMMEDIATE')).toThrow(/locked/);
    played.do({ do: 'checkpoint' });
    played.deliver();
    other.exec('BEGIN IMMEDIATE; ROLLBACK');
    other.close();
    played.do({ do: 'commit', ahead: 1 });
    played.deliver();
    expect(entriesOf(played.folder)).toEqual(['captured s1', 'delivering s1']);
  });

  it('goes on behind what another process wrote after it had stepped back', () => {
    const played = new Played();
    played.do({ do: 'prepare', ahead: 1 });
    played.do({ do: 'checkpoint' });
    played.deliver();
    const { writer } = writerOn(played.folder);
    writer.append(scanRows(50, 50), NOON);
    played.do({ do: 'commit', ahead: 1 });
    played.deliver();
    expect(entriesOf(played.folder)).toEqual(['captured s50', 'delivering s50', 'outcome s50', 'captured s1', 'delivering s1']);
    expect(verifyJournal(played.folder)).toEqual({ ok: true, entries: 5 });
  });

  it('refuses a commit that the disk does not take, leaves nothing of it and takes the next one', () => {
    const place = temporaryFolder();
    places.push(place);
    const { writer } = writerOn(place.folder);
    const replies: Reply[] = [];
    const desk = new Desk(writer, (reply) => replies.push(reply));
    const rows = scanRows(1, 1).slice(0, 2);
    desk.handle([{ type: 'prepare', ahead: 1, rows, wall: NOON }]);
    // what SQLite does to a transaction when the disk is full
    writer.unstage();
    desk.handle([{ type: 'commit', id: 11, ahead: 1, wall: NOON }]);
    expect(replies).toMatchObject([{ type: 'refused', upTo: 11, failure: { code: 'TB_JOURNAL_UNAVAILABLE' } }]);
    desk.handle([{ type: 'append', id: 12, rows: scanRows(2, 2), wall: NOON }]);
    expect(replies.at(-1)).toEqual({ type: 'appended', upTo: 12, seq: 3 });
    expect(verifyJournal(place.folder)).toEqual({ ok: true, entries: 3 });
  });
});

describe('the place of prepared entries', () => {
  const events = Object.keys(AHEAD.none) as AheadEvent[];

  it('never leaves a transaction open when it is not staged, and never commits what was not staged', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), fc.infiniteStream(fc.boolean()), (script, fails) => {
        let open = false;
        const slot = new AheadSlot({
          stage: () => {
            if (open) throw new Error('a transaction is open');
            if (fails.next().value === true) throw new Error('the disk is full');
            open = true;
          },
          unstage: () => {
            if (!open) throw new Error('no transaction is open');
            open = false;
          },
        });
        for (const event of script) {
          if (event === 'prepare') slot.prepare(1, [], NOON);
          else if (event === 'commit') {
            const wanted = slot.commit(1);
            expect(wanted.how === 'commit').toBe(open);
            open = false;
          } else if (event === 'discard') slot.discard(1);
          else if (event !== 'failed') slot.stepBack();
          expect(slot.staged).toBe(open);
        }
      }),
    );
  });

  it('has a cell for every event in every state', () => {
    const states = Object.keys(AHEAD) as AheadState[];
    for (const state of states) expect(Object.keys(AHEAD[state]).sort()).toEqual([...events].sort());
  });
});
