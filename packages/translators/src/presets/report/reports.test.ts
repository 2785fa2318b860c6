import { Masked, Secret, systemClock, type Receipt } from '@tillbridge/core';
import { isSimulatedPreset, startPlatform, type PlatformCredit, type PlatformSimulator } from '@tillbridge/testkit/platform';
import { afterEach, describe, expect, it } from 'vitest';
import { compilePlatform } from '../../http/compile.js';
import { platformDefinition } from '../../http/definition.js';
import { createReportTarget, NO_PROGRESS, reportReceipt, type Guest, type ReportEnd, type ReportJob, type ReportProgress, type ReportTarget } from '../../report/index.js';
import { PRESET_IDS, presetOf } from '../registry.js';

const sale = (receiptId: string, more: Partial<Receipt> = {}): Receipt => ({
  receiptId,
  operation: 'sale',
  storeId: 'S-01',
  tillId: 't1',
  shift: '45',
  number: '123',
  closedAt: new Date(systemClock.wall() - 60_000).toISOString(),
  currency: 'RUB',
  total: 125_000,
  lines: [
    { lineId: '1', sku: 'A-1', name: 'Кофе <&> "Co"', qty: '1.000', price: 100_000, total: 100_000 },
    { lineId: '2', sku: 'A-2', qty: '0.250', price: 100_000, total: 25_000 },
  ],
  cashier: { code: '12' },
  ...more,
});

interface Open {
  readonly simulator: PlatformSimulator;
  readonly target: ReportTarget;
}

const opened: Open[] = [];
async function open(preset: string): Promise<Open> {
  if (!isSimulatedPreset(preset)) throw new Error(`${preset} has no simulator`);
  const simulator = await startPlatform(preset, { clock: systemClock });
  const definition = platformDefinition.parse(presetOf(preset));
  const { baseUrl, vars, secrets } = simulator.site;
  const target = createReportTarget({
    platform: compilePlatform(definition, { baseUrl, vars, secrets: Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, new Secret(text)])) }),
    clock: systemClock,
    random: () => 0.5,
  });
  if (target === undefined) throw new Error(`${preset} takes no receipts`);
  opened.push({ simulator, target });
  return { simulator, target };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).flatMap(({ simulator, target }) => [target.close(), simulator.close()]));
});

/** A report as the forwarder does it: the same again after a retry, from where it came to. */
class Till {
  readonly open: Open;
  readonly progress = new Map<string, ReportProgress>();

  constructor(made: Open) {
    this.open = made;
  }

  async tell(receipt: Receipt, guest: Guest, more: Partial<ReportJob> = {}): Promise<ReportEnd> {
    const { target } = this.open;
    const original = this.progress.get(receipt.originalReceiptId ?? '')?.kept ?? {};
    const flow = receipt.operation === 'cancel' && target.report.flows.cancel === undefined ? 'return' : receipt.operation;
    const progress = this.progress.get(receipt.receiptId) ?? NO_PROGRESS;
    const job: ReportJob = { flow, receipt, guest, original, coupons: [], newGuest: false, late: false, repeated: false, progress, platformNow: systemClock.wall(), settings: target.settings, ...more };
    const keep = (next: ReportProgress): Promise<void> => {
      this.progress.set(receipt.receiptId, next);
      return Promise.resolve();
    };
    const end = await reportReceipt(target.report, job, { send: target.send, keep }, new AbortController().signal);
    if (end.end === 'done') this.progress.set(receipt.receiptId, { step: 0, kept: end.kept });
    return end;
  }

  credits(operation: 'sale' | 'return' = 'sale'): readonly PlatformCredit[] {
    return [...this.open.simulator.world.credits.values()].filter((credit) => credit.operation === operation);
  }
}

/** The guest whom each simulated platform knows, as a look-up would have left him. */
const GUESTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'mindbox-v3-card': { number: '2000001234567' },
  'mindbox-v3-customer': { phone: '+79990008811', customer: '1001' },
  'mindbox-v21': { number: '2000001234567' },
  maxma: { number: '2000000012345' },
  uds: { code: '482913', customer: '5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00001', phone: '+79990002211' },
  'rarus-lms': { number: '2900000000513', customer: '501' },
  'rarus-v1': { number: '2800000000613' },
  premiumbonus: { number: '7000000000716' },
  bonusplus: { phone: '+79990006611' },
  manzana: { number: '2015100' },
  sailplay: { phone: '+79990003311' },
  universal: { customer: 'u-1', number: '2000001' },
  'alias-json': { number: '1000000913' },
};
const guestOf = (preset: string): Guest => Object.fromEntries(Object.entries(GUESTS[preset] ?? {}).map(([name, value]) => [name, new Masked(value)]));
const REPORTING = Object.keys(GUESTS);
/** Two credits for one sale, or none, whatever is lost on the way. */
const one = (till: Till, times?: number): void => {
  const [credit, ...others] = till.credits();
  expect(others).toEqual([]);
  expect(credit).toMatchObject({ phase: 'done', total: 125_000, guest: expect.any(String) as string, ...(times === undefined ? {} : { times }) });
};

