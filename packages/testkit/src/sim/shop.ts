import {
  createClassifier,
  createIds,
  NativeNumber,
  Pipeline,
  REJECT_ALL,
  silentLog,
  type Code,
  type CodeRule,
  type LaneOptions,
  type Log,
  type OutcomeEvent,
  type PipelineEvents,
  type ReaderSettings,
  type RefusalPolicies,
  type Route,
  type SpentCodes,
  type Translation,
  type Translator,
} from '@tillbridge/core';
import { VirtualClock } from '../virtual-clock.js';
import { MemoryJournal } from './journal.js';
import { SimulatedReader, type SimulatedReaderOptions } from './reader.js';
import { SimulatedTill, type SimulatedTillOptions } from './till.js';
import { SimulatedTranslator } from './translator.js';

export interface SimulatedShopOptions extends Partial<LaneOptions> {
  readonly clock?: VirtualClock;
  readonly journal?: MemoryJournal;
  readonly log?: Log;
  /** Default: one-time codes are remembered as long as the shop lives. */
  readonly spent?: SpentCodes;
  /** Default: one, `counter`. */
  readonly readers?: Readonly<Record<string, SimulatedReaderOptions & { readonly settings?: Partial<ReaderSettings> }>>;
  /** Default: one, `front`. */
  readonly tills?: Readonly<Record<string, SimulatedTillOptions>>;
  /** Default: every reader to the first till. */
  readonly routes?: readonly Route[];
  /** Default {@link SHOP_CODES}. */
  readonly codes?: readonly CodeRule[];
  readonly policies?: Partial<RefusalPolicies>;
  /** Default: one that finds `N` and the code's value in the same turn. */
  readonly translators?: readonly Translator[];
  /** Whether the shop's own translator may be asked ahead. Default false: it is asked once a scan. */
  readonly ahead?: boolean;
}

/** Cards are `98` and digits, phones `+7` and ten digits, coupons `CPN` and digits; the rest is goods. */
export const SHOP_CODES: readonly CodeRule[] = [
  { name: 'card', kind: 'card', match: /^98\d{1,14}$/ },
  { name: 'phone', kind: 'phone', match: /^\+7\d{10}$/ },
  { name: 'coupon', kind: 'coupon', match: /^CPN\d+$/ },
];

/** What the shop's translator finds for a code. */
export function shopNumber(code: Code): Translation {
  return { result: 'found', number: new NativeNumber(code.kind, `N${code.value.reveal()}`) };
}

/** A whole pipeline over simulated parts, on a virtual clock: what an integrator's test starts from. */
export class SimulatedShop {
  readonly clock: VirtualClock;
  readonly journal: MemoryJournal;
  readonly pipeline: Pipeline;
  readonly translator: SimulatedTranslator;
  readonly expireMs: number;
  readonly duplicateMs: number;
  readonly outcomes: OutcomeEvent[] = [];
  readonly scans: PipelineEvents['scan'][] = [];
  readonly dropped: PipelineEvents['dropped'][] = [];
  readonly #readers = new Map<string, SimulatedReader>();
  readonly #tills = new Map<string, SimulatedTill>();

  private constructor(options: SimulatedShopOptions) {
    this.clock = options.clock ?? new VirtualClock();
    this.journal = options.journal ?? new MemoryJournal(this.clock);
    this.translator = new SimulatedTranslator('shop', this.clock, { answer: shopNumber }, options.ahead);
    this.expireMs = options.expireMs ?? 5000;
    this.duplicateMs = options.duplicateMs ?? 2000;
    let seed = 1;
    const newId = createIds(this.clock, () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647);
    this.pipeline = new Pipeline({ clock: this.clock, journal: this.journal, log: options.log ?? silentLog, newId, ...(options.spent === undefined ? {} : { spent: options.spent }) });
    this.pipeline.on('outcome', (event) => this.outcomes.push(event));
    this.pipeline.on('scan', (event) => this.scans.push(event));
    this.pipeline.on('dropped', (event) => this.dropped.push(event));
  }

  static async open(options: SimulatedShopOptions = {}): Promise<SimulatedShop> {
    const shop = new SimulatedShop(options);
    const tills = Object.entries(options.tills ?? { front: {} });
    shop.pipeline.setRules({
      classifier: createClassifier(options.codes ?? SHOP_CODES),
      translators: options.translators ?? [shop.translator],
      policies: { ...REJECT_ALL, ...options.policies },
      routes: options.routes ?? [{ till: tills[0]?.[0] ?? 'front' }],
    });
    for (const [id, till] of tills) {
      const simulated = new SimulatedTill(id, shop.clock, till);
      shop.#tills.set(id, simulated);
      await shop.pipeline.addTill(simulated, { expireMs: shop.expireMs, duplicateMs: shop.duplicateMs });
    }
    for (const [id, { settings, ...reader }] of Object.entries(options.readers ?? { counter: {} })) {
      const simulated = new SimulatedReader(id, shop.clock, reader);
      shop.#readers.set(id, simulated);
      const defaults: ReaderSettings = { fallbackCharset: 'windows-1251', unmatched: 'passThrough', withSuffix: reader.quietMs === 0 };
      await shop.pipeline.addReader(simulated, { ...defaults, ...settings });
    }
    return shop;
  }

  /** @throws Error when there is none of that name. */
  reader(id = 'counter'): SimulatedReader {
    return found(this.#readers.get(id), id);
  }

  /** @throws Error when there is none of that name. */
  till(id = 'front'): SimulatedTill {
    return found(this.#tills.get(id), id);
  }

  get tills(): readonly SimulatedTill[] {
    return [...this.#tills.values()];
  }

  /** Closes the pipeline with a budget of `ms`. @returns whether it was closed within `ms` and the second that is left for the parts. */
  async close(ms = 3500): Promise<boolean> {
    const done = new AbortController();
    this.pipeline.close(ms).then(
      () => done.abort(),
      () => undefined,
    );
    await this.clock.advance(ms + 1000);
    return done.signal.aborted;
  }
}

function found<T>(part: T | undefined, id: string): T {
  if (part === undefined) throw new Error(`the simulated shop has no ${id}`);
  return part;
}
