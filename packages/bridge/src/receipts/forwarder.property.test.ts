import { Masked, silentLog } from '@tillbridge/core';
import { SALE_NOT_HERE, type ReceiptMove, type ReceiptStanding, type ReceiptWork } from '@tillbridge/store';
import { VirtualClock } from '@tillbridge/testkit';
import { compileReport, reportSchema, type ReportTarget } from '@tillbridge/translators/report';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReceiptForwarder } from './forwarder.js';
import { MomentaryGuests } from './momentary.js';

/** A platform that books in two steps, once for each key, and a table that survives what the process does not. */
class World {
  readonly rows = new Map<string, ReceiptWork>();
  /** What was booked, in the order of its first step. */
  readonly arrived: string[] = [];
  readonly booked = new Map<string, 'held' | 'done' | 'discarded'>();
  readonly returned = new Set<string>();
  readonly problems: string[] = [];
  /** `later`: the first step gets its answer, and nothing else does, though it arrives. */
  fault: 'none' | 'before' | 'after' | 'later' | 'unsent' | 'busy' = 'none';
  #seq = 0;

  put(receiptId: string, till: string, operation: string, original: string | undefined, now: number): void {
    if (this.rows.has(receiptId)) return;
    this.#seq += 1;
    const body = { receiptId, operation, tillId: till, closedAt: '2026-01-10T12:00:00Z', currency: 'RUB', total: 100, lines: [{ lineId: '1', qty: '1', price: 100, total: 100 }], ...(original === undefined ? {} : { originalReceiptId: original }) };
    this.rows.set(receiptId, { seq: this.#seq, receiptId, till, state: 'waiting', target: 'p', original, closedAt: now, storedAt: now, nextAt: 0, firstAt: undefined, endedAt: undefined, attempts: 0, reason: undefined, newGuest: false, body, personal: {}, progress: { guest: { number: '77' }, coupons: [] } });
  }

  heads(now: number): readonly ReceiptStanding[] {
    const first = new Map<string, ReceiptWork>();
    const isHeld = ({ reason, nextAt, original = '' }: ReceiptWork): boolean => reason === SALE_NOT_HERE && nextAt > now && !this.rows.has(original);
    for (const row of this.rows.values()) if (row.state === 'waiting' && !isHeld(row) && !first.has(row.till)) first.set(row.till, row);
    return [...first.values()];
  }

  move(moves: readonly ReceiptMove[]): Promise<boolean> {
    if (moves.some(({ receiptId, from }) => this.rows.get(receiptId)?.state !== from)) return Promise.resolve(false);
    for (const { receiptId, to, attempts, nextAt, firstAt, endedAt, reason, progress } of moves) {
      const row = this.rows.get(receiptId);
      if (row === undefined) continue;
      this.rows.set(receiptId, {
        ...row, state: to, attempts: attempts ?? row.attempts, nextAt: nextAt ?? row.nextAt, firstAt: firstAt ?? row.firstAt, endedAt: endedAt ?? row.endedAt,
        reason: reason === undefined ? row.reason : (reason ?? undefined), progress: progress === undefined ? row.progress : (progress ?? undefined),
      });
    }
    return Promise.resolve(true);
  }

  readonly target: ReportTarget = {
    preset: 'p',
    report: compileReport(
      reportSchema.parse({
        key: { field: 'key' },
        guest: ['code', 'number'],
        sale: [
          { id: 'begin', request: { path: '/begin', json: { key: '{{key}}' } }, rules: [{ http: 200, then: 'done' }], keep: { ticket: ['ticket'] } },
          { id: 'commit', request: { path: '/commit', json: { key: '{{key}}', ticket: '{{kept.ticket}}' } }, rules: [{ http: 200, then: 'done' }] },
        ],
        discard: [{ id: 'discard', request: { path: '/discard', json: { key: '{{key}}', ticket: '{{kept.ticket}}' } }, rules: [{ http: 200, then: 'done' }] }],
        return: [{ id: 'return', request: { path: '/return', json: { key: '{{key}}', of: '{{original.key}}' } }, rules: [{ http: 200, then: 'done' }, { http: 422, then: 'refused', reason: 'noSale' }] }],
      }),
      () => undefined,
    ),
    settings: () => undefined,
    close: () => Promise.resolve(),
    send: (request) => {
      const { fault } = this;
      if (fault === 'unsent') return Promise.resolve({ failure: 'unsent', reason: 'refused' });
      if (fault === 'before') return Promise.resolve({ failure: 'lost', reason: 'timeout' });
      if (fault === 'busy') return Promise.resolve({ status: 503, empty: true, tree: undefined });
      const { key = '', of } = JSON.parse(request.body ?? '{}') as { key?: string; of?: string };
      const status = this.#serve(request.path, key, of) ? 200 : 422;
      const isLost = fault === 'after' || (fault === 'later' && request.path !== '/begin');
      return Promise.resolve(isLost ? { failure: 'lost', reason: 'connectionLost' } : { status, empty: false, tree: { ticket: `T${key}` } });
    },
  };

  /** @returns false: what is booked cannot be discarded, and what is not known not given back */
  #serve(path: string, key: string, of: string | undefined): boolean {
    const state = this.booked.get(key);
    if (path === '/begin') {
      if (state === 'discarded') this.problems.push(`${key} begun again after it was discarded`);
      if (state === undefined) {
        this.booked.set(key, 'held');
        this.arrived.push(key);
      }
    } else if (path === '/commit') {
      if (state === undefined || state === 'discarded') this.problems.push(`${key} committed while ${String(state)}`);
      else this.booked.set(key, 'done');
    } else if (path === '/discard') {
      if (state === undefined) this.problems.push(`${key} discarded while ${String(state)}`);
      if (state === 'done') return false;
      this.booked.set(key, 'discarded');
    } else {
      if (!this.booked.has(of ?? '')) return false;
      if (this.booked.get(of ?? '') !== 'done') this.problems.push(`${key} gives back ${of ?? ''}, which is ${String(this.booked.get(of ?? ''))}`);
      this.returned.add(key);
    }
    return true;
  }
}

const n = fc.nat(2);
const till = fc.constantFrom('a', 'b');
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sale' as const), n, till }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), n, till }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), n, till }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom('none' as const, 'before' as const, 'after' as const, 'later' as const, 'later' as const, 'unsent' as const, 'busy' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), turns: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
);

