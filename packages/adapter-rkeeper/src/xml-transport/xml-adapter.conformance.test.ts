import { systemClock } from '@tillbridge/core';
import { SimulatedCashServer } from '@tillbridge/testkit/rkeeper';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { vi } from 'vitest';
import { createXmlTill } from '../index.js';
import { item, pins, xmlOptions } from '../../../../test/support/rkeeper-xml-options.js';

describeAdapter('rkeeper xml', async (log) => {
  const server = await SimulatedCashServer.start({ clock: systemClock });
  const { restaurant } = server;
  const order = restaurant.openOrder(item(restaurant.books.TABLES), item(restaurant.books.EMPLOYEES));
  // every number of the suite is a card here
  vi.spyOn(restaurant.cards, 'get').mockReturnValue({ holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  return {
    adapter: createXmlTill(xmlOptions(server, { conflict: 'replace', order: { by: 'onlyOpen' } }), { clock: systemClock, log, pins }),
    takes: (on) => {
      server.faults.silent = !on;
    },
    taken: () => Buffer.from(order.discounts.map(({ card }) => card).join(' ')),
    dispose: () => server.close(),
  };
});
