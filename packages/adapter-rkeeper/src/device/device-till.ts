import { NativeNumber, outcome, type Adapter, type DeliveryRequest, type GoodsRead, type Outcome } from '@tillbridge/core';
import { fitNumber, type NumberRules } from '../number-rules.js';

/**
 * The station reads us as one of its readers, and its MCR algorithms take the number for a card: the only way into the order that is open on
 * the screen. The writing itself is done by another adapter that plays a reader; this one refuses what an algorithm would take for something
 * else. One-way: the best outcome is that of the inner adapter.
 *
 * @param inner An adapter that plays a reader, with the template that the MCR algorithms expect.
 */
export function createDeviceTill(numbers: NumberRules, inner: Adapter): Adapter {
  return {
    id: inner.id,
    // r_keeper tells whatever stands behind its card interface of each check itself
    capabilities: { ...inner.capabilities, reportsItself: true },
    get state() {
      return inner.state;
    },
    open: (inbound, signal) => inner.open(inbound, signal),
    probe: (signal) => inner.probe(signal),
    deliver: (delivery, signal) => deliver(delivery, signal, numbers, inner),
    close: () => inner.close(),
    ...(inner.verify === undefined ? {} : { verify: inner.verify.bind(inner) }),
    ...(inner.goods === undefined ? {} : { goods: (read: GoodsRead) => inner.goods?.(read) }),
  };
}

function deliver(delivery: DeliveryRequest, signal: AbortSignal, rules: NumberRules, inner: Adapter): Promise<Outcome> {
  const fitted = fitNumber(delivery.number, rules);
  if ('refused' in fitted) return Promise.resolve(outcome('rejected', fitted.refused));
  const number = new NativeNumber(delivery.number.kind, fitted.value);
  // not spread: what a delivery knows may be computed
  const { id, scanId, till, at, orderId } = delivery;
  return inner.deliver({ id, scanId, till, at, number, expired: () => delivery.expired(), ...(orderId === undefined ? {} : { orderId }) }, signal);
}
