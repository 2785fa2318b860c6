import { createHmac } from 'node:crypto';
import type { DeliveryRequest, Secret } from '@tillbridge/core';

export interface WebhookRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `v1=` and the HMAC-SHA256 in hexadecimal of timestamp, a full stop and the body as sent. */
export function signature(key: Secret, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', key.reveal()).update(`${timestamp}.${body}`).digest('hex')}`;
}

/**
 * What is posted for one delivery.
 *
 * @param now Unix time in milliseconds at which it is sent.
 */
export function webhookRequest(delivery: DeliveryRequest, key: Secret, now: number): WebhookRequest {
  const timestamp = String(Math.floor(now / 1000));
  const body = JSON.stringify({
    deliveryId: delivery.id,
    scanId: delivery.scanId,
    till: delivery.till,
    kind: delivery.number.kind,
    number: delivery.number.reveal(),
    time: isoTime(delivery.at.wall),
  });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'idempotency-key': delivery.id,
      'tillbridge-timestamp': timestamp,
      'tillbridge-signature': signature(key, timestamp, body),
    },
  };
}

function isoTime(wall: number): string {
  // eslint-disable-next-line no-restricted-globals -- formats a time that the Clock port gave; reads no clock
  return new Date(wall).toISOString();
}
