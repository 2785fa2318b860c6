import { outcome, silentLog, type OutcomeEvent } from '@tillbridge/core';
import { SimulatedShop, type TillBehaviour } from '@tillbridge/testkit';
import { ALL_GRANTS, EventHub, publishPipeline } from '../../packages/bridge/src/events/index.js';
import { Random } from '../support/random.js';
import { FramedReader } from './framed-reader.js';

/** What stands at the end of an hour, with nothing under way. */
export interface HourCount {
  /** Timers that have not fired. */
  readonly timers: number;
  readonly underWay: number;
  readonly subscribers: number;
  readonly counters: number;
  /** Bytes of the heap in use after a collection. */
  readonly heap: number;
}

export interface DayReport {
  readonly hours: readonly HourCount[];
  readonly goodsIn: number;
  readonly goodsOut: number;
  readonly loyalty: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Scans with another number of outcomes than one. */
  readonly wrong: number;
}

const HOUR_MS = 3_600_000;
/** After this long nothing is under way any more: numbers expire, answers came. */
const REST_MS = 60_000;

const BEHAVIOURS: readonly TillBehaviour[] = [
  ...new Array<TillBehaviour>(4).fill({}),
  { afterMs: 300 },
  { answer: outcome('rejected', 'portNotOpen') },
  { answer: 'throw' },
  { afterMs: 'hang' },
  { afterMs: 9000, honoursAbort: false },
];

/**
 * Hours at a till with four scanners on a clock that does not wait: goods, cards, coupons, the same card twice, half reads, cables that are
 * pulled, orders that open and close, a till that hangs, and programs that subscribe to events and go. `heap` gives the bytes in use.
 */
export async function simulatedDay(hours: number, heap: () => number, everyMs = 5000): Promise<DayReport> {
  const shop = await SimulatedShop.open({ readers: { tap: { kind: 'nfc', quietMs: 0, settings: { unmatched: 'reject' } }, wand: {} } });
  const { clock, pipeline } = shop;
  const hub = new EventHub({ clock, log: silentLog, version: '0' });
  const end = publishPipeline(pipeline, hub, clock, { servesGoods: () => false });
  const framed = ['counter', 'kiosk'].map((id) => new FramedReader(id, clock));
  for (const reader of framed) await pipeline.addReader(reader, { fallbackCharset: 'windows-1251', unmatched: 'passThrough', withSuffix: false });
  const random = new Random(8);
  const till = shop.till();
  const counts = { goodsIn: 0, goodsOut: 0, loyalty: 0, wrong: 0, outcomes: {} as Record<string, number> };
  const hourCounts: HourCount[] = [];

  /** Adds up what the simulated parts remember of the last minutes, and lets them forget it. */
  const tally = (): void => {
    const perScan = new Map<string, number>();
    for (const { scan, kind } of shop.scans) if (kind !== 'goods') perScan.set(scan.id, 0);
    for (const event of shop.outcomes) {
      perScan.set(event.scanId, (perScan.get(event.scanId) ?? 0) + 1);
      count(counts.outcomes, event);
    }
    counts.loyalty += perScan.size;
    counts.wrong += [...perScan.values()].filter((each) => each !== 1).length;
    counts.goodsIn += shop.scans.filter(({ kind }) => kind === 'goods').length;
    counts.goodsOut += till.goodsReads.filter(({ scan }) => scan !== undefined).length;
    for (const list of [shop.scans, shop.outcomes, shop.dropped, till.goodsReads, till.deliveries, till.verified, till.script, shop.journal.entries]) list.length = 0;
    for (const id of ['tap', 'wand']) shop.reader(id).feedbacks.length = 0;
    shop.translator.asked.length = 0;
  };

  for (let hour = 0; hour < hours; hour += 1) {
    for (let at = 0; at < HOUR_MS - REST_MS; at += everyMs) {
      till.behaviour = random.pick(BEHAVIOURS);
      step(random, framed, shop);
      if (random.chance(0.02)) {
        const subscription = hub.subscribe({ grants: ALL_GRANTS }, { send: () => undefined, ready: () => true, ended: () => undefined });
        clock.timer(20_000, () => subscription.close());
      }
      await clock.advance(everyMs);
    }
    till.behaviour = {};
    for (const reader of framed) reader.plugIn();
    await clock.advance(REST_MS);
    tally();
    const counters = [...pipeline.readers(), ...pipeline.tills()].reduce((sum, part) => sum + Object.keys(part.counters).length, 0);
    hourCounts.push({ timers: clock.pending, underWay: pipeline.tills().reduce((sum, { underWay }) => sum + underWay, 0), subscribers: hub.subscribers, counters, heap: heap() });
  }
  end();
  await shop.close();
  return { hours: hourCounts, ...counts };
}

const count = (outcomes: Record<string, number>, { outcome: name }: OutcomeEvent): void => {
  outcomes[name] = (outcomes[name] ?? 0) + 1;
};

/** One thing that happens at the counter. */
function step(random: Random, framed: readonly FramedReader[], shop: SimulatedShop): void {
  const reader = random.pick(framed);
  const card = `98${String(random.whole(1, 5000)).padStart(12, '0')}`;
  switch (random.whole(0, 9)) {
    case 0:
      reader.bytes(`${card}\r`);
      break;
    case 1:
      reader.bytes(`${card}\r\n`);
      shop.clock.timer(400, () => reader.bytes(`${card}\r\n`));
      break;
    case 2:
      shop.reader('tap').scan(card);
      break;
    case 3:
      shop.reader('wand').scan(`CPN${String(random.whole(1, 99))}`);
      break;
    case 4:
      reader.bytes('half a re');
      shop.clock.timer(50, () => reader.unplug());
      shop.clock.timer(2000, () => reader.plugIn());
      break;
    case 5:
      shop.pipeline.order('front', random.pick(['opened', 'closed'] as const), `order-${String(random.whole(1, 9999))}`);
      break;
    case 6:
      shop.reader('wand').unplug();
      shop.clock.timer(1000, () => shop.reader('wand').replug());
      break;
    default:
      for (let i = random.whole(1, 5); i > 0; i -= 1) reader.bytes(`460${String(random.whole(1, 999_999_999)).padStart(10, '0')}\r\n`);
  }
}
