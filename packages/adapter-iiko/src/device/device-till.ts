import { adapterAround, outcome, type Adapter, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import type { NativeIdentifiers } from '../native-identifier.js';

/**
 * iikoFront reads us as one of its readers: it does with a number what it does with a card or a coupon of its own. Digits only: letters in card
 * codes are lost since iikoFront 7.7 (public tracker of its plugin SDK, issues 303 and 361), and half a number may be another guest's. One-way:
 * the best outcome is that of the inner adapter.
 *
 * @param inner An adapter that plays a reader, with the sentinels that iikoFront is set to.
 */
export function createDeviceTill(identifiers: NativeIdentifiers, inner: Adapter): Adapter {
  // iiko tells its iikoCard of each sale itself
  const capabilities = { ...inner.capabilities, reportsItself: true };
  return adapterAround(inner, { capabilities, deliver: (delivery, signal) => deliver(delivery, signal, identifiers, inner) });
}

function deliver(delivery: DeliveryRequest, signal: AbortSignal, identifiers: NativeIdentifiers, inner: Adapter): Promise<Outcome> {
  if (identifiers[delivery.number.kind] === undefined) return Promise.resolve(outcome('rejected', 'noNativeIdentifier'));
  if (!/^\d+$/.test(delivery.number.reveal())) return Promise.resolve(outcome('rejected', 'numberNotDigits'));
  return inner.deliver(delivery, signal);
}
