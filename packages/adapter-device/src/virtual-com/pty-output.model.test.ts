import { VirtualClock } from '@tillbridge/testkit';
import { compileOutput, instant, NativeNumber, silentLog, Withdrawal, type GoodsRead, type Outcome } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakePty } from '../testing/fake-pty.js';
import { PtyTill } from './pty-adapter.js';

// Goods are G<id>...\r, numbers N<id>\r: whatever the till reads can be taken apart again and compared with what happened.
type Step =
  | { readonly do: 'goods'; readonly size: number }
  | { readonly do: 'deliver' | 'expect' }
  | { readonly do: 'abort'; readonly cause: 'expired' | 'superseded' }
  | { readonly do: 'read'; readonly count: number }
  | { readonly do: 'move'; readonly count: number }
  | { readonly do: 'open' }
  | { readonly do: 'close' }
  | { readonly do: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('goods' as const), size: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 500, max: 3000 })) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'deliver' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'expect' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), cause: fc.constantFrom('expired' as const, 'superseded' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), count: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(100_000)) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), count: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(5000)) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'open' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'close' as const }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 700 }) }) },
);

interface Ending {
  readonly name: string;
  outcome?: Outcome;
}

class World {
  readonly clock = new VirtualClock();
  readonly pty: FakePty;
  readonly till: PtyTill;
  readonly goods: string[] = [];
  readonly endings: Ending[] = [];
  dropped = 0;
  #abort: AbortController | undefined;

  constructor(gapMs: number, capacity: number) {
    this.pty = new FakePty(capacity);
    this.till = new PtyTill(
      { id: 't', transport: 'pty', link: '/nowhere', output: compileOutput({}), gapMs },
      { clock: this.clock, log: silentLog },
      async () => () => this.pty,
    );
  }

  open(): Promise<void> {
    const inbound = { state: () => undefined, goodsDropped: (reads: number) => void (this.dropped += reads), order: () => undefined };
    return this.till.open(inbound, new AbortController().signal);
  }

  async run(next: Step): Promise<void> {
    if (next.do === 'goods') this.sendGoods(next.size);
    if (next.do === 'deliver' && this.#abort === undefined) this.deliver();
    if (next.do === 'expect') this.till.expect();
    if (next.do === 'abort') this.#abort?.abort(new Withdrawal(next.cause));
    if (next.do === 'read') this.pty.tillReads(next.count);
    if (next.do === 'move') this.pty.move(next.count);
    if (next.do === 'open') this.pty.openByTill();
    if (next.do === 'close') {
      // a close and a reopening within one look are one opening to us: let it be seen
      this.pty.closeByTill();
      await this.clock.advance(250);
    }
    if (next.do === 'wait') await this.clock.advance(next.ms);
    await this.clock.settle();
  }

  async finish(): Promise<void> {
    this.pty.openByTill();
    for (let round = 0; round < 40; round += 1) {
      this.pty.tillReads(100_000);
      await this.clock.advance(100);
    }
    this.#abort?.abort(new Withdrawal('expired'));
    await this.clock.advance(100);
    this.pty.tillReads(100_000);
  }

  sendGoods(size: number): void {
    const name = `G${String(this.goods.length).padStart(4, '0')}`;
    this.goods.push(name);
    const read: GoodsRead = {
      reader: 'r',
      bytes: Buffer.from(name + 'x'.repeat(size)),
      terminator: Buffer.from('\r'),
      withSuffix: false,
      at: instant(this.clock),
    };
    this.till.goods(read);
  }

  deliver(): void {
    const name = `N${String(this.endings.length).padStart(7, '0')}`;
    const ending: Ending = { name };
    this.endings.push(ending);
    const abort = new AbortController();
    this.#abort = abort;
    const request = {
      id: name,
      scanId: name,
      till: 't',
      number: new NativeNumber('card', name),
      at: instant(this.clock),
      expired: () => false,
    };
    void this.till.deliver(request, abort.signal).then((outcome) => {
      ending.outcome = outcome;
      this.#abort = undefined;
    });
  }
}

/** What the till read, taken apart at the terminators; the beginnings that an opening cut off are marked. */
function framesOf(read: readonly number[]): { readonly whole: string[]; readonly cut: string[] } {
  const whole: string[] = [];
  const cut: string[] = [];
  for (const opening of read.reduce<number[][]>((all, byte) => (byte === -1 ? [...all, []] : (all.at(-1)?.push(byte), all)), [])) {
    const parts = Buffer.from(opening).toString('latin1').split('\r');
    const last = parts.pop();
    whole.push(...parts);
    if (last !== undefined && last !== '') cut.push(last);
  }
  return { whole, cut };
}

describe('a PTY till, whatever the cashier program does', () => {
  it('goods arrive in order or are counted, a withdrawn number is never read, none twice, none glued', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 60 }),
        fc.constantFrom(0, 0, 100),
        fc.constantFrom(22_000, 600),
        async (steps, gapMs, capacity) => {
          const world = new World(gapMs, capacity);
          await world.open();
          world.pty.openByTill();
          for (const next of steps) await world.run(next);
          await world.finish();

          const { whole, cut } = framesOf(world.pty.read);
          for (const frame of whole) expect(frame).toMatch(/^(G\d{4}x+|N\d{7})$/);
          const goodsRead = whole.filter((frame) => frame.startsWith('G')).map((frame) => frame.slice(0, 5));
          expect(goodsRead).toEqual([...new Set(goodsRead)].sort());
          expect(goodsRead.length + world.dropped).toBe(world.goods.length);

          const numbersRead = whole.filter((frame) => frame.startsWith('N'));
          expect(new Set(numbersRead).size).toBe(numbersRead.length);
          for (const { name, outcome } of world.endings) {
            expect(outcome).toBeDefined();
            const seen = numbersRead.includes(name);
            const begun = cut.some((piece) => piece === name.slice(0, piece.length) && piece.startsWith('N'));
            if (outcome?.outcome === 'sent') expect(seen).toBe(true);
            else if (outcome?.outcome !== 'unknown') expect(seen || (begun && cut.includes(name))).toBe(false);
          }
          await world.till.close();
        },
      ),
      { numRuns: Number(process.env['FC_RUNS'] ?? 400) },
    );
  });
});
