import { adapterAround, outcome, withdrawn, type Adapter, type Clock, type DeliveryRequest, type Log, type Outcome, type OutputTemplates } from '@tillbridge/core';
import { cardText, type CardCharset } from '../card-text.js';
import { CardCheck, type CardCheckOptions } from './card-check.js';

export interface CheckedTillOptions extends CardCheckOptions {
  readonly output: OutputTemplates;
  readonly charset: CardCharset;
}

/**
 * A till that looks for a card before it gives it to 1C: one that is in no catalogue would open the window for unknown products. Only
 * cards are looked for. Whatever goes wrong with the looking, the card goes to 1C unchecked; goods are never touched.
 */
export function createCheckedTill(options: CheckedTillOptions, inner: Adapter, { clock, log }: { readonly clock: Clock; readonly log: Log }): Adapter {
  const check = new CardCheck(options, clock);
  return adapterAround(inner, {
    open: async (inbound, signal) => {
      await Promise.all([inner.open(inbound, signal), check.prepare()]);
    },
    probe: async (signal) => [...(await inner.probe(signal)), await check.probe(signal)],
    deliver: (delivery, signal) => deliver(delivery, signal, { options, inner, check, log }),
    close: async () => {
      await Promise.all([inner.close(), check.close()]);
    },
  });
}

interface Parts {
  readonly options: CheckedTillOptions;
  readonly inner: Adapter;
  readonly check: CardCheck;
  readonly log: Log;
}

async function deliver(delivery: DeliveryRequest, signal: AbortSignal, { options, inner, check, log }: Parts): Promise<Outcome> {
  const written = cardText(options.output, delivery.number, options.charset);
  if (delivery.number.kind !== 'card' || 'refused' in written || delivery.expired()) return inner.deliver(delivery, signal);
  const answer = await check.look(written.text, signal);
  // the inner till looks again before the first byte leaves
  if (signal.aborted) return withdrawn(signal, 'notRaised');
  if (answer !== undefined && 'failed' in answer) {
    const { code } = check.error(answer);
    log.warn('a card was not looked up in 1C', { till: options.till, code, problem: answer.problem });
  } else if (answer?.found === 'none') {
    return outcome('notFound', 'notInCatalogue');
  }
  return inner.deliver(delivery, signal);
}
