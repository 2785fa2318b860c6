import { costsGoods } from '../judge/goods.js';
import type { Shown } from '../judge/observed.js';
import { goodsRead, loyaltyCode, type LoyaltyKind, type ReaderId, type Source } from '../plan/codes.js';
import type { Action } from '../plan/plan.js';
import { moment, type World } from './world.js';

/** A product that takes longer than this with nothing in its way is lost, in ms. */
const LOST_MS = 45_000;
/** How long a cashier who saw a till's port close waits for the last products. */
const CUT_MS = 1500;

/** Plays the people at the readers, and the program at the API. Counts what was sent. */
export class Cashiers {
  readonly #world: World;
  readonly #goods = new Map<ReaderId, number>();
  readonly #loyalty = new Map<Source, number>();
  #sent = 0;
  readonly #waiting = new Set<{ readonly reads: number; readonly go: () => void }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Reads sent in all, goods and loyalty. */
  get sent(): number {
    return this.#sent;
  }

  /** Resolves when so many reads have been sent. */
  async whenSent(reads: number): Promise<void> {
    if (this.#sent >= reads) return;
    await new Promise<void>((go) => this.#waiting.add({ reads, go }));
  }

  async play(reader: ReaderId, script: readonly Action[]): Promise<void> {
    const begun = performance.now();
    for (const action of script) {
      await this.#world.whenUp();
      if (action.do === 'goods') await this.#sendGoods(reader, action.count, action.marked);
      else if (action.do === 'loyalty') await this.#show(reader, action.kind, action.waitMs);
      else if (action.do === 'order') {
        this.#world.record.orderChanges.push(performance.now());
        this.#world.simulators.nextOrder();
      }
      else if (action.do === 'at') await moment(Math.max(0, begun + action.ms - performance.now()));
      else await moment(action.ms);
    }
  }

  /** A program hands scans over, every other one waiting for the outcome. */
  async program(pauses: readonly number[]): Promise<void> {
    for (const [at, ms] of pauses.entries()) {
      await moment(ms);
      await this.#world.whenUp();
      const n = next(this.#loyalty, 'program', 1);
      const { code } = loyaltyCode('program', 'card', n);
      const from = performance.now();
      const acknowledged = await this.#handOver(code, at % 2 === 1);
      const now = performance.now();
      this.#note(1);
      this.#world.record.shown.push({ source: 'program', kind: 'card', n, from, sent: now, to: now, ...(acknowledged === undefined ? {} : { acknowledged }) });
    }
  }

  async #handOver(code: string, wait: boolean): Promise<Shown['acknowledged']> {
    try {
      const { status, body } = await this.#world.shop.call('POST', wait ? '/v1/scans?wait=1' : '/v1/scans', { code, reader: 'program' });
      if (status !== 202 && status !== 200) return undefined;
      const { outcome } = body;
      return { scanId: String(body['scanId']), ...(typeof outcome === 'string' ? { outcome } : {}) };
    } catch {
      // it died: nothing was acknowledged
      return undefined;
    }
  }

  async #sendGoods(reader: ReaderId, count: number, marked: boolean): Promise<void> {
    const first = next(this.#goods, reader, count);
    const from = performance.now();
    const text = Array.from({ length: count }, (_, i) => goodsRead(reader, first + i, marked)).join('');
    await this.#world.send(reader, text);
    const sent = performance.now();
    this.#note(count);
    await this.#untilOut(reader, first + count - 1, from);
    this.#world.record.bursts.push({ reader, first, count, from, sent, to: performance.now() });
  }

  /** Waits until a product is out, or until something happened that may have cost it. */
  async #untilOut(reader: ReaderId, last: number, from: number): Promise<void> {
    const { record } = this.#world;
    for (const end = performance.now() + LOST_MS; record.newest(reader) < last && performance.now() < end; ) {
      await moment(1);
      if (record.newest(reader) >= last) return;
      const troubles = record.during({ from, to: performance.now() });
      const over = troubles.flatMap(({ to, ...trouble }) => (to === undefined ? [] : [{ ...trouble, to }]));
      if (over.some((trouble) => costsGoods(trouble, reader))) return;
      const cut = over.find(({ name }) => name === 'till-hangup');
      if (cut !== undefined && performance.now() > cut.to + CUT_MS && !troubles.some(({ to }) => to === undefined)) return;
    }
  }

  /** A guest's code, with silence around it, as a person shows it. */
  async #show(reader: ReaderId, kind: LoyaltyKind, waitMs: number): Promise<void> {
    const { simulators, record } = this.#world;
    const n = next(this.#loyalty, reader, 1);
    const { code, number } = loyaltyCode(reader, kind, n);
    if (kind === 'platform') simulators.guest(code, number);
    if (reader === 'hall') simulators.card(code);
    const from = performance.now();
    const order = reader === 'hall' ? simulators.order : undefined;
    await this.#silence();
    await this.#world.send(reader, `${code}\r`);
    const sent = performance.now();
    this.#note(1);
    await this.#silence();
    const to = performance.now();
    record.shown.push({ source: reader, kind, n, from, sent, to, ...(order !== undefined && order === simulators.order ? { order } : {}) });
    for (const end = to + waitMs; reader !== 'hall' && !record.hasNumber(number) && performance.now() < end; ) await moment(2);
    if (reader === 'hall') await moment(Math.min(waitMs, 150));
  }

  /** Where nobody answers there is no daemon to be silent for. */
  async #silence(): Promise<void> {
    await this.#world.shop.silence().catch(() => moment(25));
  }

  #note(count: number): void {
    this.#sent += count;
    for (const waiting of [...this.#waiting]) {
      if (waiting.reads > this.#sent) continue;
      this.#waiting.delete(waiting);
      waiting.go();
    }
  }
}

/** Deals numbers out; returns the first of `count`. */
function next<K>(counters: Map<K, number>, key: K, count: number): number {
  const first = counters.get(key) ?? 0;
  counters.set(key, first + count);
  return first;
}
