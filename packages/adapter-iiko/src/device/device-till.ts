import { outcome, type Adapter, type DeliveryRequest, type GoodsRead, type Outcome } from '@tillbridge/core';
import type { NativeIdentifiers } from '../native-identifier.js';

/**
 * iikoFront reads us as one of its readers: it does with a number what it does with a card or a coupon of its own. Digits only: letters in card
 * codes are lost since iikoFront 7.7 (public tracker of its plugin SDK, issues 303 and 361), and half a number may be another guest's. One-way:
 * the best outcome is that of the inner adapter.
 *
 * @param inner An adapter that plays a reader, with the sentinels that iikoFront is set to.
 */
export function createDeviceTill(identifiers: NativeIdentifiers, inner: Adapter): Adapter {
  return {
    id: inner.id,
    // iiko tells its iikoCard of each sale itself
    capabilities: { ...inner.capabilities, reportsItself: true },
    get state() {
      return inner.state;
    },
    open: (inbound, signal) => inner.open(inbound, signal),
    probe: (signal) => inner.probe(signal),
    deliver: (delivery, signal) => deliver(delivery, signal, identifiers, inner),
    close: () => inner.close(),
    ...(inner.verify === undefined ? {} : { verify: inner.verify.bind(inner) }),
    ...(inner.goods === undefined ? {} : { goods: (read: GoodsRead) => inner.goods?.(read) }),
  };
}

function deliver(delivery: DeliveryRequest, signal: AbortSignal, identifiers: NativeIdentifiers, inner: Adapter): Promise<Outcome> {
  if (identifiers[delivery.number.kind] === undefined) return Promise.resolve(outcome('rejected', 'noNativeIdentifier'));
  if (!/^\d+$/.test(delivery.number.reveal())) return Promise.resolve(outcome('rejected', 'numberNotDigits'));
  return inner.deliver(delivery, signal);
}
