import { isoTime, outcome, withdrawn, type Cancel, type Clock, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import type { EventHub } from '../events/event-hub.js';
import { plainEvent } from '../events/pipeline-events.js';
import type { DeliveryBoard } from './delivery-board.js';

/** How long the outcome of a number that somebody has claimed is waited for after the number was taken back, in ms. */
const REPORT_GRACE_MS = 750;

export interface OfferPorts {
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly board: DeliveryBoard;
}

/**
 * Puts a number up and tells who listens; resolves with what became of it.
 *
 * @param expiresAt Unix time in milliseconds, for those who look.
 * @param offered Holds the delivery's id while it is up.
 */
export function offerDelivery(ports: OfferPorts, request: DeliveryRequest, expiresAt: number, signal: AbortSignal, offered: Set<string>): Promise<Outcome> {
  const { board, clock, hub } = ports;
  return new Promise((resolve) => {
    let cancelGrace: Cancel = () => undefined;
    const takeBack = (): void => {
      // who has the number may be typing it in this moment: what he says now is worth more than a guess
      if (board.withdraw(request.id)) cancelGrace = clock.timer(REPORT_GRACE_MS, () => board.giveUp(request.id));
    };
    offered.add(request.id);
    board.offer(request, expiresAt, (end) => {
      offered.delete(request.id);
      cancelGrace();
      signal.removeEventListener('abort', takeBack);
      if (end.how === 'reported') resolve(end.outcome);
      else resolve(end.how === 'unclaimed' ? withdrawn(signal, 'notClaimed') : outcome('unknown', 'notReported'));
    });
    signal.addEventListener('abort', takeBack, { once: true });
    const { id: deliveryId, scanId, till, number, orderId, accrueOnly } = request;
    hub.publish({
      urgent: true,
      ...plainEvent({ type: 'delivery', deliveryId, scanId, till, kind: number.kind, expiresAt: isoTime(expiresAt), ...(orderId === undefined ? {} : { orderId }), ...(accrueOnly === undefined ? {} : { accrueOnly }) }),
      alive: () => board.claimable(deliveryId),
      owed: () => true,
    });
  });
}
