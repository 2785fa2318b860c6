import { silentLog, TillbridgeError, type Pipeline } from '@tillbridge/core';
import { FrontTill, type FrontOptions, type GuestAuthorizer, type PluginCallName } from '@tillbridge/adapter-iiko';
import { SimulatedShop, type VirtualClock } from '@tillbridge/testkit';
import { DeliveryBoard, offerDelivery } from '../../packages/bridge/src/client-adapter/index.js';
import { reportDurably } from '../../packages/bridge/src/control/calls-deliveries.js';
import { EventHub } from '../../packages/bridge/src/events/index.js';

export const never: AbortSignal = new AbortController().signal;

export interface Given {
  readonly id: string;
  readonly kind: string;
  readonly orderId?: string;
  readonly place?: string;
  readonly expiresInMs: number;
  readonly text?: string;
  readonly [field: string]: unknown;
}

export const OPTIONS: FrontOptions = {
  ...{ id: 'front', expireMs: 10_000, cashierMessage: 'en', gtin: 'pass', conflict: 'reject', phone: 'e164', watchKey: 'waiter' },
  identifiers: { card: 'rmsDiscountCard', coupon: 'iikoCardCoupon', phone: 'guestPhone' },
};

/** The iiko till in a whole pipeline on a virtual clock; the plugin's calls come straight in. */
export class FrontBench {
  readonly shop: SimulatedShop;
  readonly till: FrontTill;
  readonly clock: VirtualClock;
  readonly pipeline: Pipeline;
  readonly board: DeliveryBoard;
  /** Called when an action is given, before the plugin has it. */
  onGiven: (id: string) => void = () => undefined;

  private constructor(shop: SimulatedShop, options: FrontOptions, guests?: GuestAuthorizer) {
    const { clock, pipeline } = shop;
    const board = new DeliveryBoard();
    const hub = new EventHub({ clock, log: silentLog, version: '0' });
    let ids = 0;
    this.shop = shop;
    this.clock = clock;
    this.pipeline = pipeline;
    this.board = board;
    this.till = new FrontTill(options, {
      ...{ clock, log: silentLog, version: '0', newId: () => `session-${String((ids += 1))}` },
      board: {
        offer: (request, expiresAt, signal) => offerDelivery({ clock, hub, board }, request, expiresAt, signal, new Set()),
        claim: (id, owner) => {
          board.claim(id, owner);
          this.onGiven(id);
        },
        report: (id, owner, ended) => reportDurably({ board, pipeline, clock }, id, owner, ended),
        giveUp: () => undefined,
      },
      scans: () => true,
      take: (text, orderId) => {
        const injected = pipeline.inject({ bytes: new TextEncoder().encode(text), reader: 'counter', ...(orderId === undefined ? {} : { orderId }) });
        return 'ticket' in injected ? { handled: true, scanId: injected.ticket.scanId, outcome: injected.ticket.outcome } : { handled: false };
      },
      ...(guests === undefined ? {} : { guests }),
    });
  }

  static async open(over: Partial<FrontOptions> = {}, guests?: GuestAuthorizer): Promise<FrontBench> {
    const options = { ...OPTIONS, ...over };
    const shop = await SimulatedShop.open({ expireMs: options.expireMs, tills: {}, routes: [{ till: 'front', goods: 'none' }] });
    const bench = new FrontBench(shop, options, guests);
    await shop.pipeline.addTill(bench.till, { expireMs: options.expireMs, duplicateMs: 2000 });
    return bench;
  }

  /** One call of a plugin. Refusals come as their codes. */
  async call(name: PluginCallName, body: object, signal = never): Promise<Record<string, unknown>> {
    try {
      return (await this.till.answer(name, body, signal)) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof TillbridgeError) return { refused: error.code };
      throw error;
    }
  }

  /** Says hello; gives the session, or the code of the refusal. */
  async hello(over: object = {}): Promise<string> {
    const screen = { seq: 1, screen: 'orderEdit', orderId: 'o1' };
    const about = { wire: 1, instance: 'i1', terminalId: 't1', appVersion: '9.5', apiVersion: 'V9', pluginVersion: '1.0', screen };
    const actions = ['applyDiscountCard', 'setCoupons', 'bindGuest', 'authorizeIikoCard', 'setExternalData', 'message'];
    const answer = await this.call('hello', { ...about, actions, ...over });
    return typeof answer['session'] === 'string' ? answer['session'] : String(answer['refused']);
  }

  /** What waits for the plugin, without waiting for it. */
  async next(session: string, waitMs = 0): Promise<Given | null> {
    const asked = this.call('next', { session, waitMs });
    await this.clock.advance(0);
    const { action } = await asked;
    return (action ?? null) as Given | null;
  }

  /** Reads a code, and lets the pipeline come to rest. */
  async read(code: string): Promise<void> {
    this.shop.reader().scan(code);
    await this.clock.advance(30);
  }

  /** How every scan ended so far. */
  get outcomes(): readonly string[] {
    return this.shop.outcomes.map(({ outcome, reason, evidence }) => [outcome, reason, evidence].filter((word) => word !== undefined).join(' '));
  }
}
