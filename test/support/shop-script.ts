import { instant, NativeNumber, outcome, type DeliveryRequest, type Instant, type Translation } from '@tillbridge/core';
import { shopNumber, SimulatedShop, type JournalMode, type SimulatedShopOptions, type SimulatedTill, type TillBehaviour, type TranslatorBehaviour } from '@tillbridge/testkit';
import fc from 'fast-check';

/** One thing that happens in the shop. */
export type Action =
  /** `settle`: its silence follows. */
  | { readonly do: 'scan'; readonly reader: string; readonly text: string; readonly settle?: boolean }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'journal'; readonly mode: JournalMode; readonly commitMs: number }
  | { readonly do: 'translator'; readonly behaviour: TranslatorBehaviour }
  | { readonly do: 'till'; readonly till: string; readonly behaviour: TillBehaviour }
  | { readonly do: 'port'; readonly till: string; readonly open: boolean }
  | { readonly do: 'wall'; readonly ms: number }
  | { readonly do: 'order'; readonly till: string; readonly state: 'opened' | 'closed'; readonly id: string };

export const QUIET_MS = 20;
export const READERS = ['a', 'b', 'c'] as const;
export const TILLS = ['front', 'back'] as const;

/** Three readers on two tills; the goods of the third go to the first till. */
export const TWO_TILLS: SimulatedShopOptions = {
  readers: { a: { quietMs: QUIET_MS }, b: { quietMs: QUIET_MS }, c: { quietMs: QUIET_MS } },
  tills: { front: {}, back: {} },
  routes: [
    { readers: ['a', 'b'], till: 'front' },
    { readers: ['c'], till: 'back', goods: 'front' },
  ],
};

const till = fc.constantFrom(...TILLS);
const reader = fc.constantFrom(...READERS);

/** Few codes, so that they repeat. */
export const goodsText = fc.nat(999).map((n) => `460${n}`);
export const cardText = fc.integer({ min: 10, max: 16 }).map((n) => `98${n}`);
export const phoneText = fc.integer({ min: 0, max: 3 }).map((n) => `+7900000000${n}`);
export const couponText = fc.integer({ min: 1, max: 8 }).map((n) => `CPN${n}`);

const garbage = (value: unknown): Translation => value as Translation;
const answers: TranslatorBehaviour['answer'][] = [
  shopNumber,
  shopNumber,
  shopNumber,
  { result: 'notFound' },
  { result: 'blocked', reason: 'inactive' },
  { result: 'unavailable', reason: 'timeout' },
  { result: 'ambiguous' },
  { result: 'codeUsed' },
  'throw',
  garbage(undefined),
  garbage({ result: 'fine' }),
  garbage({ result: 'found', number: '12345678' }),
];
const waits = [0, 1, 50, 800, 3000, 7000, 'hang' as const];

