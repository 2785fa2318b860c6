import { Masked, silentLog } from '@tillbridge/core';
import { SALE_NOT_HERE, type ReceiptMove, type ReceiptStanding, type ReceiptWork } from '@tillbridge/store';
import { VirtualClock } from '@tillbridge/testkit';
import { compileReport, reportSchema, type ReportInput, type ReportTarget, type SendReport } from '@tillbridge/translators/report';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReceiptForwarder } from './forwarder.js';
import { MomentaryGuests } from './momentary.js';
import type { Receipt } from './receipt-schema.js';
import { DEAD_AFTER_MS } from './retry-plan.js';

/** The durable table, as a map: what `move` changed would be there after a crash. */
class Table {
  readonly rows = new Map<string, ReceiptWork>();
  readonly clock: VirtualClock;
  #seq = 0;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  put(receipt: Partial<Receipt> & { readonly receiptId: string }, progress: Record<string, unknown> = { guest: { number: '77' } }, now = 0): void {
    this.#seq += 1;
    const body = { operation: 'sale', tillId: 'a', closedAt: '2026-01-10T12:00:00Z', currency: 'RUB', total: 100, lines: [{ lineId: '1', qty: '1', price: 100, total: 100 }], ...receipt };
    this.rows.set(receipt.receiptId, {
      seq: this.#seq, receiptId: receipt.receiptId, till: body.tillId, state: 'waiting', target: 'p', original: receipt.originalReceiptId ?? undefined, closedAt: now, storedAt: now,
      nextAt: 0, firstAt: undefined, endedAt: undefined, attempts: 0, reason: undefined, newGuest: true, body, personal: {}, progress,
    });
  }

  heads(): readonly ReceiptStanding[] {
    const first = new Map<string, ReceiptWork>();
    const isHeld = ({ reason, nextAt, original = '' }: ReceiptWork): boolean => reason === SALE_NOT_HERE && nextAt > this.clock.wall() && !this.rows.has(original);
    for (const row of this.rows.values()) if (row.state === 'waiting' && !isHeld(row) && !first.has(row.till)) first.set(row.till, row);
    return [...first.values()];
  }

  get(id: string): ReceiptWork | undefined {
    return this.rows.get(id);
  }

  followersOf(original: string): readonly ReceiptWork[] {
    return [...this.rows.values()].filter((row) => row.original === original);
  }

  move(moves: readonly ReceiptMove[]): Promise<boolean> {
    if (moves.some(({ receiptId, from }) => this.rows.get(receiptId)?.state !== from)) return Promise.resolve(false);
    for (const { receiptId, to, reason, progress, strip, ...rest } of moves) {
      const row = this.rows.get(receiptId);
      if (row === undefined) continue;
      const { attempts = row.attempts, nextAt = row.nextAt, firstAt = row.firstAt, endedAt = row.endedAt } = rest;
      this.rows.set(receiptId, { ...row, attempts, nextAt, firstAt, endedAt, state: to, ...(reason === undefined ? {} : { reason: reason ?? undefined }), ...(progress === undefined ? {} : { progress: progress ?? undefined }), ...(strip === true ? { body: {}, personal: undefined } : {}) });
    }
    return Promise.resolve(true);
  }

  states(): Record<string, string> {
    return Object.fromEntries([...this.rows.values()].map(({ receiptId, state, reason }) => [receiptId, reason === undefined ? state : `${state} ${reason}`]));
  }
}

const TWO_PHASES: ReportInput = {
  key: { field: 'key' },
  guest: ['code', 'number'],
  sale: [
    { id: 'begin', request: { path: '/begin', json: { key: '{{key}}', guest: '{{guest.value?}}' } }, rules: [{ http: 200, then: 'done' }, { http: 404, then: 'codeSpent', reason: 'noSuchGuest' }, { http: 422, then: 'refused', reason: 'never' }], keep: { ticket: ['ticket'] } },
    { id: 'commit', request: { path: '/commit', json: { key: '{{key}}', ticket: '{{kept.ticket}}' } }, rules: [{ http: 200, then: 'done' }] },
  ],
  discard: [{ id: 'discard', request: { path: '/discard', json: { key: '{{key}}', ticket: '{{kept.ticket}}' } }, rules: [{ http: 200, then: 'done' }] }],
  return: [{ id: 'return', request: { path: '/return', json: { key: '{{key}}', of: '{{original.key}}', ticket: '{{original.ticket?}}' } }, rules: [{ http: 200, then: 'done' }] }],
};

