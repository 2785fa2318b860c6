import { TillbridgeError } from '@tillbridge/core';
import type { ReceiptOutbox } from '@tillbridge/store';
import { z } from 'zod';
import { outboxReceipt } from '../receipts/outbox-receipt.js';
import { receiptSchema } from '../receipts/receipt-schema.js';
import { defineCall, type Call } from './http.js';

/** Closed sales, for the loyalty platform. */
export function receiptCalls(outbox: Pick<ReceiptOutbox, 'put'>): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/receipts',
      summary: 'Stores a closed sale, once by its receiptId; answered when it is durable.',
      access: 'receipt:write',
      body: receiptSchema,
      answers: { 202: z.strictObject({ receiptId: z.string(), stored: z.enum(['new', 'known']) }) },
      handler: async ({ body }) => {
        const stored = await outbox.put(outboxReceipt(body));
        if (stored === 'differs') throw new TillbridgeError('TB_API_RECEIPT_DIFFERS', { receiptId: body.receiptId });
        return { status: 202, body: { receiptId: body.receiptId, stored } };
      },
    }),
  ];
}