describe('receipts to the platforms', () => {
  it('every preset that takes receipts is held against its platform', () => {
    const reporting = PRESET_IDS.filter((id) => presetOf(id)?.report !== undefined);
    expect([...reporting].sort()).toEqual([...REPORTING].sort());
  });

  it.each(REPORTING)('%s: a sale is credited once, to its guest, with its sum; the same one again is the same', async (preset) => {
    const till = new Till(await open(preset));
    const guest = guestOf(preset);
    expect(await till.tell(sale('r-1'), guest)).toMatchObject({ end: 'done' });
    one(till);
    till.progress.clear();
    expect(await till.tell(sale('r-1'), guest, { repeated: true })).toMatchObject({ end: 'done' });
    one(till);
  });

  it.each(REPORTING)('%s: an answer that is lost after the work is done credits nobody twice, whichever request it was', async (preset) => {
    for (const lost of [1, 2, 3]) {
      const made = await open(preset);
      const till = new Till(made);
      let sent = 0;
      const send: ReportTarget['send'] = (request, format, signal) => {
        sent += 1;
        if (sent === lost) made.simulator.faults.dropAfterWork = 1;
        return made.target.send(request, format, signal);
      };
      const broken = new Till({ ...made, target: { ...made.target, send } });
      const first = await broken.tell(sale('r-1'), guestOf(preset));
      if (first.end === 'done') break;
      expect(first).toMatchObject({ end: 'retry' });
      // a crash: what was not durable is gone
      for (const [id, progress] of broken.progress) till.progress.set(id, progress);
      expect(await till.tell(sale('r-1'), guestOf(preset), { repeated: true })).toMatchObject({ end: 'done' });
      one(till);
    }
  });

  it.each(REPORTING)('%s: whatever is no answer of the platform is tried again, and credits once in the end', async (preset) => {
    const made = await open(preset);
    const till = new Till(made);
    for (const answer of ['empty', 'garbage', 'html', 'echo', 'otherShape', 'truncated'] as const) {
      made.simulator.faults.answer = answer;
      const end = await till.tell(sale('r-1'), guestOf(preset), { repeated: true });
      expect([answer, end.end]).toEqual([answer, 'retry']);
      expect(JSON.stringify(end)).not.toMatch(/482913|79990002211|2000000012345/);
    }
    made.simulator.faults.answer = 'normal';
    made.simulator.faults.rateLimited = 1;
    expect(await till.tell(sale('r-1'), guestOf(preset), { repeated: true })).toMatchObject({ end: 'retry' });
  });

  it.each(REPORTING.filter((preset) => !['premiumbonus', 'bonusplus', 'sailplay', 'mindbox-v21'].includes(preset)))('%s: goods come back once', async (preset) => {
    const till = new Till(await open(preset));
    await till.tell(sale('r-1'), guestOf(preset));
    const back = sale('r-2', { operation: 'return', originalReceiptId: 'r-1', total: 25_000, lines: [{ lineId: '1', sku: 'A-2', qty: '0.250', price: 100_000, total: 25_000 }] });
    for (let i = 0; i < 2; i += 1) expect(await till.tell(back, guestOf(preset), { repeated: i > 0 })).toMatchObject({ end: 'done' });
    expect(till.credits('return')).toMatchObject([{ total: 25_000, phase: 'done' }]);
    one(till);
  });

  it.each(['uds', 'premiumbonus', 'manzana', 'universal', 'alias-json'])('%s: a sale that was taken back leaves no points', async (preset) => {
    const made = await open(preset);
    const till = new Till(made);
    const before = made.simulator.world.guests.map(({ points }) => points);
    await till.tell(sale('r-1'), guestOf(preset));
    expect(await till.tell(sale('r-2', { operation: 'cancel', originalReceiptId: 'r-1' }), guestOf(preset))).toMatchObject({ end: 'done' });
    expect(made.simulator.world.guests.map(({ points }) => points)).toEqual(before);
  });

  it.each([['maxma', 'PROMO-OK'], ['mindbox-v3-card', 'MB-OK']])('%s: a coupon is held by the first step, redeemed by the last, released when the sale is cancelled between them', async (preset, coupon) => {
    const made = await open(preset);
    const till = new Till(made);
    const coupons = [new Masked(coupon)];
    const send: ReportTarget['send'] = (request, format, signal) => (/confirm|Commit/.test(request.path) ? Promise.resolve({ failure: 'lost', reason: 'timeout' }) : made.target.send(request, format, signal));
    const cut = new Till({ ...made, target: { ...made.target, send } });
    expect(await cut.tell(sale('r-1'), guestOf(preset), { coupons })).toMatchObject({ end: 'retry' });
    expect(made.simulator.world.coupons.get(coupon)).toBe('held');
    const begun = cut.progress.get('r-1') ?? NO_PROGRESS;
    expect(begun.step).toBe(1);
    expect(await till.tell(sale('r-1'), guestOf(preset), { coupons, flow: 'discard', progress: { ...begun, step: 0 } })).toMatchObject({ end: 'done' });
    expect(made.simulator.world.coupons.get(coupon)).toBe('usable');
    expect(await till.tell(sale('r-2'), guestOf(preset), { coupons })).toMatchObject({ end: 'done' });
    expect(made.simulator.world.coupons.get(coupon)).toBe('used');
  });

  it.each(['maxma', 'mindbox-v3-card'])('%s: what is booked cannot be discarded, and the platform\'s word for that is no success', async (preset) => {
    const made = await open(preset);
    const till = new Till(made);
    await till.tell(sale('r-1'), guestOf(preset));
    const begun = till.progress.get('r-1') ?? NO_PROGRESS;
    expect(await till.tell(sale('r-1'), guestOf(preset), { flow: 'discard', progress: { ...begun, step: 0 } })).toMatchObject({ end: 'refused' });
    expect(till.credits()).toMatchObject([{ phase: 'done' }]);
  });

  it('uds: a code that is spent or too old gives way to what the look-up left, and to nobody else', async () => {
    const till = new Till(await open('uds'));
    const guest = guestOf('uds');
    till.open.simulator.world.advance(46 * 60_000);
    expect(await till.tell(sale('r-1'), guest)).toMatchObject({ end: 'done' });
    one(till);
    const nobody = await till.tell(sale('r-2'), { code: new Masked('482913') });
    expect(nobody).toMatchObject({ end: 'refused', reason: 'guestNotTaken' });
    expect(await till.tell(sale('r-3'), { code: new Masked('482913'), phone: new Masked('8 (999) 000-22-11') })).toMatchObject({ end: 'done' });
  });

  it('mindbox: a late sale goes its own way; a price that changed is nobody\'s success', async () => {
    const till = new Till(await open('mindbox-v3-card'));
    expect(await till.tell(sale('r-1'), guestOf('mindbox-v3-card'), { flow: 'lateSale', late: true })).toMatchObject({ end: 'done' });
    expect(till.credits()).toMatchObject([{ late: true, phase: 'done' }]);
    expect(await till.tell(sale('r-2'), guestOf('mindbox-v3-card'), { coupons: [new Masked('MB-USED')] })).toEqual(expect.objectContaining({ end: 'refused', reason: 'priceHasBeenChanged' }));
  });

  it('premiumbonus: a late sale says so', async () => {
    const till = new Till(await open('premiumbonus'));
    await till.tell(sale('r-1'), guestOf('premiumbonus'), { late: true });
    expect(till.credits()).toMatchObject([{ late: true }]);
  });

  it('manzana: a till whose clock runs ahead is dated back', async () => {
    const till = new Till(await open('manzana'));
    const ahead = sale('r-1', { closedAt: new Date(systemClock.wall() + 3_600_000).toISOString() });
    expect(await till.tell(ahead, guestOf('manzana'))).toMatchObject({ end: 'done' });
  });

  it('universal: who was new is none after his first receipt', async () => {
    const till = new Till(await open('universal'));
    await till.tell(sale('r-1'), { customer: new Masked('u-3') }, { newGuest: true });
    const { exchanges, world } = till.open.simulator;
    expect(exchanges.at(-1)?.call.json).toMatchObject({ newGuest: true, guest: 'u-3', total: 125_000 });
    expect(world.find('id', 'u-3')?.extra).toEqual({});
  });
});
