import { adapterAround, NativeNumber, outcome, withNumber, type Adapter, type DeliveryRequest, type Outcome, type OutputTemplates } from '@tillbridge/core';
import { cardText, type CardCharset } from '../card-text.js';

/**
 * 1C reads us through its stock driver, as a scanner on a serial port. The port itself is another adapter's; this one makes the text of the
 * card and refuses what 1C or its driver would take for something else. One-way: the best outcome is that of the inner adapter.
 *
 * @param inner Plays the scanner; its template must be the bare number with the suffix that the stock driver waits for.
 */
export function createDeviceTill(options: { readonly output: OutputTemplates; readonly charset: CardCharset }, inner: Adapter): Adapter {
  return adapterAround(inner, { deliver: (delivery, signal) => deliver(delivery, signal, options, inner) });
}

function deliver(delivery: DeliveryRequest, signal: AbortSignal, { output, charset }: { readonly output: OutputTemplates; readonly charset: CardCharset }, inner: Adapter): Promise<Outcome> {
  const written = cardText(output, delivery.number, charset);
  if ('refused' in written) return Promise.resolve(outcome('rejected', written.refused));
  return inner.deliver(withNumber(delivery, new NativeNumber(delivery.number.kind, written.text)), signal);
}
