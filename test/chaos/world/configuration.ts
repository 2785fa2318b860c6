import { BOUNDS } from '../judge/observed.js';
import type { ConfigObject, TestShop } from '../../support/shop.js';
import type { Simulators } from './simulators.js';

/** What the daemon reads its secrets from. */
export const SECRET_NAMES = { cash: 'CHAOS_CASH_PASSWORD', platform: 'CHAOS_PLATFORM_TOKEN' } as const;

/** Four readers and a program, two cashier programs and a restaurant, and three ways to a number. */
export function configuration(shop: TestShop, simulators: Simulators, netScanner: string, withHid: boolean): ConfigObject {
  const { site } = simulators.platform;
  const times = { expireMs: BOUNDS.expireMs, duplicateMs: 0 };
  const hid = withHid ? [{ id: 'usb', type: 'hid', match: { vid: 'fffe', pid: 'fffe' } }] : [];
  return {
    version: 1,
    readers: [
      ...['left', 'right', 'hall'].map((id) => shop.reader(id)),
      { id: 'net', type: 'tcp', connect: netScanner },
      { id: 'program', type: 'till', till: 'front' },
      ...hid,
    ],
    codes: [
      { name: 'universal', kind: 'card', match: '^98(?<value>\\d{14})$' },
      { name: 'platform', kind: 'card', match: '^96\\d{12}$' },
      { name: 'phone', kind: 'phone', match: '^\\+7(?<value>\\d{10})$' },
    ],
    translators: [
      { type: 'rule', codes: ['universal'], number: '2{value:4..14}{ean13}' },
      { type: 'rule', codes: ['phone'], number: '8{value}' },
      {
        ...{ type: 'http', preset: 'universal', codes: ['platform'], baseUrl: site.baseUrl, vars: site.vars, timeoutMs: 1500, secrets: { token: `\${env:${SECRET_NAMES.platform}}` } },
        cache: { foundMs: 0, staleMs: 0, notFoundMs: 0 },
      },
    ],
    tills: [
      shop.till('front', { ...times, backlogMs: BOUNDS.backlogMs }),
      shop.till('back', { ...times, backlogMs: BOUNDS.backlogMs }),
      {
        ...{ id: 'hall', adapter: 'rkeeper', transport: 'xml', url: simulators.cash.url, user: 'tillbridge', secrets: { password: `\${env:${SECRET_NAMES.cash}}` } },
        ...{ station: { code: 1 }, interface: { card: { id: 1010 }, coupon: { code: 2 } }, order: 'onlyOpen', timeoutMs: 2000, readTimeoutMs: 1000, ...times, expireMs: BOUNDS.hallExpireMs },
      },
    ],
    routes: [
      { readers: ['left', 'net'], till: 'front' },
      { readers: ['right'], till: 'back' },
      { readers: ['hall'], till: 'hall', goods: 'back' },
      { readers: ['program', ...hid.map(({ id }) => id)], till: 'front' },
    ],
    api: { host: '127.0.0.1', port: 0 },
  };
}
