import { codeOf, Masked, NativeNumber, type OutcomeEvent, type PipelineEvents, type Translation } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { reportSchema } from '@tillbridge/translators/report';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { planReport, type Platforms } from './receipt-plan.js';
import type { Receipt } from './receipt-schema.js';
import { afterAttempt, dueIn } from './retry-plan.js';
import { ScanMemory } from './scan-memory.js';

const definition = reportSchema.parse({ key: { field: 'k' }, guest: ['session', 'customer', 'phone', 'number'], sale: [{ id: 's', request: { path: '/' }, rules: [{ http: 200, then: 'done' }] }] });
const UDS: Platforms = new Map([['uds', { definition }]]);
const BOTH: Platforms = new Map([['uds', { definition }], ['maxma', { definition }]]);
const receipt = (more: Partial<Receipt> = {}): Receipt => ({ receiptId: 'r', operation: 'sale', tillId: 'front', closedAt: '2026-01-10T12:00:00Z', currency: 'RUB', total: 1, lines: [{ lineId: '1', qty: '1', price: 1, total: 1 }], ...more });

/** A pipeline that says what it is told to say. */
class Says {
  readonly #listeners = new Map<string, (event: never) => void>();
  on<Name extends keyof PipelineEvents>(name: Name, listener: (event: PipelineEvents[Name]) => void): () => void {
    this.#listeners.set(name, listener);
    return () => this.#listeners.delete(name);
  }
  looked(scanId: string, translation: Translation): void {
    this.#listeners.get('translated')?.({ scan: { id: scanId }, code: codeOf('card', '482913'), till: 'front', translated: { translation } } as never);
  }
  ended(scanId: string, orderId: string): void {
    this.#listeners.get('outcome')?.({ scanId, outcome: 'sent', orderId } as never);
  }
  order(state: 'opened' | 'closed', orderId?: string): void {
    this.#listeners.get('order')?.({ till: 'front', state, ...(orderId === undefined ? {} : { orderId }) } as never);
  }
  scan(scanId: string, kind: 'card' | 'coupon' | 'phone', translation: Translation, { outcome = 'sent', orderId, oneTime = false, text = '482913' }: { outcome?: OutcomeEvent['outcome']; orderId?: string; oneTime?: boolean; text?: string } = {}): void {
    this.#listeners.get('translated')?.({ scan: { id: scanId }, code: codeOf(kind, text, { oneTime }), till: 'front', translated: { translation } } as never);
    this.#listeners.get('outcome')?.({ scanId, outcome, ...(orderId === undefined ? {} : { orderId }) } as never);
  }
}

const note = { preset: 'uds', translator: '1:http', lookupId: 'l' };
const found = (value: string, platform: object = {}): Translation => ({ result: 'found', number: new NativeNumber('card', value), platform: { ...note, ...platform } });

