import { Secret } from '@tillbridge/core';
import type { SimulatedIikoCloud } from '@tillbridge/testkit/iiko';
import type { CloudTillOptions } from '@tillbridge/adapter-iiko';

/** A till at the simulated cloud: any kind of number, on the order that a program named. */
export function cloudOptions(cloud: SimulatedIikoCloud, over: Partial<CloudTillOptions> = {}): CloudTillOptions {
  const { appId, clientSecret, apiKey } = cloud.tokens.logins;
  return {
    id: 'hall',
    url: cloud.url,
    login: { version: 'v2', appId, clientSecret: new Secret(clientSecret), apiKey: new Secret(apiKey) },
    nativeIdentifier: { card: 'iikoCardNumber', phone: 'iikoCardPhone', coupon: 'iikoCardCoupon' },
    order: { by: 'context' },
    nameless: 'Guest',
    phone: 'e164',
    timeoutMs: 120_000,
    ...over,
  };
}
