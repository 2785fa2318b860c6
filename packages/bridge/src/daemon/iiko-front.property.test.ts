import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrontBench, type Given } from '../../../../test/iiko/front-bench.js';

type Step =
  | { readonly do: 'read'; readonly what: 'card' | 'coupon' }
  | { readonly do: 'scan'; readonly waiter: boolean; readonly waitMs: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'screen'; readonly screen: 'orderEdit' | 'payment' | 'dialog' | 'lock'; readonly order: number; readonly stale: boolean }
  | { readonly do: 'next'; readonly waitMs: number; readonly hangUp: boolean }
  | { readonly do: 'result'; readonly pick: number; readonly outcome: 'applied' | 'notFound' | 'unknown' | 'wrongOrder' }
  | { readonly do: 'hello'; readonly terminal: number; readonly instance: number; readonly takeOver: boolean; readonly order: number }
  | { readonly do: 'slow'; readonly ms: number };

const order = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('read' as const), what: fc.constantFrom('card', 'coupon') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('scan' as const), waiter: fc.boolean(), waitMs: fc.constantFrom(0, 500, 1500) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(1, 100, 800, 3000, 9990, 10_000, 91_000) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('screen' as const), screen: fc.constantFrom('orderEdit', 'orderEdit', 'payment', 'dialog', 'lock'), order, stale: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('next' as const), waitMs: fc.constantFrom(0, 0, 2000, 25_000), hangUp: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('result' as const), pick: fc.nat(20), outcome: fc.constantFrom('applied', 'notFound', 'unknown', 'wrongOrder') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hello' as const), terminal: fc.integer({ min: 1, max: 2 }), instance: fc.integer({ min: 1, max: 4 }), takeOver: fc.boolean(), order }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slow' as const), ms: fc.constantFrom(0, 700, 2000) }) },
);

/** A plugin that does anything in any order, and what it was given. */
class Anyhow {
  readonly given: { readonly action: Given; readonly shown: string | undefined; readonly at: number }[] = [];
  /** What the screen showed, and when, as each action was given. */
  readonly #moments = new Map<string, { readonly shown: string | undefined; readonly at: number }>();
  /** By number: the order that was open when it was read (a waiter's own), and when. */
  readonly read = new Map<string, { readonly order: string | undefined; readonly at: number }>();
  /** The order that the daemon was told of last. */
  shown: string | undefined;
  #session = 'none';
  #seq = 0;
  #codes = 0;
  readonly #bench: FrontBench;

  constructor(bench: FrontBench) {
    this.#bench = bench;
    bench.onGiven = (id) => this.#moments.set(id, { shown: this.shown, at: bench.clock.mono() });
  }

  async go(step: Step): Promise<void> {
    const bench = this.#bench;
    if (bench.till.state.status !== 'ready') this.shown = undefined;
    if (step.do === 'advance') await bench.clock.advance(step.ms);
    else if (step.do === 'slow') bench.shop.translator.behaviour = { ...bench.shop.translator.behaviour, afterMs: step.ms };
    else if (step.do === 'read') {
      bench.shop.reader().scan(this.#code(step.what, this.shown));
      await bench.clock.advance(25);
    } else if (step.do === 'scan') this.#scan(step);
    else if (step.do === 'screen') await this.#screen(step);
    else if (step.do === 'next') await this.#next(step);
    else if (step.do === 'result') await this.#result(step);
    else await this.#hello(step);
    await bench.clock.advance(0);
  }

  #code(what: 'card' | 'coupon', order: string | undefined): string {
    this.#codes += 1;
    const code = what === 'card' ? `98${String(this.#codes)}` : `CPN${String(this.#codes)}`;
    this.read.set(`N${code}`, { order, at: this.#bench.clock.mono() });
    return code;
  }

  #take(action: unknown): void {
    if (typeof action !== 'object' || action === null) return;
    const moment = this.#moments.get((action as Given).id);
    this.given.push({ action: action as Given, shown: moment?.shown, at: moment?.at ?? 0 });
  }

  #scan({ waiter, waitMs }: Extract<Step, { do: 'scan' }>): void {
    const order = waiter ? 'table-1' : this.shown;
    const raw = this.#code('card', order);
    const body = { session: this.#session, scan: raw, kind: waiter ? 'externalData' : 'barcode', raw, waitMs, ...(order === undefined ? {} : { orderId: order }) };
    void this.#bench.call('scan', body).then((answer) => this.#take(answer['action']));
  }

  async #screen({ screen, order, stale }: Extract<Step, { do: 'screen' }>): Promise<void> {
    const old = stale && this.#seq > 1;
    const seq = old ? this.#seq - 1 : this.#seq + 1;
    const orderId = screen === 'lock' ? {} : { orderId: `o${String(order)}` };
    const answer = await this.#bench.call('screen', { session: this.#session, seq, screen, ...orderId });
    if (answer['refused'] !== undefined || old) return;
    this.#seq = seq;
    this.shown = orderId.orderId;
  }