export const actions = {
  goods: fc.record({ do: fc.constant('scan' as const), reader, text: goodsText }),
  loyalty: fc.record({
    do: fc.constant('scan' as const),
    reader,
    text: fc.oneof(cardText, phoneText, couponText),
    settle: fc.constantFrom(true, true, true, false),
  }),
  advance: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(0, 5, 19, 20, 21, 100, 700, 1999, 2500, 5000) }),
  /** Time for a read to become a loyalty scan. */
  quiet: fc.constant<Action>({ do: 'advance', ms: QUIET_MS }),
  journal: fc.record({ do: fc.constant('journal' as const), mode: fc.constantFrom<JournalMode>('ok', 'ok', 'fail', 'hang', 'throw'), commitMs: fc.constantFrom(0, 3, 300, 4000) }),
  slowJournal: fc.record({ do: fc.constant('journal' as const), mode: fc.constant<JournalMode>('ok'), commitMs: fc.constantFrom(0, 3, 300, 1500) }),
  translator: fc.record({
    do: fc.constant('translator' as const),
    behaviour: fc.record(
      { answer: fc.constantFrom(...answers), afterMs: fc.constantFrom(...waits), honoursAbort: fc.boolean() },
      { requiredKeys: ['answer'] },
    ),
  }),
  till: fc.record({
    do: fc.constant('till' as const),
    till,
    behaviour: fc.record({
      answer: fc.constantFrom(outcome('sent'), outcome('applied'), outcome('rejected', 'cardUnknown'), outcome('unknown'), 'throw' as const),
      afterMs: fc.constantFrom(...waits),
      honoursAbort: fc.boolean(),
    }),
  }),
  port: fc.record({ do: fc.constant('port' as const), till, open: fc.boolean() }),
  wall: fc.record({ do: fc.constant('wall' as const), ms: fc.constantFrom(3_600_000, 6000, 2000, -2000, -3_600_000) }),
  order: fc.record({ do: fc.constant('order' as const), till, state: fc.constantFrom('opened' as const, 'closed' as const), id: fc.constantFrom('o1', 'o2') }),
} satisfies Record<string, fc.Arbitrary<Action>>;

/** Long scripts of these: fast-check's default would make most of them a handful of actions. */
export function scripts(...choices: readonly fc.WeightedArbitrary<Action>[]): fc.Arbitrary<Action[]> {
  return fc.array(fc.oneof(...choices), { maxLength: 50, size: 'max' });
}

/** Everything that can happen, in any order. */
export const anything: fc.Arbitrary<Action[]> = scripts(
  { weight: 3, arbitrary: actions.goods },
  { weight: 7, arbitrary: actions.loyalty },
  { weight: 5, arbitrary: actions.quiet },
  { weight: 3, arbitrary: actions.advance },
  { weight: 1, arbitrary: actions.journal },
  { weight: 2, arbitrary: actions.translator },
  { weight: 2, arbitrary: actions.till },
  { weight: 1, arbitrary: actions.port },
  { weight: 1, arbitrary: actions.wall },
  { weight: 2, arbitrary: actions.order },
);

/** A loyalty scan that the pipeline took. */
export interface Taken {
  readonly scanId: string;
  readonly till: string;
  readonly kind: string;
  readonly text: string;
  readonly at: Instant;
  /** The till's order at the scan; undefined: the till had never told us. */
  readonly order: string | undefined;
}

/** A number on its way into a till, seen from outside at that very moment. */
export interface Handed {
  readonly till: string;
  readonly request: DeliveryRequest;
  readonly at: Instant;
  readonly order: string | undefined;
  /** What was durable of the scan. */
  readonly durable: readonly string[];
  /** The scans taken until then, oldest first. */
  readonly takenBefore: readonly Taken[];
  /** Scans that had their outcome decided until then. */
  readonly decidedBefore: ReadonlySet<string>;
}

/** What a shop must do, told in the simplest way, and what it did. */
export class Observed {
  readonly shop: SimulatedShop;
  readonly taken: Taken[] = [];
  readonly handed: Handed[] = [];
  /** Per reader: what must have reached the goods till, in order. */
  readonly expectedGoods = new Map<string, string[]>(READERS.map((id) => [id, []]));
  /** Per reader: texts that must have become loyalty scans, in order. */
  readonly expectedLoyalty = new Map<string, string[]>(READERS.map((id) => [id, []]));
  readonly orders = new Map<string, string>();
  readonly #held = new Map<string, string>();
  readonly #lastByte = new Map<string, number>();

  constructor(shop: SimulatedShop) {
    this.shop = shop;
    shop.pipeline.on('scan', ({ scan, kind, till: to }) => {
      if (kind === 'goods' || to === undefined) return;
      this.taken.push({ scanId: scan.id, till: to, kind, text: scan.text, at: scan.at, order: this.orders.get(to) });
    });
    for (const simulated of shop.tills) this.#watch(simulated);
  }

