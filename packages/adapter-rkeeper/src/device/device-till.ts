import { adapterAround, NativeNumber, outcome, withNumber, type Adapter, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import { fitNumber, type NumberRules } from '../number-rules.js';

/**
 * The station reads us as one of its readers, and its MCR algorithms take the number for a card: the only way into the order that is open on
 * the screen. The writing itself is done by another adapter that plays a reader; this one refuses what an algorithm would take for something
 * else. One-way: the best outcome is that of the inner adapter.
 *
 * @param inner An adapter that plays a reader, with the template that the MCR algorithms expect.
 */
export function createDeviceTill(numbers: NumberRules, inner: Adapter): Adapter {
  // r_keeper tells whatever stands behind its card interface of each check itself
  const capabilities = { ...inner.capabilities, reportsItself: true };
  return adapterAround(inner, { capabilities, deliver: (delivery, signal) => deliver(delivery, signal, numbers, inner) });
}

function deliver(delivery: DeliveryRequest, signal: AbortSignal, rules: NumberRules, inner: Adapter): Promise<Outcome> {
  const fitted = fitNumber(delivery.number, rules);
  if ('refused' in fitted) return Promise.resolve(outcome('rejected', fitted.refused));
  return inner.deliver(withNumber(delivery, new NativeNumber(delivery.number.kind, fitted.value)), signal);
}
