import { isTillbridgeError, systemClock, type Adapter, type Log } from '@tillbridge/core';
import { FrontTill, isPluginCall } from '@tillbridge/adapter-iiko';
import { FrontRestaurant, FrontTerminal, PluginModel, TEN_PERCENT, type DiscountCard, type PluginLink, type Reply } from '@tillbridge/testkit/iiko';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { OPTIONS } from '../../../../test/iiko/front-bench.js';
import { DeliveryBoard, offerDelivery } from '../client-adapter/index.js';
import { EventHub } from '../events/index.js';
import { errorResponse } from '../control/http.js';

/** The plugin in the same process: what it sends goes through JSON, and nothing else differs. */
function linkTo(till: FrontTill): PluginLink {
  return {
    call: async (name, body, _budget, signal): Promise<Reply> => {
      if (!isPluginCall(name)) throw new Error('no such call');
      try {
        return { ok: true, body: JSON.parse(JSON.stringify(await till.answer(name, JSON.parse(JSON.stringify(body)), signal))) as unknown };
      } catch (error) {
        const { status } = errorResponse(error);
        return { ok: false, status, code: isTillbridgeError(error) ? error.code : 'none', retryAfterMs: 1 };
      }
    },
    close: () => undefined,
  };
}

/** Every number is a card of the restaurant: which one is the suite's matter. */
class EveryCard extends Map<string, DiscountCard> {
  override get(number: string): DiscountCard {
    return { number, owner: 'Guest', discountType: TEN_PERCENT, priceCategory: undefined };
  }
}

async function made(log: Log): Promise<{ readonly till: FrontTill; readonly adapter: Adapter; readonly terminal: FrontTerminal; readonly restaurant: FrontRestaurant }> {
  const clock = systemClock;
  const restaurant = new FrontRestaurant({ clock });
  Object.defineProperty(restaurant, 'discountCards', { value: new EveryCard() });
  const terminal = new FrontTerminal({ clock, restaurant, id: 'CASH-1' });
  const order = restaurant.openOrder().id;
  await terminal.show({ kind: 'orderEdit', order });
  const board = new DeliveryBoard();
  const hub = new EventHub({ clock, log, version: '0' });
  const offered = new Set<string>();
  let ids = 0;
  const till = new FrontTill(OPTIONS, {
    ...{ clock, log, version: '0', newId: () => `session-${String((ids += 1))}`, scans: () => false, take: () => ({ handled: false }) },
    board: {
      offer: (request, expiresAt, signal) => offerDelivery({ clock, hub, board }, request, expiresAt, signal, offered),
      claim: (id, owner) => void board.claim(id, owner),
      report: async (id, owner, ended) => board.report(id, owner, ended),
      giveUp: () => [...offered].forEach((id) => board.giveUp(id)),
    },
  });
  const adapter: Adapter = {
    id: till.id,
    capabilities: till.capabilities,
    get state() {
      return till.state;
    },
    open: (inbound) => till.open(inbound),
    probe: (signal) => till.probe(signal),
    // the suite knows of no orders: every number is for the one on the screen
    deliver: (request, signal) => till.deliver({ ...request, orderId: order, expired: () => request.expired() }, signal),
    verify: (trace, signal) => till.verify(trace, signal),
    close: () => till.close(),
  };
  return { till, adapter, terminal, restaurant };
}

describeAdapter('iiko front', async (log) => {
  const { till, adapter, terminal, restaurant } = await made(log);
  return {
    adapter,
    takes: (on) => {
      if (terminal.plugins.length === 0) terminal.load((context) => new PluginModel(context, { clock: systemClock, link: linkTo(till) }));
      terminal.setBusy(!on);
    },
    taken: () => Buffer.from(restaurant.orders.flatMap(({ discounts }) => discounts.map(({ cardNumber }) => cardNumber)).join()),
    dispose: () => terminal.close(),
  };
});
