import { parseIsoTime } from '@tillbridge/core';
import type { OutboxReceipt } from '@tillbridge/store';
import type { Receipt } from './receipt-schema.js';

/**
 * A receipt as the outbox keeps it. Who sold, and who bought, is personal; the one-time code is only good for this moment and is not kept
 * at all, not even encrypted.
 */
export function outboxReceipt(receipt: Receipt): OutboxReceipt {
  const { cashier, loyalty, ...open } = receipt;
  const { preset, kind, offline, lookupId, nativeNumber, coupons } = loyalty ?? {};
  const guest = defined({ lookupId, nativeNumber, coupons });
  return {
    receiptId: receipt.receiptId,
    till: receipt.tillId,
    closedAt: parseIsoTime(receipt.closedAt) ?? 0,
    body: { ...open, ...(loyalty === null || loyalty === undefined ? {} : { loyalty: defined({ preset, kind, offline }) }) },
    personal: defined({ cashier, loyalty: Object.keys(guest).length === 0 ? undefined : guest }),
  };
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
