import { Secret } from '@tillbridge/core';
import type { Item, SimulatedCashServer } from '@tillbridge/testkit/rkeeper';
import { DEFAULT_RULES, type XmlTillOptions } from '@tillbridge/adapter-rkeeper';

export const CARD = '2000000012345';
export const pins = { get: () => undefined, put: () => Promise.resolve() };

/** A till at the simulated cash server. */
export function xmlOptions(server: SimulatedCashServer, over: Partial<XmlTillOptions> = {}): XmlTillOptions {
  return {
    id: 'hall',
    url: server.url,
    user: 'tillbridge',
    password: new Secret('secret'),
    trust: { mode: 'pin' },
    legacy: false,
    station: { code: 1 },
    interfaces: { card: { id: 1010 }, coupon: { code: 2 } },
    order: { by: 'onlyOpen' },
    conflict: 'reject',
    numbers: DEFAULT_RULES,
    sample: { number: CARD, device: 'BarCode' },
    ...over,
  };
}

export function item(book: readonly Item[], at = 0): Item {
  const found = book[at];
  if (found === undefined) throw new Error('no such item');
  return found;
}