  async play(script: readonly Action[]): Promise<void> {
    for (const action of script) {
      this.do(action);
      if (action.do === 'advance') await this.#advance(action.ms);
      else if (action.do === 'scan' && action.settle === true) await this.#advance(QUIET_MS);
    }
  }

  /** The synchronous part of an action. */
  do(action: Action): void {
    const { shop } = this;
    if (action.do === 'scan') this.#scan(action.reader, action.text);
    else if (action.do === 'journal') {
      shop.journal.mode = action.mode;
      shop.journal.commitMs = action.commitMs;
    } else if (action.do === 'translator') shop.translator.behaviour = action.behaviour;
    else if (action.do === 'till') shop.till(action.till).behaviour = action.behaviour;
    else if (action.do === 'port') {
      if (action.open) shop.till(action.till).openPort();
      else shop.till(action.till).closePort();
    } else if (action.do === 'wall') shop.clock.sleepMachine(action.ms);
    else if (action.do === 'order') {
      this.orders.set(action.till, action.state === 'opened' ? action.id : 'closed');
      shop.till(action.till).inbound.order(action.state, action.state === 'opened' ? action.id : undefined);
    }
  }

  /** What each reader's goods are by now, as the tills saw them. */
  goodsOf(id: string): string[] {
    return this.shop.tills.flatMap(({ goodsReads }) => goodsReads.filter((read) => read.reader === id).map(({ bytes, terminator }) => Buffer.concat([bytes, terminator]).toString()));
  }

  #scan(id: string, text: string): void {
    const now = this.shop.clock.mono();
    const goods = this.expectedGoods.get(id) ?? [];
    const held = this.#held.get(id);
    if (held !== undefined) goods.push(held);
    this.#held.delete(id);
    const silent = now - (this.#lastByte.get(id) ?? Number.NEGATIVE_INFINITY) >= QUIET_MS;
    this.#lastByte.set(id, now);
    if (silent && !text.startsWith('460')) this.#held.set(id, `${text}\r`);
    else goods.push(`${text}\r`);
    this.shop.reader(id).scan(text);
  }

  async #advance(ms: number): Promise<void> {
    const end = this.shop.clock.mono() + ms;
    for (const [id, held] of [...this.#held]) {
      if (end - (this.#lastByte.get(id) ?? 0) < QUIET_MS) continue;
      this.#held.delete(id);
      this.expectedLoyalty.get(id)?.push(held.slice(0, -1));
    }
    await this.shop.clock.advance(ms);
  }

  #watch(simulated: SimulatedTill): void {
    const { shop } = this;
    const deliver = simulated.deliver.bind(simulated);
    simulated.deliver = (request, signal) => {
      const durable = shop.journal.durable.filter(({ scanId }) => scanId === request.scanId).map(({ type }) => type);
      const decided = shop.journal.entries.filter(({ entry }) => entry.type === 'outcome').map(({ entry }) => entry.scanId);
      this.handed.push({
        till: simulated.id,
        request,
        at: instant(shop.clock),
        order: this.orders.get(simulated.id),
        durable,
        takenBefore: this.taken.filter((scan) => scan.till === simulated.id),
        decidedBefore: new Set(decided),
      });
      return deliver(request, signal);
    };
  }
}

/** Opens a shop, plays a script in it, closes it. Half of the scripts meet a translator that may be asked ahead. */
export async function observe(script: readonly Action[], options: SimulatedShopOptions = TWO_TILLS): Promise<{ readonly seen: Observed; readonly closed: boolean }> {
  const shop = await SimulatedShop.open({ ahead: script.length % 2 === 0, ...options });
  const seen = new Observed(shop);
  await seen.play(script);
  return { seen, closed: await shop.close() };
}

/** A number that a test expects in a till. */
export function numberOf(kind: 'card' | 'coupon' | 'phone', text: string): NativeNumber {
  return new NativeNumber(kind, `N${text}`);
}
