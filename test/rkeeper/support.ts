import { NativeNumber, Secret, instant, silentLog, type Adapter, type Clock, type DeliveryRequest, type Log, type NumberKind } from '@tillbridge/core';
import { createXmlTill, DEFAULT_RULES, type CertificatePins, type XmlTillOptions } from '@tillbridge/adapter-rkeeper';

export const CARD = '2000000012345';
export const never: AbortSignal = new AbortController().signal;
export const noPins: CertificatePins = { get: () => undefined, put: () => Promise.resolve() };
export const nobody = { state: () => undefined, goodsDropped: () => undefined, order: () => undefined };

/** The options of a till at the simulated restaurant. */
export function optionsAt(url: string, over: Partial<XmlTillOptions> = {}): XmlTillOptions {
  return {
    ...{ id: 'hall', url, user: 'tillbridge', password: new Secret('secret'), trust: { mode: 'pin' }, legacy: false },
    ...{ station: { code: 1 }, interfaces: { card: { id: 1010 }, coupon: { code: 2 }, phone: { id: 1010 } }, order: { by: 'onlyOpen' }, conflict: 'reject', numbers: DEFAULT_RULES },
    ...over,
  };
}

export async function openTill(options: XmlTillOptions, clock: Clock, pins: CertificatePins = noPins, log: Log = silentLog): Promise<Adapter> {
  const till = createXmlTill(options, { clock, log, pins, random: () => 0.5 });
  await till.open(nobody, never);
  return till;
}

let deliveries = 0;

export function request(clock: Clock, number = CARD, over: Partial<DeliveryRequest> = {}, kind: NumberKind = 'card'): DeliveryRequest {
  deliveries += 1;
  return { id: `d${String(deliveries)}`, scanId: `s${String(deliveries)}`, till: 'hall', number: new NativeNumber(kind, number), at: instant(clock), expired: () => false, ...over };
}