  async #next({ waitMs, hangUp }: Extract<Step, { do: 'next' }>): Promise<void> {
    const controller = new AbortController();
    const asked = this.#bench.call('next', { session: this.#session, waitMs }, controller.signal).then((answer) => this.#take(answer['action']));
    if (hangUp) controller.abort();
    if (waitMs > 2000) return;
    await this.#bench.clock.advance(waitMs);
    await asked;
  }

  async #result({ pick, outcome }: Extract<Step, { do: 'result' }>): Promise<void> {
    const one = this.given[pick % Math.max(1, this.given.length)]?.action;
    if (one === undefined) return;
    const asked = this.#bench.call('result', { session: this.#session, id: one.id, outcome, ...(outcome === 'applied' ? { evidence: 'orderShowsCard', orderId: one.orderId ?? 'o' } : {}) });
    await this.#bench.clock.advance(10);
    await asked;
  }

  async #hello({ terminal, instance, takeOver, order }: Extract<Step, { do: 'hello' }>): Promise<void> {
    const screen = { seq: this.#seq + 1, screen: 'orderEdit', orderId: `o${String(order)}` };
    const session = await this.#bench.hello({ instance: `i${String(instance)}`, terminalId: `t${String(terminal)}`, takeOver, screen });
    if (session.startsWith('TB_')) return;
    this.#seq += 1;
    this.#session = session;
    this.shown = screen.orderId;
  }
}

const numberOf = (action: Given): string => (typeof action['number'] === 'string' ? action['number'] : (action['numbers'] as string[]).join());

describe('an iiko till, whatever a plugin does', () => {
  it('gives nothing twice, nothing after its time, nothing to a screen with another order; every scan ends once', async () => {
    let given = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (script) => {
        const bench = await FrontBench.open();
        const plugin = new Anyhow(bench);
        await plugin.go({ do: 'hello', terminal: 1, instance: 1, takeOver: false, order: 1 });
        for (const one of script) await plugin.go(one);
        await bench.clock.advance(60_000);
        const actions = plugin.given.filter(({ action }) => action.kind !== 'message');
        given += actions.length;
        expect(new Set(actions.map(({ action }) => action.id)).size).toBe(actions.length);
        for (const { action, shown, at } of actions) {
          const number = numberOf(action);
          const own = plugin.read.get(number)!;
          expect(at - own.at).toBeLessThan(10_000);
          expect(action.expiresInMs).toBeGreaterThan(0);
          expect(action.expiresInMs).toBeLessThanOrEqual(10_000 - (at - own.at));
          expect(action.orderId).toBe(own.order);
          if (action.place === 'screen') expect(action.orderId).toBe(shown);
          else expect(action.orderId).toBe('table-1');
        }
        expect(new Set(actions.map(({ action }) => numberOf(action))).size).toBe(actions.length);
        const ended = bench.shop.outcomes.map(({ scanId }) => scanId);
        expect(new Set(ended).size).toBe(ended.length);
        expect(bench.pipeline.tills()[0]?.underWay).toBe(0);
        await bench.till.close();
      }),
      { numRuns: 300 },
    );
    // a property that nothing ever comes to would prove nothing
    expect(given).toBeGreaterThan(100);
  });
});
