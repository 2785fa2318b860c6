import { NativeNumber, outcome, type Adapter, type DeliveryRequest, type GoodsRead, type Outcome, type OutputTemplates } from '@tillbridge/core';
import { cardText, type CardCharset } from '../card-text.js';

/**
 * 1C reads us through its stock driver, as a scanner on a serial port. The port itself is another adapter's; this one makes the text of the
 * card and refuses what 1C or its driver would take for something else. One-way: the best outcome is that of the inner adapter.
 *
 * @param inner Plays the scanner; its template must be the bare number with the suffix that the stock driver waits for.
 */
export function createDeviceTill(options: { readonly output: OutputTemplates; readonly charset: CardCharset }, inner: Adapter): Adapter {
  return {
    id: inner.id,
    capabilities: inner.capabilities,
    get state() {
      return inner.state;
    },
    open: (inbound, signal) => inner.open(inbound, signal),
    probe: (signal) => inner.probe(signal),
    deliver: (delivery, signal) => deliver(delivery, signal, options, inner),
    close: () => inner.close(),
    ...(inner.expect === undefined ? {} : { expect: () => inner.expect?.() }),
    ...(inner.verify === undefined ? {} : { verify: inner.verify.bind(inner) }),
    ...(inner.goods === undefined ? {} : { goods: (read: GoodsRead) => inner.goods?.(read) }),
  };
}

function deliver(delivery: DeliveryRequest, signal: AbortSignal, { output, charset }: { readonly output: OutputTemplates; readonly charset: CardCharset }, inner: Adapter): Promise<Outcome> {
  const written = cardText(output, delivery.number, charset);
  if ('refused' in written) return Promise.resolve(outcome('rejected', written.refused));
  const { id, scanId, till, at, orderId, number } = delivery;
  // not spread: what a delivery knows may be computed
  const bare = { id, scanId, till, at, number: new NativeNumber(number.kind, written.text), expired: () => delivery.expired(), ...(orderId === undefined ? {} : { orderId }) };
  return inner.deliver(bare, signal);
}
