import { TillbridgeError } from '@tillbridge/core';
import { RECEIPT_STATES } from '@tillbridge/store';
import { z } from 'zod';
import type { ReceiptService } from '../receipts/receipt-service.js';
import { receiptSchema } from '../receipts/receipt-schema.js';
import { standingSchema, standingView } from '../receipts/receipts-view.js';
import { defineCall, ok, type Call } from './http.js';

/** Closed sales, for the loyalty platform. */
export function receiptCalls(receipts: Pick<ReceiptService, 'keep'>): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/receipts',
      summary: 'Stores a closed sale, once by its receiptId; answered when it is durable.',
      access: 'receipt:write',
      body: receiptSchema,
      answers: { 202: z.strictObject({ receiptId: z.string(), stored: z.enum(['new', 'known']) }) },
      handler: async ({ body }) => {
        const stored = await receipts.keep(body);
        if (stored === 'differs') throw new TillbridgeError('TB_API_RECEIPT_DIFFERS', { receiptId: body.receiptId });
        return { status: 202, body: { receiptId: body.receiptId, stored } };
      },
    }),
  ];
}

/** What became of receipts, and what to do with those that nobody takes: for the owner of the daemon. */
export function receiptOwnerCalls(receipts: Pick<ReceiptService, 'list' | 'retry' | 'drop'>): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/receipts',
      summary: 'Where receipts stand, the newest last.',
      access: 'control',
      query: z.strictObject({ state: z.enum(RECEIPT_STATES).optional(), limit: z.coerce.number().int().min(1).max(10_000).optional() }),
      answers: { 200: z.object({ receipts: z.array(standingSchema) }) },
      handler: ({ query: { state, limit } }) => ok({ receipts: receipts.list({ ...(state === undefined ? {} : { state }), ...(limit === undefined ? {} : { limit }) }).map(standingView) }),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/receipts/retry',
      summary: 'Tries dead letters again.',
      access: 'control',
      body: z.strictObject({ receiptIds: z.union([z.literal('all'), z.array(z.string().min(1).max(128)).min(1).max(1000)]) }),
      answers: { 200: z.object({ retried: z.int() }) },
      handler: async ({ body }) => ok({ retried: await receipts.retry(body.receiptIds) }),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/receipts/drop',
      summary: 'Gives a dead letter up: it is not reported.',
      access: 'control',
      body: z.strictObject({ receiptId: z.string().min(1).max(128) }),
      answers: { 200: z.object({ dropped: z.literal(true) }) },
      handler: async ({ body }) => {
        await receipts.drop(body.receiptId);
        return ok({ dropped: true });
      },
    }),
  ];
}