describe('the forwarder', () => {
  const clock = new VirtualClock(1_000_000);
  let table: Table;
  let sent: string[];
  let answer: (path: string, body: string) => Awaited<ReturnType<SendReport>>;
  let forwarder: ReceiptForwarder;
  let momentary: MomentaryGuests;
  const counts: string[] = [];
  const ok = { status: 200, empty: false, tree: { ticket: 'T1' } } as const;
  const down = { failure: 'lost', reason: 'connectionLost' } as const;

  const start = (report: ReportInput = TWO_PHASES): void => {
    const target: ReportTarget = {
      preset: 'p',
      report: compileReport(reportSchema.parse(report), () => undefined),
      settings: () => undefined,
      send: (request) => {
        sent.push(`${request.path} ${request.body ?? ''}`);
        return Promise.resolve(answer(request.path, request.body ?? ''));
      },
      close: () => Promise.resolve(),
    };
    momentary = new MomentaryGuests(clock);
    forwarder = new ReceiptForwarder({ store: table, targets: () => new Map([['p', target]]), momentary, clock, log: silentLog, random: () => 0.5, count: (what) => counts.push(what) });
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 200; i += 1) await Promise.resolve();
  };
  const run = async (ms = 0): Promise<void> => {
    forwarder.nudge();
    await settle();
    for (let left = ms; left > 0; left -= 1000) {
      await clock.advance(Math.min(1000, left));
      await settle();
    }
  };
  beforeEach(() => {
    table = new Table(clock);
    sent = [];
    counts.length = 0;
    answer = () => ok;
    start();
  });
  afterEach(async () => {
    await forwarder.close();
    expect(clock.pending).toBe(0);
  });

  it('tells receipts of a till in their order, each step once, and keeps nothing but ids of what is done', async () => {
    for (const id of ['r1', 'r2', 'r3']) table.put({ receiptId: id });
    await run();
    expect(sent).toEqual(['r1', 'r2', 'r3'].flatMap((id) => [`/begin {"key":"${id}","guest":"77"}`, `/commit {"key":"${id}","ticket":"T1"}`]));
    expect(table.states()).toEqual({ r1: 'done', r2: 'done', r3: 'done' });
    expect(table.get('r1')).toMatchObject({ body: {}, personal: undefined, progress: { flow: 'sale', kept: { ticket: 'T1' } } });
    expect(counts.filter((what) => what === 'reported')).toHaveLength(3);
  });

  it('waits 5 s, 30 s, 2 min, 15 min, 15 min; nobody of the till overtakes, another till goes on', async () => {
    answer = (_, body) => (body.includes('r1') ? down : ok);
    table.put({ receiptId: 'r1' });
    table.put({ receiptId: 'r2' });
    table.put({ receiptId: 'b1', tillId: 'b' });
    const times: number[] = [];
    const original = answer;
    answer = (path, body) => {
      if (body.includes('r1')) times.push(clock.wall());
      return original(path, body);
    };
    await run(2_000_000);
    expect(times.map((time, i) => Math.round((time - (times[i - 1] ?? time)) / 1000)).slice(1, 5)).toEqual([5, 30, 120, 900]);
    expect(table.states()).toMatchObject({ r2: 'waiting', b1: 'done' });
    answer = () => ok;
    await run(900_000);
    expect(table.states()).toEqual({ r1: 'done', r2: 'done', b1: 'done' });
  });

  it('goes on from the stored ticket after a crash between the two steps, with the same key', async () => {
    table.put({ receiptId: 'r1' });
    answer = (path) => (path === '/commit' ? down : ok);
    await run();
    await forwarder.close();
    expect(table.get('r1')).toMatchObject({ state: 'waiting', progress: { step: 1, kept: { ticket: 'T1' }, flow: 'sale', way: 'number' } });
    answer = () => ok;
    sent = [];
    start();
    await run(6000);
    expect(sent).toEqual(['/commit {"key":"r1","ticket":"T1"}']);
    expect(table.states()).toEqual({ r1: 'done' });
  });

  it('a refusal is a dead letter that keeps everything; a week is enough for the rest, and the next one is told', async () => {
    table.put({ receiptId: 'r1' });
    table.put({ receiptId: 'r2' }, undefined, clock.wall() - DEAD_AFTER_MS);
    table.put({ receiptId: 'r3' });
    answer = (_, body) => (body.includes('r1') ? { status: 422, empty: false, tree: {} } : body.includes('r2') ? down : ok);
    await run(2 * 3_600_000);
    expect(table.states()).toEqual({ r1: 'dead never', r2: 'dead gaveUp connectionLost', r3: 'done' });
    expect(table.get('r1')?.body).toHaveProperty('total');
  });

  it('a code is used while it is good, then the guest is named otherwise, under the same key; nothing else is left of it', async () => {
    momentary.put('r1', { code: new Masked('482913') });
    table.put({ receiptId: 'r1' });
    answer = (_, body) => (body.includes('482913') ? { status: 404, empty: false, tree: {} } : ok);
    await run();
    expect(sent.slice(0, 2)).toEqual(['/begin {"key":"r1","guest":"482913"}', '/begin {"key":"r1","guest":"77"}']);
    expect(momentary.size).toBe(0);
    expect(JSON.stringify([...table.rows.values()])).not.toContain('482913');
    table.put({ receiptId: 'r2' }, { guest: {} });
    momentary.put('r2', { code: new Masked('482913') });
    await run();
    expect(table.states()['r2']).toBe('dead noSuchGuest');
  });

  it('a return waits for its sale on another till, and comes after it even where it came before', async () => {
    answer = () => down;
    table.put({ receiptId: 'back', operation: 'return', originalReceiptId: 'late' });
    table.put({ receiptId: 'late' });
    table.put({ receiptId: 'b1', tillId: 'b', operation: 'return', originalReceiptId: 'late' });
    await run(60_000);
    expect(sent.every((text) => text.includes('"late"') && text.startsWith('/begin'))).toBe(true);
    answer = () => ok;
    await run(200_000);
    expect(table.states()).toEqual({ back: 'done', late: 'done', b1: 'done' });
    expect(sent.filter((text) => text.startsWith('/return')).sort()).toEqual(['/return {"key":"b1","of":"late","ticket":"T1"}', '/return {"key":"back","of":"late","ticket":"T1"}']);
  });

  it('a sale that was cancelled before anything left is never told; between the steps it is discarded; after them it goes back', async () => {
    table.put({ receiptId: 'r1' });
    table.put({ receiptId: 'x1', operation: 'cancel', originalReceiptId: 'r1' });
    await run();
    expect(sent).toEqual([]);
    expect(table.states()).toEqual({ r1: 'skipped cancelled', x1: 'skipped cancelled' });

    answer = (path) => (path === '/commit' ? down : ok);
    table.put({ receiptId: 'r2' });
    await run();
    table.put({ receiptId: 'x2', operation: 'cancel', originalReceiptId: 'r2' });
    await run(6000);
    expect(sent.at(-1)).toBe('/discard {"key":"r2","ticket":"T1"}');
    expect(table.states()).toMatchObject({ r2: 'skipped cancelled', x2: 'done' });

    answer = () => ok;
    table.put({ receiptId: 'r3' });
    await run();
    table.put({ receiptId: 'x3', operation: 'cancel', originalReceiptId: 'r3' });
    await run();
    expect(sent.at(-1)).toBe('/return {"key":"x3","of":"r3","ticket":"T1"}');
  });

  describe('what comes before its sale', () => {
    const HOUR = 3_600_000;
    const REFUSING: ReportInput = { ...TWO_PHASES, return: (TWO_PHASES.return ?? []).map((step) => ({ ...step, rules: [...step.rules, { http: 422, then: 'refused' as const, reason: 'noSale' }] })) };

    it('waits for it, and nobody of its till waits with it; a cancel and its sale are never told', async () => {
      table.put({ receiptId: 'x1', operation: 'cancel', originalReceiptId: 'r1' }, undefined, clock.wall());
      table.put({ receiptId: 'r2' }, undefined, clock.wall());
      await run(60_000);
      expect(table.states()).toEqual({ x1: 'waiting saleNotHere', r2: 'done' });
      sent = [];
      table.put({ receiptId: 'r1' }, undefined, clock.wall());
      await run();
      expect(sent).toEqual([]);
      expect(table.states()).toMatchObject({ x1: 'skipped cancelled', r1: 'skipped cancelled' });
    });

    it('a return follows it', async () => {
      table.put({ receiptId: 'back', operation: 'return', originalReceiptId: 'r1' }, undefined, clock.wall());
      await run(60_000);
      expect(sent).toEqual([]);
      table.put({ receiptId: 'r1', tillId: 'b' }, undefined, clock.wall());
      await run(60_000);
      expect(sent.map((text) => text.split(' ')[0])).toEqual(['/begin', '/commit', '/return']);
    });

    it('goes without it after an hour: another machine may have told it', async () => {
      table.put({ receiptId: 'x1', operation: 'cancel', originalReceiptId: 'r1' }, undefined, clock.wall());
      await run(HOUR - 1000);
      expect(sent).toEqual([]);
      await run(HOUR);
      expect(table.states()).toEqual({ x1: 'done' });
      // whose sale comes now was taken back already
      table.put({ receiptId: 'r1' }, undefined, clock.wall());
      sent = [];
      await run();
      expect(sent).toEqual([]);
      expect(table.states()).toEqual({ x1: 'done', r1: 'skipped cancelled' });
    });

    it('and was refused is no dead letter any more when the sale comes', async () => {
      start(REFUSING);
      table.put({ receiptId: 'x1', operation: 'cancel', originalReceiptId: 'r1' }, undefined, clock.wall());
      table.put({ receiptId: 'back', operation: 'return', originalReceiptId: 'r3' }, undefined, clock.wall() - HOUR);
      answer = () => ({ status: 422, empty: false, tree: {} });
      await run(2 * HOUR);
      expect(table.states()).toEqual({ x1: 'dead noSale', back: 'dead noSale' });
      answer = () => ok;
      sent = [];
      table.put({ receiptId: 'r1' }, undefined, clock.wall());
      table.put({ receiptId: 'r3' }, undefined, clock.wall());
      await run(60_000);
      expect(sent.map((text) => text.split(' ')[0])).toEqual(['/begin', '/commit', '/return']);
      expect(table.states()).toEqual({ x1: 'skipped cancelled', back: 'done', r1: 'skipped cancelled', r3: 'done' });
    });

    it('two and three tills whose returns wait for each other\'s sales do not wait for ever', async () => {
      for (const tills of [['a', 'b'], ['c', 'd', 'e']]) {
        const next = (i: number): string => tills[(i + 1) % tills.length] ?? '';
        tills.forEach((till, i) => table.put({ receiptId: `back-${till}`, tillId: till, operation: 'return', originalReceiptId: `sale-${next(i)}` }, undefined, clock.wall()));
        for (const till of tills) table.put({ receiptId: `sale-${till}`, tillId: till }, undefined, clock.wall());
      }
      answer = () => down;
      await run(60_000);
      answer = () => ok;
      await run(HOUR);
      expect(new Set(Object.values(table.states()))).toEqual(new Set(['done']));
      const keys = sent.map((text) => /"key":"([^"]*)"/.exec(text)?.[1] ?? '');
      for (const till of ['a', 'b', 'c', 'd', 'e']) expect(keys.filter((key) => key === `back-${till}`)).toHaveLength(1);
    });
  });

  it('a sale whose confirmation arrived without an answer cannot be discarded: it is made certain, and goes back by its cancel', async () => {
    answer = (path) => (path === '/commit' ? down : ok);
    table.put({ receiptId: 'r1' });
    await run();
    table.put({ receiptId: 'x1', operation: 'cancel', originalReceiptId: 'r1' });
    answer = (path) => (path === '/discard' ? { status: 409, empty: false, tree: {} } : ok);
    sent = [];
    await run(10_000);
    expect(sent.map((text) => text.split(' ')[0])).toEqual(['/discard', '/commit', '/return']);
    expect(table.states()).toEqual({ r1: 'done', x1: 'done' });
  });

  it('a second step that never left does not begin the first one anew', async () => {
    answer = (path) => (path === '/commit' ? { failure: 'unsent', reason: 'refused' } : ok);
    table.put({ receiptId: 'r1' });
    await run();
    answer = () => ok;
    await run(10_000);
    expect(sent.map((text) => text.split(' ')[0])).toEqual(['/begin', '/commit', '/commit']);
  });

  it('a dead letter that the platform refused at once is refused again when it is tried again, and never taken for booked', async () => {
    start({ key: { field: 'key' }, guest: ['number'], sale: [{ id: 'book', request: { path: '/book', json: { key: '{{key}}' } }, rules: [{ http: 200, then: 'done' }, { http: 409, then: 'alreadyOrRefused' }] }] });
    answer = () => ({ status: 409, empty: false, tree: {} });
    table.put({ receiptId: 'r1' });
    await run();
    expect(table.states()).toEqual({ r1: 'dead bookRefused' });
    await table.move([{ receiptId: 'r1', from: 'dead', to: 'waiting', attempts: 0, nextAt: clock.wall(), firstAt: clock.wall(), reason: null }]);
    await run(1000);
    expect(table.states()).toEqual({ r1: 'dead bookRefused' });
    // but where an answer was lost, the refusal means that the first one arrived
    table.put({ receiptId: 'r2' });
    answer = () => down;
    await run();
    answer = () => ({ status: 409, empty: false, tree: {} });
    await run(10_000);
    expect(table.states()).toMatchObject({ r2: 'done' });
  });

  it('a clock that was years behind and is set right makes no dead letters', async () => {
    answer = () => down;
    const before = clock.wall() - 50 * DEAD_AFTER_MS;
    table.put({ receiptId: 'r1' }, undefined, before);
    await table.move([{ receiptId: 'r1', from: 'waiting', to: 'waiting', firstAt: before }]);
    await run(20_000);
    answer = () => ok;
    await run(200_000);
    expect(table.states()).toEqual({ r1: 'done' });
  });

  it('a cancel after an answer that was lost in the first step waits until it is clear what was booked', async () => {
    answer = () => down;
    table.put({ receiptId: 'r1' });
    await run();
    table.put({ receiptId: 'x1', operation: 'cancel', originalReceiptId: 'r1' });
    answer = () => ok;
    await run(10_000);
    expect(sent.map((text) => text.split(' ')[0])).toEqual(['/begin', '/begin', '/commit', '/return']);
    expect(table.states()).toEqual({ r1: 'done', x1: 'done' });
  });

  it('points that nobody authorised are not reported as spent', async () => {
    table.put({ receiptId: 'r1', payments: [{ kind: 'bonus', amount: 10 }] }, { guest: { number: '77' }, offline: true });
    await run();
    expect(sent).toEqual([]);
    expect(table.states()).toEqual({ r1: 'dead spendingNotAuthorised' });
  });

  it('what was begun as one kind of sale is not repeated as another; what never left may go the late way', async () => {
    start({ ...TWO_PHASES, lateAfterMs: 60_000, lateSale: [{ id: 'late', request: { path: '/late', json: { key: '{{key}}' } }, rules: [{ http: 200, then: 'done' }] }] });
    const closedAt = new Date(clock.wall()).toISOString();
    answer = () => down;
    table.put({ receiptId: 'lost', closedAt });
    table.put({ receiptId: 'unsent', tillId: 'b', closedAt });
    answer = (_, body) => (body.includes('unsent') ? { failure: 'unsent', reason: 'refused' } : down);
    await run(100_000);
    answer = () => ok;
    sent = [];
    await run(200_000);
    expect(sent.filter((text) => text.includes('"lost"')).map((text) => text.split(' ')[0])).toEqual(['/begin', '/commit']);
    expect(sent.filter((text) => text.includes('"unsent"')).map((text) => text.split(' ')[0])).toEqual(['/late']);
  });

  it('does not run hot where the table cannot be written', async () => {
    table.put({ receiptId: 'r1' });
    table.move = () => Promise.reject(new Error('disk'));
    let tries = 0;
    const own = table;
    const heads = (): readonly ReceiptStanding[] => Table.prototype.heads.call(own);
    table.heads = () => {
      tries += 1;
      return heads();
    };
    await run(60_000);
    expect(sent).toEqual([]);
    expect(tries).toBeLessThan(60);
  });
});
