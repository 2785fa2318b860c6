import type { NativeNumber } from '../native-number.js';
import type { Adapter, DeliveryRequest, GoodsRead } from './adapter.js';

/** What an adapter around another one does itself. */
export type OwnParts = Partial<Pick<Adapter, 'capabilities' | 'open' | 'probe' | 'deliver' | 'verify' | 'close'>>;

/** An adapter that is `inner` in all but what `own` names: its state and abilities, and what comes later to the port, stay the inner one's. */
export function adapterAround(inner: Adapter, own: OwnParts): Adapter {
  const verify = own.verify ?? inner.verify?.bind(inner);
  const expect = inner.expect?.bind(inner);
  // a bound function is a call through the engine, and goods pass here
  const goods = inner.goods === undefined ? undefined : (read: GoodsRead): void => inner.goods?.(read);
  return {
    id: inner.id,
    capabilities: own.capabilities ?? inner.capabilities,
    get state() {
      return inner.state;
    },
    open: own.open ?? inner.open.bind(inner),
    probe: own.probe ?? inner.probe.bind(inner),
    deliver: own.deliver ?? inner.deliver.bind(inner),
    close: own.close ?? inner.close.bind(inner),
    ...(verify === undefined ? {} : { verify }),
    ...(expect === undefined ? {} : { expect }),
    ...(goods === undefined ? {} : { goods }),
  };
}

/** The same delivery with another number in it: what the till shall get. Whether it has expired is asked of the first one. */
export function withNumber(delivery: DeliveryRequest, number: NativeNumber): DeliveryRequest {
  // not spread: what a delivery knows may be computed
  const { id, scanId, till, at, orderId, ownOrder } = delivery;
  return {
    ...{ id, scanId, till, at, number, expired: () => delivery.expired() },
    ...(orderId === undefined ? {} : { orderId }),
    ...(ownOrder === undefined ? {} : { ownOrder }),
  };
}