test('whatever fails and whenever the process dies: each sale is booked once, in the order of its till; what was cancelled leaves nothing; goods come back after their sale', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (script) => {
      const clock = new VirtualClock(1_000_000_000);
      const world = new World();
      const begin = (): ReceiptForwarder =>
        new ReceiptForwarder({ store: { heads: () => world.heads(clock.wall()), get: (id) => world.rows.get(id), followersOf: (id) => [...world.rows.values()].filter((row) => row.original === id), move: (moves) => world.move(moves) }, targets: () => new Map([['p', world.target]]), momentary, clock, log: silentLog, random: () => 0.5, count: () => undefined });
      const turns = async (count = 150): Promise<void> => {
        for (let i = 0; i < count; i += 1) await Promise.resolve();
      };
      let momentary = new MomentaryGuests(clock);
      let forwarder = begin();
      const sales = new Map<string, string>();
      for (const each of script) {
        switch (each.do) {
          case 'sale': {
            const id = `s${String(each.n)}`;
            if (!sales.has(id)) sales.set(id, each.till);
            world.put(id, sales.get(id) ?? each.till, 'sale', undefined, clock.wall());
            if (each.n % 2 === 0) momentary.put(id, { code: new Masked('123456') });
            break;
          }
          case 'return':
          case 'cancel':
            // before its sale or after it
            world.put(`${each.do}-s${String(each.n)}`, each.till, each.do, `s${String(each.n)}`, clock.wall());
            break;
          case 'fault':
            world.fault = each.fault;
            break;
          case 'wait':
            await clock.advance(each.ms);
            break;
          case 'crash':
            // in the middle of whatever it does
            forwarder.nudge();
            await turns(each.turns);
            void forwarder.close();
            await turns();
            momentary = new MomentaryGuests(clock);
            forwarder = begin();
        }
        forwarder.nudge();
        await turns();
      }
      world.fault = 'none';
      for (let i = 0; i < 40 && [...world.rows.values()].some(({ state }) => state === 'waiting'); i += 1) {
        await clock.advance(1_000_000);
        forwarder.nudge();
        await turns();
      }
      expect(world.problems).toEqual([]);
      expect([...world.rows.values()].filter(({ state, original }) => state === 'waiting' || (state === 'dead' && (original === undefined || world.rows.has(original)))).map(({ receiptId, state, reason }) => [receiptId, state, reason])).toEqual([]);
      for (const id of sales.keys()) {
        const cancelled = world.rows.has(`cancel-${id}`);
        const booked = world.booked.get(id);
        // taken back before or between the steps, or afterwards by a return of the whole
        if (cancelled) expect([id, booked === undefined || booked === 'discarded' || world.returned.has(`cancel-${id}`)]).toEqual([id, true]);
        else expect([id, booked]).toEqual([id, 'done']);
      }
      for (const till of ['a', 'b']) {
        const order = (ids: readonly string[]): readonly string[] => ids.filter((id) => sales.get(id) === till && world.booked.get(id) === 'done' && !world.rows.has(`return-${id}`) && !world.rows.has(`cancel-${id}`));
        expect(order(world.arrived)).toEqual(order([...world.rows.keys()]));
      }
      await forwarder.close();
    }),
    { numRuns: 200 },
  );
});