describe('who a receipt is of, and who is told', () => {
  let clock: VirtualClock;
  let memory: ScanMemory;
  /** What would be there after a crash. */
  const stored = new Map<string, { readonly scanId: string; readonly till: string; readonly orderId?: string; readonly guest: object }>();
  const made = (): ScanMemory =>
    new ScanMemory({
      clock,
      store: (scan) => stored.set(scan.scanId, scan),
      stored: (asked) => [...stored.values()].filter((scan) => ('scanIds' in asked ? asked.scanIds.includes(scan.scanId) : scan.till === asked.till && scan.orderId === asked.orderId)).map(({ scanId, guest }) => ({ scanId, guest: { ...guest } })),
    });
  let says: Says;
  beforeEach(() => {
    clock = new VirtualClock(1);
    stored.clear();
    memory = made();
    says = new Says();
    memory.follow(says);
  });

  it('the scans that it names: the platform that looked the guest up, its lasting reference sealed, its code in memory alone', () => {
    says.scan('s1', 'card', found('1099', { customer: new Masked('uid-1'), session: new Masked('long-code') }), { oneTime: true });
    says.scan('s2', 'coupon', { result: 'coupon', number: new NativeNumber('coupon', 'SALE10') }, { text: 'SALE10' });
    const { plan, momentary } = planReport(receipt({ scanIds: ['s1', 's2'] }), memory.of({ scanIds: ['s1', 's2'], till: 'front' }), BOTH);
    expect(plan).toEqual({ state: 'waiting', target: 'uds', progress: { guest: { customer: 'uid-1', number: '1099' }, coupons: ['SALE10'], offline: false, newCustomer: false }, guest: 'uds 1099', scans: ['s1', 's2'] });
    expect([momentary.code?.reveal(), momentary.session?.reveal()]).toEqual(['482913', 'long-code']);
    expect(JSON.stringify(plan)).not.toMatch(/482913|long-code/);
  });

  describe('an order id that is used again', () => {
    const ids = (of: ScanMemory): readonly string[] => of.of({ orderId: '7', till: 'front' }).map(({ scanId }) => scanId);
    const again = (): void => {
      says.order('closed', '7');
      says.order('opened', '7');
    };

    it('after it was closed is another order: who was scanned for the first one is not its guest, after a restart neither', () => {
      says.order('opened', '7');
      says.scan('s1', 'card', found('1'), { orderId: '7' });
      again();
      expect(ids(memory)).toEqual([]);
      says.scan('s2', 'card', found('2'), { orderId: '7' });
      expect([ids(memory), ids(made())]).toEqual([['s2'], ['s2']]);
      expect(memory.of({ scanIds: ['s1'], till: 'front' }).map(({ scanId }) => scanId)).toEqual(['s1']);
    });

    it('is another one for what an earlier process stored', () => {
      says.scan('s1', 'card', found('1'), { orderId: '7' });
      memory = made();
      says = new Says();
      memory.follow(says);
      again();
      expect([ids(memory), ids(made())]).toEqual([[], []]);
    });

    it('while the receipt of the first one is not here yet, and it was only closed, is that one', () => {
      says.order('opened', '7');
      says.scan('s1', 'card', found('1'), { orderId: '7' });
      says.order('closed', '7');
      expect(ids(memory)).toEqual(['s1']);
    });

    it('and was only off the screen is the same order', () => {
      says.order('opened', '7');
      says.scan('s1', 'card', found('1'), { orderId: '7' });
      for (const order of ['8', '7']) says.order('opened', order);
      says.order('closed');
      says.order('opened', '7');
      expect(ids(memory)).toEqual(['s1']);
    });

    it('has no scan whose look-up began for the first one', async () => {
      says.order('opened', '7');
      says.looked('s1', found('1'));
      await clock.advance(1);
      again();
      says.ended('s1', '7');
      expect([ids(memory), ids(made())]).toEqual([[], []]);
    });
  });

  it('the scans of its order that reached the till, of that till', () => {
    says.scan('s1', 'card', found('1', { customer: new Masked('one') }), { orderId: 'o', outcome: 'superseded' });
    says.scan('s2', 'card', found('2', { customer: new Masked('two') }), { orderId: 'o' });
    says.scan('s3', 'card', found('3', { customer: new Masked('three') }), { orderId: 'other' });
    expect(memory.of({ orderId: 'o', till: 'front' }).map(({ scanId }) => scanId)).toEqual(['s2']);
    expect(memory.of({ orderId: 'o', till: 'back' })).toEqual([]);
    expect(memory.of({ till: 'front' })).toEqual([]);
  });

  it('after a crash everything is known but the code', () => {
    says.scan('s1', 'card', found('1099', { customer: new Masked('uid-1'), session: new Masked('long-code') }), { oneTime: true, orderId: 'o' });
    expect(JSON.stringify([...stored.values()])).not.toMatch(/482913|long-code/);
    memory = made();
    for (const asked of [{ scanIds: ['s1'], till: 'front' }, { orderId: 'o', till: 'front' }]) {
      const { plan, momentary } = planReport(receipt(), memory.of(asked), BOTH);
      expect(plan).toMatchObject({ target: 'uds', progress: { guest: { customer: 'uid-1', number: '1099' } } });
      expect(momentary).toEqual({});
    }
  });

  it('what the receipt says itself counts without any scan', () => {
    const { plan, momentary } = planReport(receipt({ loyalty: { preset: 'uds', nativeNumber: '+79990001122', kind: 'phone', sessionCode: '111111', coupons: ['C'] } }), [], BOTH);
    expect(plan).toMatchObject({ target: 'uds', progress: { guest: { phone: '+79990001122' }, coupons: ['C'] } });
    expect(momentary.code?.reveal()).toBe('111111');
  });

  it.each<readonly [string, Partial<Receipt>, Platforms, string]>([
    ['nobody was identified', {}, UDS, 'noGuest'],
    ['a platform that is not configured', { loyalty: { preset: 'maxma', nativeNumber: '1' } }, UDS, 'noPlatform'],
    ['two platforms, and nothing says which', { loyalty: { nativeNumber: '1' } }, BOTH, 'noPlatform'],
  ])('%s: skipped, with its reason', (_, more, platforms, reason) => {
    expect(planReport(receipt(more), [], platforms).plan).toEqual({ state: 'skipped', reason });
  });

  it('a return needs no guest; the only platform is the one', () => {
    expect(planReport(receipt({ operation: 'return', originalReceiptId: 'x' }), [], UDS).plan).toMatchObject({ state: 'waiting', target: 'uds', original: 'x' });
  });

  it('a return goes to the platform that was told of its sale', () => {
    expect(planReport(receipt({ operation: 'return', originalReceiptId: 'x' }), [], BOTH, 'maxma').plan).toMatchObject({ state: 'waiting', target: 'maxma' });
    expect(planReport(receipt({ operation: 'return', originalReceiptId: 'x' }), [], BOTH).plan).toMatchObject({ state: 'skipped', reason: 'noPlatform' });
  });

  it('a number that was found without the platform is one that authorised nothing', () => {
    says.scan('s1', 'card', { result: 'found', number: new NativeNumber('card', '1'), state: 'accrueOnly', platform: { ...note, stale: true } });
    expect(planReport(receipt(), memory.of({ scanIds: ['s1'], till: 'front' }), UDS).plan.progress).toMatchObject({ offline: true });
  });

  it('remembers for half a day, and no more than it may', async () => {
    for (let i = 0; i < 1100; i += 1) says.scan(`s${String(i)}`, 'card', found('1'));
    expect(memory.size).toBe(1000);
    await clock.advance(12 * 3_600_000 + 1);
    stored.clear();
    expect(memory.of({ scanIds: ['s1099'], till: 'front' })).toEqual([]);
    expect(memory.size).toBe(0);
  });
});

describe('when a receipt is tried again', () => {
  test('never sooner than four seconds, never later than it should, dead after a week of trying', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(20 * 86_400_000), fc.nat(20 * 86_400_000), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.option(fc.nat(10_000_000), { nil: undefined }), (attempts, age, tried, random, retryAfterMs) => {
        const now = 1e12;
        const next = afterAttempt({ end: 'retry', reason: 'x', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, { attempts, storedAt: now - age, firstAt: now - Math.min(age, tried) }, now, random);
        const week = attempts >= 5 && age >= 7 * 86_400_000 && Math.min(age, tried) >= 3_600_000;
        expect(next.to).toBe(week ? 'dead' : 'waiting');
        if (next.to === 'waiting') {
          expect(next.nextAt - now).toBeGreaterThanOrEqual(4000);
          expect(next.nextAt - now).toBeLessThanOrEqual(3_600_000);
        }
      }),
    );
  });

  it('a wall clock that was set back by a year holds nobody up', () => {
    expect([dueIn(1000, 2000), dueIn(3000, 2000), dueIn(2000 + 365 * 86_400_000, 2000)]).toEqual([0, 1000, 0]);
  });
});
